"use strict";
exports.id = 317;
exports.ids = [317];
exports.modules = {

/***/ 3734:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ s)
/* harmony export */ });
/* harmony import */ var _chunk_UFDCHSMT_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6997);
function s(n,r){if(Array.isArray(n))return Array.isArray(r)&&n.length===r.length&&n.every((e,y)=>s(e,r[y]));if(!(0,_chunk_UFDCHSMT_js__WEBPACK_IMPORTED_MODULE_0__.c)(n)||!(0,_chunk_UFDCHSMT_js__WEBPACK_IMPORTED_MODULE_0__.c)(r))return i(n)===i(r);let[o,u]=[Object.keys(n),Object.keys(r)];return o.length===u.length&&o.every(e=>Object.hasOwn(r,e)&&s(n[e],r[e]))}function i(n){return typeof n=="number"&&!Number.isFinite(n)?null:n}


/***/ }),

/***/ 5317:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   writeOutputFile: () => (/* binding */ B)
/* harmony export */ });
/* harmony import */ var _chunk_3QQ5DHV3_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3734);
/* harmony import */ var _chunk_4XKBKVEG_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7415);
/* harmony import */ var _chunk_YGAYLNVX_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2457);
/* harmony import */ var _chunk_YZ6BQNV6_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3539);
/* harmony import */ var _chunk_UFDCHSMT_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6997);
/* harmony import */ var _chunk_AAM4PABL_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6769);
/* harmony import */ var _chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6771);
var a=(0,_chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_6__.b)((0,_chunk_4XKBKVEG_js__WEBPACK_IMPORTED_MODULE_1__.a)(),1),l=(0,_chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_6__.b)((0,_chunk_YGAYLNVX_js__WEBPACK_IMPORTED_MODULE_2__.a)(),1);async function E(t,r,i){let e=t.startsWith("\uFEFF")?"\uFEFF":"",n=t.slice(e.length),o=await x(n,r),s=m(o,n),d=J(s,JSON.parse(JSON.stringify(i)));if(d===void 0)return;let y=D(o,n,s,d)??P(o,n,d);return y&&{...y,text:e+y.text}}async function x(t,r){let i=/^\s*(\{|\[|\/\/|\/\*)/.test(t),e=/[^/]\.ya?ml$/i.test(r);return i&&(!e||$(t))?__webpack_require__.e(/* import() */ 129).then(__webpack_require__.bind(__webpack_require__, 7129)):Promise.all(/* import() */[__webpack_require__.e(229), __webpack_require__.e(17)]).then(__webpack_require__.bind(__webpack_require__, 3017))}function $(t){try{return JSON.parse(t),!0}catch{return!1}}function m(t,r){try{return t.read(r)}catch{return}}function J(t,r){if(!(0,_chunk_UFDCHSMT_js__WEBPACK_IMPORTED_MODULE_4__.c)(t))return;let i=(0,_chunk_UFDCHSMT_js__WEBPACK_IMPORTED_MODULE_4__.c)(t.taskDefinition)&&t.containerDefinitions===void 0,e=i?t.taskDefinition:t;if(!(0,_chunk_UFDCHSMT_js__WEBPACK_IMPORTED_MODULE_4__.c)(e)||!Array.isArray(e.containerDefinitions))return;let n=Object.entries(e).filter(([s,d])=>!Object.hasOwn(r,s)&&N(s,d)),o={...r,...Object.fromEntries(n)};return i?{...t,taskDefinition:o}:o}function N(t,r){return(t==="taskRoleArn"||t==="executionRoleArn")&&r===""||t==="tags"||Object.hasOwn(_chunk_YZ6BQNV6_js__WEBPACK_IMPORTED_MODULE_3__.a,t)}var j=3;function D(t,r,i,e){let n={text:r,kept:!0},o=i;for(let s=0;s<j&&!(0,_chunk_3QQ5DHV3_js__WEBPACK_IMPORTED_MODULE_0__.a)(o,e);s++){let d=t.edit(n.text,e);if(d===void 0||(n={text:d.text,kept:n.kept&&d.kept},o=m(t,n.text),o===void 0))return}return (0,_chunk_3QQ5DHV3_js__WEBPACK_IMPORTED_MODULE_0__.a)(o,e)?n:void 0}function P(t,r,i){for(let e of t.reprint(r,i))if((0,_chunk_3QQ5DHV3_js__WEBPACK_IMPORTED_MODULE_0__.a)(m(t,e),i))return{text:e,kept:!1}}async function B(t,r,i,e){let n=(0,l.resolve)(r,t),o=T(n,t);if(o===void 0||o.trim()==="")return b(n,t,await R(n,i,e)),[(0,_chunk_UFDCHSMT_js__WEBPACK_IMPORTED_MODULE_4__.a)(`wrote the rendered definition to ${t}`)];let s=await E(o,n,i);if(s===void 0)throw new _chunk_AAM4PABL_js__WEBPACK_IMPORTED_MODULE_5__.a([`output-file: ${t} is there already and is no task definition; give another path, or delete it`]);return s.text===o?[(0,_chunk_UFDCHSMT_js__WEBPACK_IMPORTED_MODULE_4__.a)(`${t} is as it should be already`)]:(b(n,t,s.text),s.kept?[(0,_chunk_UFDCHSMT_js__WEBPACK_IMPORTED_MODULE_4__.a)(`wrote the rendered definition to ${t}, only where it changes`)]:[(0,_chunk_UFDCHSMT_js__WEBPACK_IMPORTED_MODULE_4__.b)(`wrote the rendered definition to ${t}; its layout could not be kept everywhere: look at the change`)])}function T(t,r){try{return(0,a.readFileSync)(t,"utf8")}catch(i){if(i.code==="ENOENT")return;throw new _chunk_AAM4PABL_js__WEBPACK_IMPORTED_MODULE_5__.a([`output-file: ${r} cannot be read: ${(0,_chunk_AAM4PABL_js__WEBPACK_IMPORTED_MODULE_5__.d)(i)}`])}}async function R(t,r,i){let e=(0,_chunk_YZ6BQNV6_js__WEBPACK_IMPORTED_MODULE_3__.c)(r,i);if(![".yaml",".yml"].includes((0,l.extname)(t).toLowerCase()))return`${JSON.stringify(e,null,2)}
`;let{stringify:n}=await Promise.all(/* import() */[__webpack_require__.e(229), __webpack_require__.e(88)]).then(__webpack_require__.bind(__webpack_require__, 7088));return n(e,{lineWidth:0})}function b(t,r,i){let e=v(t),n=`${e}.${process.pid}.new`;try{let o=(0,a.statSync)(e,{throwIfNoEntry:!1})?.mode??384;(0,a.writeFileSync)(n,i,{mode:o}),(0,a.renameSync)(n,e)}catch(o){throw new _chunk_AAM4PABL_js__WEBPACK_IMPORTED_MODULE_5__.a([`output-file: ${r} cannot be written: ${(0,_chunk_AAM4PABL_js__WEBPACK_IMPORTED_MODULE_5__.d)(o)}`])}}function v(t){try{return(0,a.realpathSync)(t)}catch{return t}}


/***/ })

};
;
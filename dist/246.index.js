"use strict";
exports.id = 246;
exports.ids = [246];
exports.modules = {

/***/ 4397:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ t)
/* harmony export */ });
/* harmony import */ var _chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6771);
var t=(0,_chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_0__.a)((i,e)=>{e.exports=process.getBuiltinModule("node:util")});


/***/ }),

/***/ 8246:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fromProcess: () => (/* binding */ y)
/* harmony export */ });
/* harmony import */ var _chunk_S2GQU7BK_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4397);
/* harmony import */ var _chunk_ZF4X25QL_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7155);
/* harmony import */ var _chunk_BHHPMOBX_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2391);
/* harmony import */ var _chunk_6PU4E3RH_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(498);
/* harmony import */ var _chunk_4XKBKVEG_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7415);
/* harmony import */ var _chunk_WXFMNJTU_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4186);
/* harmony import */ var _chunk_LQ3MITYA_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5871);
/* harmony import */ var _chunk_QESVVDBV_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2190);
/* harmony import */ var _chunk_YGAYLNVX_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2457);
/* harmony import */ var _chunk_GZV6CMKN_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(367);
/* harmony import */ var _chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(6771);
var P=(0,_chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_10__.a)((C,w)=>{w.exports=process.getBuiltinModule("node:child_process")});var x=(0,_chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_10__.b)(P()),E=(0,_chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_10__.b)((0,_chunk_S2GQU7BK_js__WEBPACK_IMPORTED_MODULE_0__.a)());var m=(r,e,o)=>{if(e.Version!==1)throw Error(`Profile ${r} credential_process did not return Version 1.`);if(e.AccessKeyId===void 0||e.SecretAccessKey===void 0)throw Error(`Profile ${r} credential_process returned invalid credentials.`);if(e.Expiration){let i=new Date;if(new Date(e.Expiration)<i)throw Error(`Profile ${r} credential_process returned expired credentials.`)}let s=e.AccountId;!s&&o?.[r]?.aws_account_id&&(s=o[r].aws_account_id);let t={accessKeyId:e.AccessKeyId,secretAccessKey:e.SecretAccessKey,...e.SessionToken&&{sessionToken:e.SessionToken},...e.Expiration&&{expiration:new Date(e.Expiration)},...e.CredentialScope&&{credentialScope:e.CredentialScope},...s&&{accountId:s}};return (0,_chunk_ZF4X25QL_js__WEBPACK_IMPORTED_MODULE_1__.b)(t,"CREDENTIALS_PROCESS","w"),t};var S=async(r,e,o)=>{let s=e[r];if(e[r]){let t=s.credential_process;if(t!==void 0){let i=(0,E.promisify)(_chunk_WXFMNJTU_js__WEBPACK_IMPORTED_MODULE_5__.v?.getTokenRecord?.().exec??x.exec);try{let{stdout:n}=await i(t),d;try{d=JSON.parse(n.trim())}catch{throw Error(`Profile ${r} credential_process returned invalid JSON.`)}return m(r,d,e)}catch(n){throw new _chunk_WXFMNJTU_js__WEBPACK_IMPORTED_MODULE_5__.b(n.message,{logger:o})}}else throw new _chunk_WXFMNJTU_js__WEBPACK_IMPORTED_MODULE_5__.b(`Profile ${r} did not contain credential_process.`,{logger:o})}else throw new _chunk_WXFMNJTU_js__WEBPACK_IMPORTED_MODULE_5__.b(`Profile ${r} could not be found in shared credentials file.`,{logger:o})};var y=(r={})=>async({callerClientConfig:e}={})=>{r.logger?.debug("@aws-sdk/credential-provider-process - fromProcess");let o=await (0,_chunk_WXFMNJTU_js__WEBPACK_IMPORTED_MODULE_5__.u)(r);return S((0,_chunk_WXFMNJTU_js__WEBPACK_IMPORTED_MODULE_5__.m)({profile:r.profile??e?.profile}),o,r.logger)};


/***/ })

};
;
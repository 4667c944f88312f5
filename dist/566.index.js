"use strict";
exports.id = 566;
exports.ids = [566];
exports.modules = {

/***/ 397:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ t)
/* harmony export */ });
/* harmony import */ var _chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(771);
var t=(0,_chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_0__.a)((i,e)=>{e.exports=process.getBuiltinModule("node:util")});


/***/ }),

/***/ 566:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   command: () => (/* binding */ In)
/* harmony export */ });
/* harmony import */ var _chunk_S2GQU7BK_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(397);
/* harmony import */ var _chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(577);
/* harmony import */ var _chunk_AAM4PABL_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(769);
/* harmony import */ var _chunk_3ESAZX3N_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(476);
/* harmony import */ var _chunk_4XKBKVEG_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(415);
/* harmony import */ var _chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(771);
var L=(0,_chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_5__.b)((0,_chunk_4XKBKVEG_js__WEBPACK_IMPORTED_MODULE_4__.a)(),1);function R(n,t){let i=e=>e,o=e=>t.stderr(`${i(e)}
`),a=e=>{n.kind==="definition"&&n.output!==void 0?(0,L.writeFileSync)(n.output,e,{mode:384}):t.stdout(n.kind==="plan"?i(e):e)},r=e=>{e.kind==="line"?o(e.text):e.kind==="note"?o(e.note.level==="warning"?`warning: ${e.note.text}`:e.note.text):o([e.title,...e.lines.map(d=>`  ${d}`)].join(`
`))};return{hide(e){i=(0,_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.j)(e)},event(e,d){let l=e.kind==="rendered"&&n.kind==="revision",s=e.kind==="rendered"&&n.kind!=="container"?(0,_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.i)(e.rendering):[];if(!(e.kind==="rendered"&&!l&&s.length>0))for(let p of (0,_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.e)(e,d,s))r(p)},async finish(e){if(e.error!==void 0){this.fail(e.error);return}n.kind!=="container"&&o((0,_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.f)(e)),e.rendering!==void 0&&a(V(n,e,e.rendering)),t.exit(0)},fail(e){o(`error: ${(0,_chunk_AAM4PABL_js__WEBPACK_IMPORTED_MODULE_2__.d)(e)}`),t.exit(e instanceof _chunk_AAM4PABL_js__WEBPACK_IMPORTED_MODULE_2__.a?2:1)}}}function V(n,t,i){switch(n.kind){case"definition":return u((0,_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.k)(i.after,t.tags??[]));case"plan":return`${(0,_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.i)(i).join(`
`)}
`;case"container":return u(i.sensor);case"revision":return n.json?u({...(0,_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.g)(t,{}),results:(0,_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.h)(t)}):`${(0,_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.d)(t)??""}
`}}function u(n){return`${JSON.stringify(n,null,2)}
`}var D=(0,_chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_5__.b)((0,_chunk_S2GQU7BK_js__WEBPACK_IMPORTED_MODULE_0__.a)(),1);var f={render:"Put the sensor into a task definition and print it; nothing in AWS changes.",install:"Register the revision with the sensor, and move services onto it.",container:"Print the sensor's container alone, to paste into a task definition."};var w={output:{of:["render"],placeholder:"FILE",description:"Write the rendered definition to FILE instead of stdout."},plan:{of:["render"],description:"Print what would change in the sensor's container, as a diff."},json:{of:["install"],description:"Print every result as JSON instead of the ARN."}},X=["mode","register"];function F(n){let{tokens:t}=(0,D.parseArgs)({args:[...n],strict:!1,tokens:!0,allowPositionals:!0,options:z()}),i=t.flatMap(s=>s.kind==="positional"?[s.value]:[]),o=t.flatMap(s=>s.kind==="option"?[s]:[]),a=i[0]==="help"?i[1]:i[0],r=Object.keys(f).find(s=>s===a);if(o.some(({name:s})=>s==="version"))return{kind:"version"};if(o.some(({name:s})=>s==="help")||i[0]==="help"||n.length===0)return{kind:"help",command:r};if(r===void 0)throw new _chunk_AAM4PABL_js__WEBPACK_IMPORTED_MODULE_2__.a([`command: must be one of ${Object.keys(f).join(", ")}, not "${i[0]??""}"`]);let e=[];for(let s of i.slice(1))e.push(`"${s}" is one word too many; values go behind a flag`);let d={},l=new Map;for(let{name:s,rawName:p,value:c}of o)Object.hasOwn(w,s)?l.set(s,c??"true"):!Object.hasOwn(_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.m,s)||X.includes(s)?e.push(`${p}: there is no such option; see fargate-pcap --help`):c===void 0&&W(s)?e.push(`${p}: needs a value`):d[s]=d[s]===void 0?c??"true":`${d[s]}
${c??"true"}`;for(let s of l.keys()){let{of:p}=w[s];p.includes(r)||e.push(`--${s}: is for ${p.join(", ")} only`)}return{kind:"run",command:r,raw:d,output:l.get("output"),plan:l.has("plan"),json:l.has("json"),problems:e}}function W(n){return _chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.m[n]?.placeholder!==void 0}function z(){let n={help:{type:"boolean",short:"h"},version:{type:"boolean"},output:{type:"string",short:"o"},plan:{type:"boolean"},json:{type:"boolean"}};for(let t of Object.keys(_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.m))n[t]={type:W(t)?"string":"boolean"};return n}var B={source:"Where the task definition comes from (one; none: what the service runs)",flags:"The sensor's flags",container:"The sensor's container",action:"What to do"},K={render:["dry-run"],install:[],container:["dry-run","tags","force-new-deployment","desired-count","propagate-tags","enable-ecs-managed-tags","on-deployment-in-progress"]},H={render:`fargate-pcap render --task-definition task-definition.json --aws-region us-west-2 \\
    --satellite-url https://satellite.example.com --levo-env staging --levoai-org-id ORG > rendered.json`,install:`fargate-pcap install --cluster web --service api \\
    --satellite-url https://satellite.example.com --levo-env staging --levoai-org-id ORG`,container:`fargate-pcap container --sensor-profile standard --aws-region us-west-2 --log-group /ecs/api-pcap \\
    --satellite-url https://satellite.example.com --levo-env staging --levoai-org-id ORG`};function U(n,t){return n===void 0?Q():Y(n,t)}function Q(){return["fargate-pcap adds the Levo.ai PCAP sensor to Amazon ECS task definitions.","","Usage: fargate-pcap COMMAND [OPTIONS]","",...Object.entries(f).map(([t,i])=>`  ${t.padEnd(11)}${i}`),"","Try first, which changes nothing:",`  ${H.render}`,"","fargate-pcap COMMAND --help lists the options of a command. Results go to stdout, everything else to stderr;","the exit status is 0 when done, 1 when something failed, 2 when the options are wrong.",""].join(`
`)}function Y(n,t){let i=_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.l.flatMap(a=>{let r=Object.entries(_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.m).filter(([e,d])=>d.section===a&&!["mode","register",...K[n]].includes(e)).flatMap(([e,d])=>G(e,d.placeholder,Z(d),t));return["",`${B[a]}:`,...r]}),o=Object.entries(w).filter(([,a])=>a.of.includes(n)).flatMap(([a,r])=>G(a,"placeholder"in r?r.placeholder:void 0,r.description,t));return[`Usage: fargate-pcap ${n} [OPTIONS]`,"",f[n],"","Example:",`  ${H[n]}`,...i,...o.length===0?[]:["","Result:",...o],"","An option with several values is given once for each, or with a line for each.",""].join(`
`)}function Z(n){let t=n.description.replaceAll("`","");return n.required===!0?`${t} Required.`:n.default===void 0||n.default==="false"?t:`${t} Default: ${n.default}.`}var g=34;function G(n,t,i,o){let a=`  --${n}${t===void 0?"":` ${t}`}`,[r="",...e]=nn(i,Math.max(30,o-g)),d=e.map(l=>" ".repeat(g)+l);return a.length<g?[a.padEnd(g)+r,...d]:[a," ".repeat(g)+r,...d]}function nn(n,t){let i=[],o="";for(let a of n.split(" "))o!==""&&o.length+1+a.length>t?(i.push(o),o=a):o=o===""?a:`${o} ${a}`;return[...i,o]}async function _(n,{environment:t,proxy:i,terminal:o,width:a}){let r;try{r=F(n)}catch(l){return o.stderr(`error: ${(0,_chunk_AAM4PABL_js__WEBPACK_IMPORTED_MODULE_2__.d)(l)}
`),o.exit(2)}if(r.kind==="help")return o.stdout(U(r.command,a));if(r.kind==="version")return o.stdout(`${_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.a}
`);let{problems:e}=r;if(r.command==="container"&&!tn(r.raw))return on(r,t,o);let d=r.command==="install"?r.raw:{...r.raw,"dry-run":"true"};await (0,_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.q)({raw:d,unknown:[],problems:e,environment:t,proxy:i,host:R(en(r),o)})}function en(n){return n.command==="install"?{kind:"revision",json:n.json}:n.command==="container"?{kind:"container"}:n.plan?{kind:"plan"}:{kind:"definition",output:n.output}}function tn(n){return["task-definition","task-definition-family","task-definition-arn","service"].some(t=>n[t]!==void 0)}async function on({raw:n,problems:t},i,o){let a=(0,_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.j)((0,_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.o)(n)),r=R({kind:"container"},o);r.hide((0,_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.o)(n));try{let{change:e,region:d}=await (0,_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.n)(n,i,{containerOnly:!0,problems:t}),{container:l,notes:s}=(0,_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.p)(e.sensor,{containerDefinitions:[]},[],{region:d});for(let{level:p,text:c}of s)o.stderr(`${a(p==="warning"?`warning: ${c}`:c)}
`);o.stdout(u(l)),o.exit(0)}catch(e){r.fail(e)}}function In(){let{argv:n,env:t,stdout:i,stderr:o}=process;return _(n.slice(2),{environment:(0,_chunk_IOHBHR7G_js__WEBPACK_IMPORTED_MODULE_1__.b)(t,process.cwd()),proxy:t,width:Math.min(i.columns??100,120),terminal:{stdout:a=>{i.write(a)},stderr:a=>{o.write(a)},exit:a=>{process.exitCode=a}}})}


/***/ })

};
;
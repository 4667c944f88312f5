"use strict";
exports.id = 544;
exports.ids = [544];
exports.modules = {

/***/ 9544:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fromHttp: () => (/* binding */ F)
/* harmony export */ });
/* harmony import */ var _chunk_BHGUBLDX_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6823);
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
var N=(0,_chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_10__.b)((0,_chunk_WXFMNJTU_js__WEBPACK_IMPORTED_MODULE_5__.o)());var y="169.254.170.2",v="169.254.170.23",L="[fd00:ec2::23]",_=(e,o)=>{if(e.protocol!=="https:"&&!(e.hostname===y||e.hostname===v||e.hostname===L)){if(e.hostname.includes("[")){if(e.hostname==="[::1]"||e.hostname==="[0000:0000:0000:0000:0000:0000:0000:0001]")return}else{if(e.hostname==="localhost")return;let n=e.hostname.split("."),r=t=>{let a=parseInt(t,10);return 0<=a&&a<=255};if(n[0]==="127"&&r(n[1])&&r(n[2])&&r(n[3])&&n.length===4)return}throw new _chunk_WXFMNJTU_js__WEBPACK_IMPORTED_MODULE_5__.b(`URL not accepted. It must either be HTTPS or match one of the following:
  - loopback CIDR 127.0.0.0/8 or [::1/128]
  - ECS container host 169.254.170.2
  - EKS container host 169.254.170.23 or [fd00:ec2::23]`,{logger:o})}};function f(e){return new _chunk_LQ3MITYA_js__WEBPACK_IMPORTED_MODULE_6__.h({protocol:e.protocol,hostname:e.hostname,port:Number(e.port),path:e.pathname,query:Array.from(e.searchParams.entries()).reduce((o,[n,r])=>(o[n]=r,o),{}),fragment:e.hash})}async function I(e,o){let r=await (0,_chunk_6PU4E3RH_js__WEBPACK_IMPORTED_MODULE_3__.y)(e.body).transformToString();if(e.statusCode===200){let t=JSON.parse(r);if(typeof t.AccessKeyId!="string"||typeof t.SecretAccessKey!="string"||typeof t.Token!="string"||typeof t.Expiration!="string")throw new _chunk_WXFMNJTU_js__WEBPACK_IMPORTED_MODULE_5__.b("HTTP credential provider response not of the required format, an object matching: { AccessKeyId: string, SecretAccessKey: string, Token: string, Expiration: string(rfc3339) }",{logger:o});return{accessKeyId:t.AccessKeyId,secretAccessKey:t.SecretAccessKey,sessionToken:t.Token,expiration:(0,_chunk_6PU4E3RH_js__WEBPACK_IMPORTED_MODULE_3__.h)(t.Expiration)}}if(e.statusCode>=400&&e.statusCode<500){let t={};try{t=JSON.parse(r)}catch{}throw Object.assign(new _chunk_WXFMNJTU_js__WEBPACK_IMPORTED_MODULE_5__.b(`Server responded with status: ${e.statusCode}`,{logger:o}),{Code:t.Code,Message:t.Message})}throw new _chunk_WXFMNJTU_js__WEBPACK_IMPORTED_MODULE_5__.b(`Server responded with status: ${e.statusCode}`,{logger:o})}var u=(e,o,n)=>async()=>{for(let r=0;r<o;++r)try{return await e()}catch{await new Promise(a=>setTimeout(a,n))}return await e()};var U="AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",k="http://169.254.170.2",H="AWS_CONTAINER_CREDENTIALS_FULL_URI",K="AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",P="AWS_CONTAINER_AUTHORIZATION_TOKEN",F=(e={})=>{e.logger?.debug("@aws-sdk/credential-provider-http - fromHttp");let o,n=e.awsContainerCredentialsRelativeUri??process.env[U],r=e.awsContainerCredentialsFullUri??process.env[H],t=e.awsContainerAuthorizationToken??process.env[P],a=e.awsContainerAuthorizationTokenFile??process.env[K],i=e.logger?.constructor?.name==="NoOpLogger"||!e.logger?.warn?console.warn:e.logger.warn.bind(e.logger);if(n&&r&&(i("@aws-sdk/credential-provider-http: you have set both awsContainerCredentialsRelativeUri and awsContainerCredentialsFullUri."),i("awsContainerCredentialsRelativeUri will take precedence.")),t&&a&&(i("@aws-sdk/credential-provider-http: you have set both awsContainerAuthorizationToken and awsContainerAuthorizationTokenFile."),i("awsContainerAuthorizationTokenFile will take precedence.")),n)o=`${k}${n}`;else if(r)o=r;else throw new _chunk_WXFMNJTU_js__WEBPACK_IMPORTED_MODULE_5__.b(`No HTTP credential provider host provided.
Set AWS_CONTAINER_CREDENTIALS_FULL_URI or AWS_CONTAINER_CREDENTIALS_RELATIVE_URI.`,{logger:e.logger});let m=new URL(o);_(m,e.logger);let T=_chunk_BHGUBLDX_js__WEBPACK_IMPORTED_MODULE_0__.b.create({connectionTimeout:e.timeout??1e3}),w=e.timeout??1e3,R=u(async()=>{let c=f(m);a?c.headers.Authorization=E((await N.default.readFile(a)).toString()):t&&(c.headers.Authorization=E(t));try{let d=await T.handle(c,{requestTimeout:w});return I(d.response).then(g=>(0,_chunk_ZF4X25QL_js__WEBPACK_IMPORTED_MODULE_1__.b)(g,"CREDENTIALS_HTTP","z"))}catch(d){throw new _chunk_WXFMNJTU_js__WEBPACK_IMPORTED_MODULE_5__.b(String(d),{logger:e.logger})}},e.maxRetries??3,e.timeout??1e3);return async()=>{try{return await R()}finally{T.destroy?.()}}},E=e=>{if(e.includes(`\r
`))throw new _chunk_WXFMNJTU_js__WEBPACK_IMPORTED_MODULE_5__.b("Authorization token contains invalid \\r\\n sequence.");return e};


/***/ })

};
;
"use strict";
exports.id = 812;
exports.ids = [812];
exports.modules = {

/***/ 812:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fromTokenFile: () => (/* binding */ y)
/* harmony export */ });
/* unused harmony export fromWebToken */
/* harmony import */ var _chunk_RLIFZY4M_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(844);
/* harmony import */ var _chunk_E72J6IH3_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(919);
/* harmony import */ var _chunk_VS2UCSGQ_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(839);
/* harmony import */ var _chunk_4XKBKVEG_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(415);
/* harmony import */ var _chunk_2B3ASAXU_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(631);
/* harmony import */ var _chunk_2JQ7EPCV_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(79);
/* harmony import */ var _chunk_2PWTZOSJ_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(12);
/* harmony import */ var _chunk_BHLLATUJ_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(991);
/* harmony import */ var _chunk_GZV6CMKN_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(367);
/* harmony import */ var _chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(771);
var f=(0,_chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_9__.b)((0,_chunk_4XKBKVEG_js__WEBPACK_IMPORTED_MODULE_3__.a)());var l=e=>async t=>{e.logger?.debug("@aws-sdk/credential-provider-web-identity - fromWebToken");let{roleArn:o,roleSessionName:r,webIdentityToken:s,providerId:n,policyArns:g,policy:E,durationSeconds:p}=e,{roleAssumerWithWebIdentity:i}=e;if(!i){let{getDefaultRoleAssumerWithWebIdentity:_}=await __webpack_require__.e(/* import() */ 245).then(__webpack_require__.bind(__webpack_require__, 245));i=_({...e.clientConfig,credentialProviderLogger:e.logger,parentClientConfig:{...t?.callerClientConfig,...e.parentClientConfig}},e.clientPlugins)}return i({RoleArn:o,RoleSessionName:r??`aws-sdk-js-session-${Date.now()}`,WebIdentityToken:s,ProviderId:n,PolicyArns:g,Policy:E,DurationSeconds:p})};var m="AWS_WEB_IDENTITY_TOKEN_FILE",N="AWS_ROLE_ARN",I="AWS_ROLE_SESSION_NAME",y=(e={})=>async t=>{e.logger?.debug("@aws-sdk/credential-provider-web-identity - fromTokenFile");let o=e?.webIdentityTokenFile??process.env[m],r=e?.roleArn??process.env[N],s=e?.roleSessionName??process.env[I];if(!o||!r)throw new _chunk_2B3ASAXU_js__WEBPACK_IMPORTED_MODULE_4__.b("Web identity configuration not specified",{logger:e.logger});let n=await l({...e,webIdentityToken:_chunk_2B3ASAXU_js__WEBPACK_IMPORTED_MODULE_4__.u?.getTokenRecord?.()[o]??(0,f.readFileSync)(o,{encoding:"ascii"}),roleArn:r,roleSessionName:s})(t);return o===process.env[m]&&(0,_chunk_RLIFZY4M_js__WEBPACK_IMPORTED_MODULE_0__.b)(n,"CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN","h"),n};


/***/ })

};
;
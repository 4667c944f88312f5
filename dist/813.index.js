"use strict";
exports.id = 813;
exports.ids = [813];
exports.modules = {

/***/ 8813:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fromTokenFile: () => (/* binding */ y)
/* harmony export */ });
/* unused harmony export fromWebToken */
/* harmony import */ var _chunk_ZF4X25QL_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7155);
/* harmony import */ var _chunk_BHHPMOBX_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2391);
/* harmony import */ var _chunk_6PU4E3RH_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(498);
/* harmony import */ var _chunk_4XKBKVEG_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7415);
/* harmony import */ var _chunk_WXFMNJTU_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4186);
/* harmony import */ var _chunk_LQ3MITYA_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5871);
/* harmony import */ var _chunk_QESVVDBV_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2190);
/* harmony import */ var _chunk_YGAYLNVX_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2457);
/* harmony import */ var _chunk_GZV6CMKN_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(367);
/* harmony import */ var _chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(6771);
var f=(0,_chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_9__.b)((0,_chunk_4XKBKVEG_js__WEBPACK_IMPORTED_MODULE_3__.a)());var l=e=>async t=>{e.logger?.debug("@aws-sdk/credential-provider-web-identity - fromWebToken");let{roleArn:o,roleSessionName:r,webIdentityToken:s,providerId:n,policyArns:g,policy:E,durationSeconds:p}=e,{roleAssumerWithWebIdentity:i}=e;if(!i){let{getDefaultRoleAssumerWithWebIdentity:_}=await __webpack_require__.e(/* import() */ 577).then(__webpack_require__.bind(__webpack_require__, 577));i=_({...e.clientConfig,credentialProviderLogger:e.logger,parentClientConfig:{...t?.callerClientConfig,...e.parentClientConfig}},e.clientPlugins)}return i({RoleArn:o,RoleSessionName:r??`aws-sdk-js-session-${Date.now()}`,WebIdentityToken:s,ProviderId:n,PolicyArns:g,Policy:E,DurationSeconds:p})};var m="AWS_WEB_IDENTITY_TOKEN_FILE",N="AWS_ROLE_ARN",I="AWS_ROLE_SESSION_NAME",y=(e={})=>async t=>{e.logger?.debug("@aws-sdk/credential-provider-web-identity - fromTokenFile");let o=e?.webIdentityTokenFile??process.env[m],r=e?.roleArn??process.env[N],s=e?.roleSessionName??process.env[I];if(!o||!r)throw new _chunk_WXFMNJTU_js__WEBPACK_IMPORTED_MODULE_4__.b("Web identity configuration not specified",{logger:e.logger});let n=await l({...e,webIdentityToken:_chunk_WXFMNJTU_js__WEBPACK_IMPORTED_MODULE_4__.v?.getTokenRecord?.()[o]??(0,f.readFileSync)(o,{encoding:"ascii"}),roleArn:r,roleSessionName:s})(t);return o===process.env[m]&&(0,_chunk_ZF4X25QL_js__WEBPACK_IMPORTED_MODULE_0__.b)(n,"CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN","h"),n};


/***/ })

};
;
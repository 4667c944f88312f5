"use strict";
exports.id = 755;
exports.ids = [755];
exports.modules = {

/***/ 3755:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony import */ var _chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6771);
var s=(0,_chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_0__.a)((n,o)=>{o.exports=process.getBuiltinModule("node:async_hooks")});/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = (s());


/***/ })

};
;
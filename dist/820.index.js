"use strict";
exports.id = 820;
exports.ids = [820];
exports.modules = {

/***/ 1820:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony import */ var _chunk_CR5GC7UW_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9168);
/* harmony import */ var _chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6771);
/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ((0,_chunk_CR5GC7UW_js__WEBPACK_IMPORTED_MODULE_0__.a)());


/***/ })

};
;
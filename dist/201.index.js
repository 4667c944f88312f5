"use strict";
exports.id = 201;
exports.ids = [201];
exports.modules = {

/***/ 201:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   loadSharedConfigFiles: () => (/* reexport safe */ _chunk_2B3ASAXU_js__WEBPACK_IMPORTED_MODULE_0__.r)
/* harmony export */ });
/* harmony import */ var _chunk_2B3ASAXU_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(631);
/* harmony import */ var _chunk_2JQ7EPCV_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(79);
/* harmony import */ var _chunk_2PWTZOSJ_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(12);
/* harmony import */ var _chunk_BHLLATUJ_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(991);
/* harmony import */ var _chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(771);



/***/ })

};
;
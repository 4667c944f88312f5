"use strict";
exports.id = 498;
exports.ids = [498];
exports.modules = {

/***/ 498:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fromEnv: () => (/* reexport safe */ _chunk_42YGW5RW_js__WEBPACK_IMPORTED_MODULE_0__.g)
/* harmony export */ });
/* harmony import */ var _chunk_42YGW5RW_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(622);
/* harmony import */ var _chunk_RLIFZY4M_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(844);
/* harmony import */ var _chunk_E72J6IH3_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(919);
/* harmony import */ var _chunk_VS2UCSGQ_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(839);
/* harmony import */ var _chunk_4XKBKVEG_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(415);
/* harmony import */ var _chunk_2B3ASAXU_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(631);
/* harmony import */ var _chunk_2JQ7EPCV_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(79);
/* harmony import */ var _chunk_2PWTZOSJ_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(12);
/* harmony import */ var _chunk_BHLLATUJ_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(991);
/* harmony import */ var _chunk_GZV6CMKN_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(367);
/* harmony import */ var _chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(771);



/***/ })

};
;
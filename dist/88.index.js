"use strict";
exports.id = 88;
exports.ids = [88];
exports.modules = {

/***/ 7088:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LineCounter: () => (/* binding */ export_LineCounter),
/* harmony export */   parseDocument: () => (/* binding */ export_parseDocument),
/* harmony export */   stringify: () => (/* binding */ export_stringify)
/* harmony export */ });
/* harmony import */ var _chunk_VB7OPSEH_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4229);
/* harmony import */ var _chunk_GZV6CMKN_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(367);
/* harmony import */ var _chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6771);
var e=(0,_chunk_SQE76S5B_js__WEBPACK_IMPORTED_MODULE_2__.b)((0,_chunk_VB7OPSEH_js__WEBPACK_IMPORTED_MODULE_0__.a)(),1);var export_LineCounter=e.LineCounter;var export_parseDocument=e.parseDocument;var export_stringify=e.stringify;


/***/ })

};
;
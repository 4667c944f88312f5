"use strict";const r=require("./yaml-dist.js"),n=require("./esbuild-runtime.js");var e=n._(r.r()),t=e.LineCounter,o=e.parseDocument;exports.LineCounter=t,exports.parseDocument=o;

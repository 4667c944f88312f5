"use strict";const r=require("./src-layout-yaml-rewrite2.js");exports.printYaml=r.p,exports.rewrite=r.r;

"use strict";const e=require("./src-rollout-read-results2.js");require("./picomatch-lib.js"),exports.readResults=e.r;

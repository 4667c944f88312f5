"use strict";const e=require("./src-deploy-stop-causes.js");require("./bundle.js"),exports.eventsSince=e.e,exports.followServices=e.f,exports.verifyServices=e.v;

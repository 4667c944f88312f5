"use strict";var a={version:"3.998.3"};exports.p=a;

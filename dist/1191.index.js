"use strict";exports.id=1191,exports.ids=[1191],exports.modules={1191:((O,s,_)=>{_.d(s,{checkScope:()=>E.b});var E=_(611),M=_(9573),P=_(6771)})};

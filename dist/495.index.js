"use strict";exports.id=495,exports.ids=[495],exports.modules={7495:((M,E,_)=>{_.d(E,{loadSharedConfigFiles:()=>s.s});var s=_(4186),D=_(5871),O=_(2190),P=_(2457),d=_(6771)})};

"use strict";exports.id=5504,exports.ids=[5504],exports.modules={5504:((P,E,_)=>{_.d(E,{loadSharedConfigFiles:()=>s.s});var s=_(2076),D=_(5079),O=_(8012),M=_(2190),d=_(2457),n=_(6771)})};

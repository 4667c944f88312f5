"use strict";exports.id=132,exports.ids=[132],exports.modules={6132:((M,E,_)=>{_.d(E,{verifyServices:()=>s.l});var s=_(8252),D=_(2992),P=_(3539),O=_(6997),A=_(6769),B=_(6771)})};

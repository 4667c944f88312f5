"use strict";exports.id=99,exports.ids=[99],exports.modules={5099:((D,E,_)=>{_.d(E,{verifyServices:()=>M.e});var M=_(9909),O=_(4774),s=_(6646),P=_(321),B=_(3539),A=_(6997),C=_(6769),L=_(6771)})};

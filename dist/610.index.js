"use strict";exports.id=610,exports.ids=[610],exports.modules={5610:((P,E,_)=>{_.d(E,{verifyServices:()=>M.e});var M=_(9313),s=_(6585),D=_(6646),O=_(321),A=_(3539),B=_(6997),C=_(6769),L=_(6771)})};

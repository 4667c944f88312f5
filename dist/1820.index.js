"use strict";exports.id=1820,exports.ids=[1820],exports.modules={1820:((t,E,s)=>{s.r(E),s.d(E,{default:()=>d});var _=s(9168),P=s(6771);const d=(0,_.a)()})};

// Preloaded into a process that is to live faster. FAST_CLOCK="SPEED,SINCE": from SINCE on (milliseconds since the epoch) its clock goes, and
// its timers run out, SPEED times as fast; `clockAt` of stress-scene.ts is the same clock for others.
const [speed, since] = (process.env.FAST_CLOCK ?? '1,0').split(',').map(Number)
const { now } = Date
const { setTimeout } = globalThis

Date.now = () => Math.round(since + (now() - since) * speed)
globalThis.setTimeout = (act, milliseconds = 0, ...args) => setTimeout(act, milliseconds / speed, ...args)

// Preloaded into each measured process: writes its CPU time (milliseconds), the most that was resident (bytes) and the scripts that it
// loaded to descriptor 3.
const { writeSync } = require('node:fs')

process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  const resident = process.resourceUsage().maxRSS * 1024
  writeSync(3, JSON.stringify({ cpu: (user + system) / 1000, resident, loaded: Object.keys(require.cache) }))
})

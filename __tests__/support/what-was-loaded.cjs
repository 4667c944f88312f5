// Preloaded into a process: writes which scripts and which of Node's modules it loaded, beyond those of every process, to the file LOADED_FILE.
const { writeFileSync } = require('node:fs')

const { LOADED_FILE } = process.env
const before = new Set(process.moduleLoadList)

process.on('exit', () => {
  const modules = process.moduleLoadList.filter(name => !before.has(name) && /^NativeModule (?!internal\/)/.test(name))
  const scripts = Object.keys(require.cache).filter(file => file !== __filename)
  writeFileSync(
    LOADED_FILE,
    JSON.stringify({ scripts, builtins: modules.map(name => name.replace('NativeModule ', '')) })
  )
})

// How the scripts of dist/ are bundled, for whatever else is to be measured as it is shipped.
import { builtinModules } from 'node:module'
import type { BuildOptions, Plugin } from 'esbuild'

const slim: Plugin = {
  name: 'slim',
  setup(setup) {
    // An ES module's `import 'node:http'` reads every export, and the getter of http.WebSocket loads a whole HTTP client
    // (45 ms on Node 24). Asked for as CommonJS, the module is loaded alone.
    setup.onResolve({ filter: new RegExp(`^(node:)?(${builtinModules.join('|')})$`) }, ({ path }) => ({
      path: path.replace(/^node:/, ''),
      namespace: 'builtin',
      sideEffects: false
    }))
    setup.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(`node:${path}`)})`
    }))
    // A parser of browsers' user agents, behind an import() that Node never reaches.
    setup.onResolve({ filter: /^bowser$/ }, () => ({ path: 'bowser', namespace: 'empty' }))
    setup.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default {}' }))
  }
}

export const BUNDLED = {
  bundle: true,
  minify: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  conditions: ['module'],
  chunkNames: '[name]-[hash]',
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [slim]
} satisfies BuildOptions

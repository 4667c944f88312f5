// How the scripts of dist/ are bundled, for whatever else is to be measured as it is shipped.
import type { BuildOptions, Plugin } from 'esbuild'

const slim: Plugin = {
  name: 'slim',
  setup(setup) {
    // A parser of browsers' user agents, behind an import() that Node never reaches.
    setup.onResolve({ filter: /^bowser$/ }, () => ({ path: 'bowser', namespace: 'empty' }))
    setup.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default {}' }))
  }
}

export const BUNDLED = {
  bundle: true,
  minifySyntax: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  conditions: ['module'],
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [slim]
} satisfies BuildOptions

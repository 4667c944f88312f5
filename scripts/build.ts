// src/index.ts and src/cli.ts -> build/ (esbuild: types off, packages in, tree-shaken) -> dist/ (Rollup: a chunk for each import(), CommonJS)
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { relative, sep } from 'node:path'
import { type PreRenderedChunk, rollup } from '@rollup/wasm-node'
import { build, type Metafile, transformSync } from 'esbuild'
import { BUNDLED } from './bundled.ts'
import { calledByDryRun, compileAtStart } from './compile-at-start.ts'

/** Script in dist/ to the function that it starts, both in one bundle that they share. */
const ENTRIES = { index: 'action', cli: 'command' }

async function bundle(): Promise<Metafile> {
  rmSync('build', { recursive: true, force: true })
  const { metafile } = await build({
    stdin: {
      // The command is a chunk of its own: the action never loads it.
      contents: `export { action } from './src/index.ts'
        export const command = async () => (await import('./src/cli.ts')).command()`,
      resolveDir: '.',
      sourcefile: 'bundle.ts'
    },
    ...BUNDLED,
    entryNames: 'bundle',
    outdir: 'build',
    metafile: true
  })
  return metafile
}

/**
 * esbuild splits what several chunks share off from the one that starts, into two dozen more that are all loaded at once; Rollup puts it
 * where it is loaded first. CommonJS starts quicker than ES modules, and `require('http')` alone leaves `http.WebSocket` unread, which
 * loads a whole HTTP client (45 ms on Node 24).
 */
async function link(metafile: Metafile): Promise<void> {
  rmSync('dist', { recursive: true, force: true })
  const linked = await rollup({
    input: 'build/bundle.js',
    external: isBuiltin,
    preserveEntrySignatures: 'allow-extension',
    onwarn: ({ message }) => {
      throw new Error(message)
    }
  })
  const { output } = await linked.generate({
    format: 'cjs',
    entryFileNames: '[name].js',
    chunkFileNames: chunk => `${nameOf(chunk, metafile)}.js`,
    interop: 'default',
    esModule: false,
    externalLiveBindings: false,
    generatedCode: { preset: 'es2015', symbols: false },
    hoistTransitiveImports: false,
    minifyInternalExports: true
  })
  for (const chunk of output) if (chunk.type === 'chunk') writeScript(chunk.fileName, minified(chunk.code))
  for (const [file, start] of Object.entries(ENTRIES)) {
    writeScript(`${file}.js`, `#!/usr/bin/env node\nvoid require('./bundle.js').${start}()\n`)
  }
  writeScript('package.json', '{"type":"commonjs"}\n')
  chmodSync('dist/cli.js', 0o755)
}

function writeScript(name: string, code: string): void {
  mkdirSync('dist', { recursive: true })
  writeFileSync(`dist/${name}`, code)
}

function minified(code: string): string {
  return transformSync(code, { minify: true, format: 'cjs', platform: 'node', target: 'node24' }).code
}

/** A chunk is called after the module that is imported, or after the one that most of it comes from. */
function nameOf({ facadeModuleId, moduleIds }: PreRenderedChunk, { outputs }: Metafile): string {
  const parts = moduleIds.map(id => outputs[relative('.', id).replaceAll(sep, '/')])
  const entered = parts[moduleIds.indexOf(facadeModuleId ?? '')]?.entryPoint
  const inputs = parts.flatMap(part => Object.entries(part?.inputs ?? {}))
  const [largest = ['esbuild-runtime']] = inputs.sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
  const module = entered ?? largest[0]
  return (/^(?:.*node_modules\/@?)((?:[^/]+\/)?[^/]+)\//.exec(module)?.[1] ?? module)
    .replace(/\.\w+$/, '')
    .replaceAll('/', '-')
}

/** Licence texts of what is bundled, identical ones once. */
function licences({ outputs }: Metafile): string {
  const folders = new Set<string>()
  for (const { inputs } of Object.values(outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]
      if (bytesInOutput > 0 && folder !== undefined) folders.add(folder)
    }
  }
  const packages = new Map<string, string[]>()
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
    const file = readdirSync(folder).find(candidate => /^licen[cs]e/i.test(candidate))
    const text =
      file === undefined ? String(license) : readFileSync(`${folder}/${file}`, 'utf8').replaceAll('\r', '').trim()
    packages.set(text, [...(packages.get(text) ?? []), `${name} ${version} (${license})`])
  }
  return [...packages].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`).join(`\n${'-'.repeat(80)}\n\n`)
}

const metafile = await bundle()
await link(metafile)
const bundled = readFileSync('dist/bundle.js', 'utf8')
writeScript('bundle.js', compileAtStart(bundled, calledByDryRun('dist/index.js', 'dist/bundle.js')))
writeFileSync('dist/licenses.txt', licences(metafile))
const scripts = readdirSync('dist').filter(file => file.endsWith('.js'))
const total = scripts.reduce((sum, file) => sum + statSync(`dist/${file}`).size, 0)
console.log(`dist: ${scripts.length} scripts ${total} bytes`)

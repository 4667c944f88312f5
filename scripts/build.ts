// src/index.ts and src/cli.ts -> build/ (esbuild: tree-shaken, a chunk for each import()) -> dist/ (ncc: chunks merged, CommonJS)
import { execFileSync } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { build, type Metafile, transformSync } from 'esbuild'
import { BUNDLED } from './bundled.ts'

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
  // Without "type" in the nearest package.json ncc writes CommonJS, which starts quicker.
  writeFileSync('build/package.json', '{}\n')
  return metafile
}

/** ncc merges the chunks and prints them at length, so they are minified once more; two scripts of a line start the entries. */
function merge(): void {
  rmSync('dist', { recursive: true, force: true })
  const ncc = 'node_modules/@vercel/ncc/dist/ncc/cli.js'
  execFileSync(process.execPath, [ncc, 'build', 'build/bundle.js', '-o', 'dist', '-q', '--no-cache'], {
    stdio: 'inherit'
  })
  renameSync('dist/index.js', 'dist/bundle.js')
  for (const file of readdirSync('dist').filter(name => name.endsWith('.js'))) {
    const { code } = transformSync(readFileSync(`dist/${file}`, 'utf8'), {
      minify: true,
      platform: 'node',
      target: 'node24'
    })
    writeFileSync(`dist/${file}`, code)
  }
  for (const [file, start] of Object.entries(ENTRIES)) {
    writeFileSync(`dist/${file}.js`, `#!/usr/bin/env node\nvoid require('./bundle.js').${start}()\n`)
  }
  writeFileSync('dist/package.json', '{"type":"commonjs"}\n')
  chmodSync('dist/cli.js', 0o755)
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
merge()
writeFileSync('dist/licenses.txt', licences(metafile))
const scripts = readdirSync('dist').filter(file => file.endsWith('.js'))
const total = scripts.reduce((sum, file) => sum + statSync(`dist/${file}`).size, 0)
console.log(`dist: ${scripts.length} scripts ${total} bytes`)

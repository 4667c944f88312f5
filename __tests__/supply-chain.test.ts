import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const ROOT = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly overrides: Readonly<Record<string, string>>
  readonly allowScripts: Readonly<Record<string, boolean>>
}

interface Locked {
  readonly version: string
  readonly resolved?: string
  readonly integrity?: string
  readonly hasInstallScript?: boolean
}

const manifest: Manifest = JSON.parse(read('package.json'))
const lockfile: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(read('package-lock.json'))
const locked = Object.entries(lockfile.packages).filter(([path]) => path !== '')

describe('what is installed', () => {
  test('is named by exact versions', () => {
    const versions = { ...manifest.overrides, ...manifest.devDependencies, ...manifest.dependencies }
    expect(Object.keys(versions).length).toBeGreaterThan(20)
    for (const [name, version] of Object.entries(versions))
      expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+$/)])
  })

  test('is known by its digest, and comes from the public registry', () => {
    for (const [path, { integrity, resolved }] of locked) {
      expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-/)])
      if (resolved !== undefined) expect(resolved).toMatch(/^https:\/\/registry\.npmjs\.org\//)
    }
  })

  test('runs a script on being installed only where that was decided', () => {
    const scripted = locked.flatMap(([path, { hasInstallScript }]) =>
      hasInstallScript ? path.replace(/^.*node_modules\//, '') : []
    )
    expect(scripted.toSorted()).toEqual(Object.keys(manifest.allowScripts).toSorted())
    const allowed = Object.keys(manifest.allowScripts).filter(name => manifest.allowScripts[name])
    expect(allowed).toEqual(['esbuild', 'node'])
  })

  test('runs no script of our own', () => {
    const ofItself = /^(pre|post)?(install|prepare|publish|publishOnly|pack|version|shrinkwrap|uninstall|dependencies)$/
    expect(Object.keys(manifest.scripts).filter(name => ofItself.test(name))).toEqual([])
  })
})

describe('what is bundled', () => {
  /** SPDX identifiers of permissive licences; a person decides about any other. */
  const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']
  const blocks = read('dist/licenses.txt')
    .split(`\n${'-'.repeat(80)}\n\n`)
    .map(block => {
      const end = block.indexOf('\n\n')
      return { packages: block.slice(0, end).split('\n'), text: block.slice(end).trim() }
    })
  const packages = blocks.flatMap(block => block.packages)

  test('is each listed with a licence that allows it', () => {
    expect(packages).toContain(`@aws-sdk/client-ecs ${manifest.dependencies['@aws-sdk/client-ecs']} (Apache-2.0)`)
    for (const line of packages) {
      const [, licence = `no licence: ${line}`] = /^(?:@[\w.-]+\/)?[\w.-]+ \d+\.\d+\.\d+ \((.+)\)$/.exec(line) ?? []
      expect(ALLOWED).toContain(licence)
    }
  })

  test('comes with the text of its licence', () => {
    for (const { packages, text } of blocks) {
      // Some packages of the AWS SDK have none; that of the others, which is the same, stands beside.
      if (text !== 'Apache-2.0') expect([packages, text]).toEqual([packages, expect.stringMatching(/copyright/i)])
    }
    expect(blocks.some(({ text }) => text.startsWith('Apache License'))).toBe(true)
  })

  test('is installed in the very version', () => {
    for (const line of packages) {
      const [, name = '', version] = /^(.+) (\S+) \(/.exec(line) ?? []
      const versions = locked.flatMap(([path, own]) => (path.endsWith(`node_modules/${name}`) ? own.version : []))
      expect([name, versions]).toEqual([name, expect.arrayContaining([version])])
    }
  })
})

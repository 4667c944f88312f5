import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runScript } from './run-script.ts'

const PATH = '.github/workflows/dependabot-dist.yml'
const REPOSITORY = { owner: 'levoai', repo: 'fargate-pcap-action' }
const HEAD = 'a'.repeat(40)

let temp = ''
let calls: [string, unknown][] = []

beforeEach(() => {
  temp = mkdtempSync(join(tmpdir(), 'dependabot-dist-'))
  mkdirSync(join(temp, 'dist'))
  calls = []
})

afterEach(() => rmSync(temp, { recursive: true, force: true }))

const idOf = (text: string) =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex')

const build = (files: Readonly<Record<string, string>>) => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(temp, 'dist', name), text)
}

const blob = (path: string, text: string, mode = '100644') => ({ path, type: 'blob', mode, sha: idOf(text) })

const COMMITTED = [
  blob('dist/index.js', 'old'),
  blob('dist/cli.js', 'command', '100755'),
  blob('dist/1.js', 'a chunk'),
  { path: 'dist', type: 'tree', mode: '040000', sha: 'b'.repeat(40) },
  blob('src/index.ts', 'source')
]

async function commit(): Promise<{ notices: readonly string[] }> {
  const called = (name: string, data: object) => async (given: object) => {
    calls.push([name, given])
    return { data }
  }
  const git = {
    getTree: async () => ({ data: { sha: 'the tree', tree: COMMITTED } }),
    createBlob: async ({ content }: { content: string }) => ({
      data: { sha: `of ${Buffer.from(content, 'base64')}` }
    }),
    createTree: called('createTree', { sha: 'next tree' }),
    createCommit: called('createCommit', { sha: 'next commit' }),
    updateRef: called('updateRef', {})
  }
  const actions = { createWorkflowDispatch: called('createWorkflowDispatch', {}) }
  const env = { HEAD, BRANCH: 'dependabot/npm_and_yarn/bundled-1' }
  return runScript(PATH, 'commit', 'commit dist', env, { RUNNER_TEMP: temp }, { rest: { git, actions } })
}

describe('what was built', () => {
  test('is committed onto what it was built from, and ci is started for it', async () => {
    build({ 'index.js': 'new', 'cli.js': 'command', '2.js': 'another chunk', 'licenses.txt': 'MIT' })
    await commit()
    expect(calls[0]?.[1]).toMatchObject({ tree: { length: 4 } })
    expect(calls).toEqual([
      [
        'createTree',
        {
          ...REPOSITORY,
          base_tree: 'the tree',
          tree: expect.arrayContaining([
            { path: 'dist/1.js', mode: '100644', type: 'blob', sha: null },
            { path: 'dist/index.js', mode: '100644', type: 'blob', sha: 'of new' },
            { path: 'dist/2.js', mode: '100644', type: 'blob', sha: 'of another chunk' },
            { path: 'dist/licenses.txt', mode: '100644', type: 'blob', sha: 'of MIT' }
          ])
        }
      ],
      [
        'createCommit',
        { ...REPOSITORY, message: 'Rebuild dist\n\n[dependabot skip]', tree: 'next tree', parents: [HEAD] }
      ],
      [
        'updateRef',
        { ...REPOSITORY, ref: 'heads/dependabot/npm_and_yarn/bundled-1', sha: 'next commit', force: false }
      ],
      ['createWorkflowDispatch', { ...REPOSITORY, workflow_id: 'ci.yml', ref: 'dependabot/npm_and_yarn/bundled-1' }]
    ])
  })

  test('what a user starts stays executable', async () => {
    build({ 'index.js': 'old', 'cli.js': 'new command', '1.js': 'a chunk' })
    await commit()
    expect(calls[0]).toEqual([
      'createTree',
      expect.objectContaining({
        tree: [{ path: 'dist/cli.js', mode: '100755', type: 'blob', sha: 'of new command' }]
      })
    ])
  })

  test('is left alone when it is what there is', async () => {
    build({ 'index.js': 'old', 'cli.js': 'command', '1.js': 'a chunk' })
    expect(await commit()).toMatchObject({ notices: ['dist is what these packages give.'] })
    expect(calls).toEqual([])
  })
})

describe('nothing is committed', () => {
  test.each(['.npmrc', '..js', 'index.sh', 'a b.js', 'workflow.yml', '-'])('with a file %j', async name => {
    build({ 'index.js': 'new', [name]: 'strange' })
    await expect(commit()).rejects.toThrow(`dist may not hold ${name}`)
    expect(calls).toEqual([])
  })

  test('with a folder', async () => {
    mkdirSync(join(temp, 'dist', 'more.js'))
    await expect(commit()).rejects.toThrow('dist may not hold more.js')
  })

  test('with more files than a bundle has', async () => {
    build(Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`${index}.js`, 'chunk'])))
    await expect(commit()).rejects.toThrow('too many files')
  })

  test('when nothing was built', async () => {
    await expect(commit()).rejects.toThrow('no index.js')
  })
})

import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ACTION, useStage } from '../support/bundle-stage.ts'
import { shop } from '../support/flow-definitions.ts'

const stage = useStage()

interface Loaded {
  /** Of `dist/`; a script is called after the module that it begins with, or that most of it is from (`scripts/build.ts`). */
  readonly scripts: readonly string[]
  /** Of Node, beyond those that it loads for every process. */
  readonly builtins: readonly string[]
}

async function whatIsLoaded(inputs: Record<string, string>, env: Record<string, string>): Promise<Loaded> {
  const s = stage()
  await s.file('shop.json', shop())
  const file = join(s.workspace, 'loaded.json')
  const probe = join(import.meta.dirname, '../support/what-was-loaded.cjs').replaceAll('\\', '/')
  const run = await s.action(
    { 'task-definition': 'shop.json', ...inputs },
    { ...env, HOME: s.workspace, NODE_OPTIONS: `--require "${probe}"`, LOADED_FILE: file }
  )
  expect(run.stdout).not.toContain('::error')
  expect(run.status).toBe(0)
  const loaded: Loaded = JSON.parse(await readFile(file, 'utf8'))
  return { scripts: loaded.scripts.map(script => basename(script)).sort(), builtins: [...loaded.builtins].sort() }
}

/** Fails with what to do about it. */
function expectLoaded(what: keyof Loaded, loaded: Loaded, expected: readonly string[]): void {
  const added = loaded[what].filter(name => !expected.includes(name))
  const gone = expected.filter(name => !loaded[what].includes(name))
  if (added.length === 0 && gone.length === 0) return
  throw new Error(
    `A dry run from a JSON file loads other ${what} than this test says: ${[...added.map(name => `+${name}`), ...gone.map(name => `-${name}`)].join(' ')}.
What not every dry run needs belongs behind an import() where the need is known, as in src/run.ts and src/options/parse.ts.
What every one needs is added to this test, with what npm run bench says of it in the commit.`
  )
}

test('of ours one script, of Node nothing more than every process has', async () => {
  const loaded = await whatIsLoaded({ 'dry-run': 'true' }, { AWS_REGION: 'us-east-1' })
  expectLoaded('scripts', loaded, ['bundle.js', basename(ACTION)])
  // Not http, https, crypto, os, zlib or undici, which the SDK takes.
  expectLoaded('builtins', loaded, [])
})

test('with credentials what asks AWS as well, but nothing for other kinds of runs', async () => {
  const { scripts, builtins } = await whatIsLoaded({ 'dry-run': 'true' }, stage().credentials)
  expect(scripts).toEqual(expect.arrayContaining(['aws-sdk-client-ecs.js', 'src-in-aws.js']))
  expect(builtins).toEqual(expect.arrayContaining(['http', 'https']))
  expect(
    scripts.filter(name => /code-deploy|logs-client|fleet|rollout|yaml|jsonc|re2js|comment|layout|src-cli/.test(name))
  ).toEqual([])
})

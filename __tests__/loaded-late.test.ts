import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { expect, test } from '@jest/globals'

const ROOT = join(import.meta.dirname, '../src')
const STATIC = /^(?:import|export)\s+(?!type\s)(?:[^'"]*?\sfrom\s)?'(\.[^']+)'/gm

const PACKAGE = /^(?:import|export)\s+(?!type\s)(?:[^'"]*?\sfrom\s)?'([^.'][^']*)'/gm

/** What a file brings along when it is loaded, other files of ours, itself included. */
function broughtBy(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const [, from = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(STATIC)) {
    broughtBy(posix.join(posix.dirname(file), from), seen)
  }
  return seen
}

test('what a service under CodeDeploy takes comes with such a service only', () => {
  const entries = ['index.ts', 'run.ts', 'in-aws.ts', 'ecs/client.ts', 'follow-services.ts']
  const files = new Set(entries.flatMap(entry => [...broughtBy(entry)]))
  expect(files).toContain('deploy/deploy.ts')
  expect(files).toContain('options/table.ts')
  expect([...files].filter(file => /code-deploy|app-spec|-client/.test(file))).toEqual(['options/code-deploy.ts'])
  expect(broughtBy('through-code-deploy.ts')).toContain('deploy/code-deploy.ts')
})

test('what reads YAML and comments comes with a file that has them, or with a message that points into one', () => {
  const files = [...new Set(['index.ts', 'run.ts'].flatMap(entry => [...broughtBy(entry)]))]
  expect(files).toContain('source/place.ts')
  const packages = files.flatMap(file =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(PACKAGE)].map(([, name = '']) => name)
  )
  // All that a dry run from a JSON file takes besides our own; `__tests__/bundle/a-dry-run-loads-little.test.ts` says how it is kept small.
  expect([...new Set(packages)].sort()).toEqual(['diff', 'node:fs', 'node:path'])
})

test('what asks registries comes when one is asked', () => {
  const entries = [
    'index.ts',
    'run.ts',
    'in-aws.ts',
    'main-fleet.ts',
    'rollout/run-fleet.ts',
    'rollout/check-images.ts'
  ]
  const files = new Set(entries.flatMap(entry => [...broughtBy(entry)]))
  expect([...files].filter(file => /^registry\/|ecs\/images/.test(file))).toEqual(['registry/found.ts'])
  expect([...broughtBy('registry/find-image.ts')]).toContain('ecs/images.ts')
})

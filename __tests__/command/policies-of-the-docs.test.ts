import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { runIn } from '../support/command-run.ts'

const ROOT = join(import.meta.dirname, '../..')
const SHOWN = [
  ...readFileSync(join(ROOT, 'docs/permissions.md'), 'utf8').matchAll(
    /```sh\nnode dist\/cli\.js policy ([^`]*)```\n\n```json\n([^`]*)```/g
  )
].map(([, argv = '', json = '']): [string, string] => [argv.replace(/\s*\\\n\s*/g, ' ').trim(), json])

test('the page of permissions shows the common ones', () => expect(SHOWN.length).toBeGreaterThanOrEqual(3))

test.each(SHOWN)('it shows what is printed for %s', async (argv, json) => {
  const { stdout } = await runIn(ROOT, ['policy', ...argv.split(' ')])
  expect(stdout).toBe(json)
})

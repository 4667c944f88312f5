import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { parseStep } from '../workflows/parse-step.ts'
import { calledBy, isOurs, type Job, type Step, stepsOf, type Workflow } from '../workflows/read-workflows.ts'
import { blocksOf, documents, readText } from './read-documents.ts'

type Block = Partial<Workflow> | readonly Step[]

/** Blocks of YAML that show a job or steps; other blocks show inputs alone. */
function jobsIn(text: string): Job[] {
  const block = parse(text, { strict: true, uniqueKeys: true }) as Block
  if (isSteps(block)) return [{ steps: block }]
  return Object.values(block.jobs ?? {})
}

const isSteps = (block: Block): block is readonly Step[] => Array.isArray(block)

const SHOWN = documents().flatMap(path => blocksOf(path, 'yaml').map((text): [string, string] => [path, text]))

describe.each(SHOWN)('%s shows YAML', (_path, text) => {
  test('that parses', () => expect(() => parse(text, { strict: true, uniqueKeys: true })).not.toThrow())

  test('whose steps have inputs that go together', async () => {
    for (const step of jobsIn(text).flatMap(stepsOf).filter(isOurs)) {
      // A step that is shown alone has its credentials from one before it.
      await expect(parseStep(step.with ?? {}, true)).resolves.toBeDefined()
    }
  })

  test('that calls only workflows that there are', () => {
    for (const job of jobsIn(text))
      if (job.uses !== undefined) expect(readText(calledBy(job) ?? '')).toContain('workflow_call')
  })
})

test('the workflow that the README begins with is the one to copy', () => {
  const [first = ''] = blocksOf('README.md', 'yaml')
  const example = readText('examples/workflows/deploy.yml')
  expect(`${first}\n`).toBe(example.slice(example.indexOf('name: ')))
})

test('the blocks are found', () => expect(SHOWN.length).toBeGreaterThan(60))

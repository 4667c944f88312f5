// The texts of each kind of run, as files to read. After a change of wording, UPDATE_TEXTS=1 writes them anew; their diff is to be
// read like the code's.
import { describe, expect, test } from '@jest/globals'
import { useScene } from '../support/flow-scene.ts'
import { readable } from '../support/streams.ts'
import { filesOf, namesOfExpected, readExpected, removeExpected, writeExpected } from './files.ts'
import { plansIn } from './plans.ts'
import { SCENARIOS } from './scenarios.ts'
import { tellRun } from './tell.ts'

const UPDATES = process.env.UPDATE_TEXTS === '1'

/** What ends before anything is planned, only looks, or has nothing to change. */
const WITHOUT_PLAN = [
  ...['many-wrong-inputs', 'one-wrong-input', 'file-that-is-no-json', 'service-not-found'],
  ...['does-not-fit', 'refused-network-mode', 'removes-where-there-is-none'],
  ...[
    'nothing-to-change',
    'dry-run-with-nothing-to-change',
    'renders-what-is-there-already',
    'rerun-follows-what-an-earlier-run-began'
  ],
  ...['verified', 'verify-without-a-sensor', 'verify-finds-a-stopped-sensor', 'verify-warns-of-no-tasks']
]

const scene = useScene()

describe.each(Object.entries(SCENARIOS))('%s', (name, prepare) => {
  test('reads as expected', async () => {
    const inputs = await prepare(scene())
    const files = filesOf(name, await tellRun(scene(), inputs), inputs)
    if (UPDATES) writeExpected(name, files)
    expect(files).toEqual(readExpected(name))
  })

  test('tells everybody the same plan, the comment what the summary says, and nobody a secret', async () => {
    const texts = await tellRun(scene(), await prepare(scene()))
    expect(texts.plan === '').toBe(WITHOUT_PLAN.includes(name))
    for (const plan of Object.values(plansIn(texts))) expect(plan).toBe(texts.plan)
    const { comment, summary } = texts
    if (comment !== undefined) expect(comment).toMatch(MARK)
    if (comment !== undefined) expect(comment.replace(MARK, '').replace(FOOT, '')).toBe(summary)
    expect(readable(texts)).not.toContain('planted')
  })
})

const MARK = /^<!-- levoai\/fargate-pcap-action [0-9a-f]{32} -->\n/
const FOOT =
  /\n<sub>deploy\.yml · deploy · us-east-1 · .* · \[run\]\(https:\/\/github\.com\/example\/web\/\S*\)<\/sub>\n$/

test('no texts are left of a scenario that is gone', () => {
  const left = namesOfExpected().filter(name => SCENARIOS[name] === undefined)
  if (UPDATES) for (const name of left) removeExpected(name)
  else expect(left).toEqual([])
})

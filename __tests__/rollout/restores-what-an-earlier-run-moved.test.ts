import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { beginDeployment } from '../../stand-in/rollouts.ts'
import { breakerRollsBack, completes } from '../../stand-in/scripts.ts'
import { type FleetScene, outcomes, useFleet } from '../support/fleet-scene.ts'
import { shop } from '../support/flow-definitions.ts'

const scene = useFleet()
const RESTORE = { mode: 'restore', 'results-file': 'results.json' }
const [A, B, EU] = ['us-east-1/prod/a', 'us-east-1/prod/b', 'eu-west-1/prod/a'] as const

/** What the calls of the run since then change. */
let before = 0
const changed = (s: FleetScene) =>
  s
    .changes()
    .slice(before)
    .map(({ operation }) => operation)

beforeEach(async () => {
  const s = scene()
  for (const name of ['a', 'b']) s.service('us-east-1', 'prod', name)
  s.service('eu-west-1', 'prod', 'a')
  await s.succeed({ regions: 'us-east-1,eu-west-1' })
  await s.keepResults()
  before = s.changes().length
})

function deploysOther(s: FleetScene): void {
  s.in('us-east-1').addTaskDefinition(shop({ family: 'other' }))
  beginDeployment(
    s.in('us-east-1'),
    s.arn('us-east-1', 'service/prod/b'),
    s.arn('us-east-1', 'task-definition/other:1'),
    completes({ after: 0 })
  )
}

test('each service is back on what it ran before, and nothing is registered', async () => {
  const s = scene()
  const report = await s.succeed(RESTORE)
  expect(outcomes(report)).toEqual({ [A]: 'deployed', [B]: 'deployed', [EU]: 'deployed' })
  expect([s.runs(A), s.runs(B), s.runs(EU)]).toEqual(['a:1', 'b:1', 'a:1'])
  expect(new Set(changed(s))).toEqual(new Set(['UpdateService', 'TagResource']))
})

test('again: what was moved back stays as it is', async () => {
  const s = scene()
  await s.succeed(RESTORE)
  before = s.changes().length
  const report = await s.succeed(RESTORE)
  expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['already-running']))
  expect(changed(s)).toEqual([])
})

test('what the restore itself left can be restored too', async () => {
  const s = scene()
  await s.succeed(RESTORE)
  await s.keepResults()
  await s.succeed(RESTORE)
  expect([s.runs(A), s.runs(B), s.runs(EU)]).toEqual(['a:2', 'b:2', 'a:2'])
})

test('a dry run changes nothing', async () => {
  const s = scene()
  deploysOther(s)
  const report = await s.succeed({ ...RESTORE, 'dry-run': 'true' })
  expect(changed(s)).toEqual([])
  expect(outcomes(report)).toEqual({ [A]: undefined, [B]: 'not-begun', [EU]: undefined })
  expect(s.said[1]?.log).toContain('us-east-1/prod/a: would be moved back')
})

test('a service that has moved on is left alone, which is no failure', async () => {
  const s = scene()
  deploysOther(s)
  s.in('eu-west-1').services.clear()
  const report = await s.succeed(RESTORE)
  expect(outcomes(report)).toEqual({ [A]: 'deployed', [B]: 'not-begun', [EU]: 'not-begun' })
  expect(s.runs(B)).toBe('other:1')
  expect(s.said[1]?.log).toContain('us-east-1/prod/b: left alone: it runs')
})

test('one that is deployed while the others are moved back is left alone too', async () => {
  const s = scene()
  s.in('us-east-1').timeline.plan(30, 'somebody', () => deploysOther(s))
  const report = await s.succeed({ ...RESTORE, 'max-parallel': '1' })
  expect(outcomes(report)).toEqual({ [A]: 'deployed', [B]: 'not-begun', [EU]: 'deployed' })
})

test('a previous revision that is INACTIVE: refused, and the others go on', async () => {
  const s = scene()
  s.in('us-east-1').deregister(s.arn('us-east-1', 'task-definition/a:1'))
  const { report, code } = await s.fail(RESTORE)
  expect(code).toBe('task-definition-inactive')
  expect(outcomes(report)).toEqual({ [A]: 'refused', [B]: 'deployed', [EU]: 'deployed' })
  expect(s.runs(A)).toBe('a:2')
})

test('a dry run refuses it too, and fails as the run would', async () => {
  const s = scene()
  s.in('us-east-1').deregister(s.arn('us-east-1', 'task-definition/a:1'))
  const { report, code } = await s.fail({ ...RESTORE, 'dry-run': 'true' })
  expect(code).toBe('task-definition-inactive')
  expect(outcomes(report)).toEqual({ [A]: 'refused', [B]: undefined, [EU]: undefined })
  expect(s.said[1]?.log).toContain('us-east-1/prod/b: would be moved back')
  expect(changed(s)).toEqual([])
})

test('a Region that can not be looked at fails, and the others go on', async () => {
  const s = scene()
  s.standIn.fault({ kind: 'deny', region: 'eu-west-1', operation: 'DescribeServices', times: Infinity })
  const { report, code } = await s.fail(RESTORE)
  expect(code).toBe('access-denied')
  expect(outcomes(report)).toEqual({ [A]: 'deployed', [B]: 'deployed', [EU]: 'failed' })
})

test('one whose way back fails stops the others, as everywhere', async () => {
  const s = scene()
  s.script(EU, breakerRollsBack())
  const { report } = await s.fail({ ...RESTORE, 'max-parallel': '1' })
  expect(outcomes(report)).toEqual({ [EU]: 'rolled-back', [A]: 'not-begun', [B]: 'not-begun' })
})

test('credentials that have expired end it before anything is moved', async () => {
  const s = scene()
  s.standIn.fault({ kind: 'expired-credentials', operation: 'DescribeTaskDefinition' })
  const { code } = await s.fail(RESTORE)
  expect(code).toBe('bad-credentials')
  expect(changed(s)).toEqual([])
})

describe('a results file', () => {
  test.each([
    ['that is no JSON', 'region: us-east-1', 'cannot be read as JSON'],
    ['that holds something else', '{"taskDefinition": {}}', 'must hold a list of results'],
    [
      'that holds a list of something else',
      '[{"region": "us-east-1"}, 5]',
      'entry 2 is no result of a run: it is no obj'
    ],
    ['without Regions', '[{"service": "a"}]', 'entry 1 is no result of a run: it names no region']
  ])('%s', async (_name, text, expected) => {
    const s = scene()
    await writeFile(join(s.workspace, 'results.json'), text)
    const { code, message } = await s.fail(RESTORE)
    expect(code).toBe('input')
    expect(message).toContain(expected)
    expect(changed(s)).toEqual([])
  })

  test.each([
    ['region', 'us-east-1/../..'],
    ['cluster', 'pr\nod'],
    ['service', 'a b'],
    ['taskDefinition', 'a:2'],
    ['previousTaskDefinition', 'arn:aws:ecs:us-west-2:123456789012:task-definition/a:1'],
    ['previousTaskDefinition', 'arn:aws:ecs:eu-west-1:123456789012:task-definition/a']
  ])('whose %s somebody made %j: nothing is moved by it', async (member, value) => {
    const s = scene()
    const [first, ...others] = JSON.parse(s.said[0]?.results ?? '') as object[]
    const edited = { ...first, [member]: value }
    await writeFile(join(s.workspace, 'results.json'), JSON.stringify([...others, edited]))
    const { code, message } = await s.fail(RESTORE)
    expect(code).toBe('input')
    expect(message).toContain('entry 3 is no result of a run: its ')
    expect(changed(s)).toEqual([])
  })

  test('as the command prints it, with all outputs', async () => {
    const s = scene()
    await writeFile(join(s.workspace, 'results.json'), s.said[0]?.stdout ?? '')
    expect(outcomes(await s.succeed(RESTORE))).toEqual({ [A]: 'deployed', [B]: 'deployed', [EU]: 'deployed' })
  })

  test.each([
    ['of a run that moved nothing', '[]'],
    ['of a run that found nothing to move', '[{"region": "us-east-1", "taskDefinition": "x"}]']
  ])('%s: that is said', async (_name, text) => {
    const s = scene()
    await writeFile(join(s.workspace, 'results.json'), text)
    const report = await s.succeed(RESTORE)
    expect(report.entries).toEqual([])
    expect(report.notes).toMatchObject([
      { level: 'warning', text: 'results-file: results.json tells of no service that was moved' }
    ])
  })

  test('of a run on one service, with its cluster by ARN', async () => {
    const s = scene()
    const arn = (name: string) => s.arn('us-east-1', name)
    const result = { region: 'us-east-1', cluster: arn('cluster/prod'), service: 'a' }
    const moved = { taskDefinition: arn('task-definition/a:2'), previousTaskDefinition: arn('task-definition/a:1') }
    await writeFile(join(s.workspace, 'results.json'), JSON.stringify([{ ...result, ...moved }]))
    expect(outcomes(await s.succeed(RESTORE))).toEqual({ [A]: 'deployed' })
  })
})

import { beforeEach, expect, test } from '@jest/globals'
import { StepError } from '../../src/errors.ts'
import { beginDeployment } from '../../stand-in/rollouts.ts'
import { completes, sensorStops, together } from '../../stand-in/scripts.ts'
import { entryOf, outcomes, useFleet } from '../support/fleet-scene.ts'

const scene = useFleet()
const SOAKING = { clusters: 'prod', 'canary-soak-minutes': '10' }
const A = 'us-east-1/prod/a'

beforeEach(() => {
  for (const name of ['a', 'b', 'c']) scene().service('us-east-1', 'prod', name)
})

test('it is put back, and nothing more begins', async () => {
  const s = scene()
  s.script(A, together(completes(), sensorStops({ runningFor: 300 })))
  const { report, code } = await s.fail(SOAKING)
  expect(outcomes(report)).toEqual({
    [A]: 'rolled-back',
    'us-east-1/prod/b': 'not-begun',
    'us-east-1/prod/c': 'not-begun'
  })
  expect(code).toBe('sensor-not-running')
  expect(s.runs(A)).toBe('a:1')
  expect(s.revisions('us-east-1', 'b')).toBe(1)
})

test('it runs on: the others follow, and the canary stays one that was deployed', async () => {
  const s = scene()
  const report = await s.succeed(SOAKING)
  expect(Object.values(outcomes(report))).toEqual(['deployed', 'deployed', 'deployed'])
  expect(s.said[0]?.log).toContain('The canaries run: 10 minutes until the others begin')
  expect(s.clock.slept).toContain(600)
})

test('somebody puts it back meanwhile: that speaks against the others', async () => {
  const s = scene()
  const account = s.in('us-east-1')
  const service = s.arn('us-east-1', 'service/prod/a')
  const back = () => void beginDeployment(account, service, s.arn('us-east-1', 'task-definition/a:1'), completes())
  account.timeline.plan(400, 'somebody', back)
  const { report } = await s.fail(SOAKING)
  expect(outcomes(report)[A]).toBe('superseded')
  expect(s.moves()).toEqual([A])
})

test('somebody deploys something else there: that says nothing about the sensor', async () => {
  const s = scene()
  const account = s.in('us-east-1')
  const theirs = account.addTaskDefinition(account.findTaskDefinition('a:1') ?? {}, { unchecked: true })
  const deploy = () => void beginDeployment(account, s.arn('us-east-1', 'service/prod/a'), theirs, completes())
  account.timeline.plan(400, 'somebody', deploy)
  const report = await s.succeed(SOAKING)
  expect(Object.values(outcomes(report))).toEqual(['deployed', 'deployed', 'deployed'])
  expect(s.runs(A)).toBe('a:2')
})

test.each([
  ['denied', { kind: 'deny' }, 'access-denied', 'failed'],
  ['with credentials that have expired', { kind: 'expired-credentials' }, 'bad-credentials', 'timed-out']
] as const)('the look after it is %s: that is said, and nothing more begins', async (_name, fault, code, outcome) => {
  const s = scene()
  s.standIn.fault({ ...fault, from: s.clock.now() + 400_000, times: Infinity })
  const { report, message } = await s.fail(SOAKING)
  const { error, ...entry } = entryOf(report, A)
  expect(entry.outcome).toBe(outcome)
  expect(error instanceof StepError && error.code).toBe(code)
  expect(message).toContain('whether its sensor still runs could not be seen')
  expect(s.moves()).toEqual([A])
  expect(s.runs(A)).toBe('a:2')
})

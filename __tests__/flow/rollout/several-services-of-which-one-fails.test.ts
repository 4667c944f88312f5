import { expect, test } from '@jest/globals'
import { toOutputs, toResults } from '../../../src/report/outputs.ts'
import type { Script } from '../../../stand-in/script.ts'
import { breakerRollsBack, completes, neverEnds, sensorStops, together } from '../../../stand-in/scripts.ts'
import { shop } from '../../support/flow-definitions.ts'
import { useScene } from '../../support/flow-scene.ts'

const scene = useScene()
const revision = (number: number) => scene().arn(`task-definition/shop:${number}`)
const WAITING = { service: 'a,b,c', 'wait-for-service-stability': 'true' }
const WITH_ROLLBACK = { ...WAITING, 'rollback-on-failure': 'true' }

/** Services of two tasks, each with the course of its deployment. */
function services(courses: Readonly<Record<string, Script>>): void {
  const s = scene()
  s.account.addTaskDefinition(shop())
  for (const [name, course] of Object.entries(courses)) {
    const arn = s.account.addService({ name, taskDefinition: 'shop:1', desiredCount: 2 })
    s.account.scriptRollouts(arn, course)
  }
}

/** What was called once all services were moved. */
function callsWhileFollowing(): string[] {
  const calls = scene().calls()
  return calls.slice(calls.lastIndexOf('TagResource') + 1)
}

/** How many services each look was at, the two looks before the move left out. */
function sizesOfLooks(): number[] {
  const looks = scene().bodies('DescribeServices')
  return looks.slice(2).map(({ services: names }) => (Array.isArray(names) ? names.length : 0))
}

test('they are moved onto one revision and looked at together, each until it has come to its end', async () => {
  services({ a: completes({ after: 60 }), b: breakerRollsBack({ after: 90 }), c: completes({ after: 240 }) })
  const s = scene()
  await s.fail(WITH_ROLLBACK)
  expect(s.bodies('RegisterTaskDefinition')).toHaveLength(1)
  const round = ['DescribeServices', 'DescribeServiceDeployments']
  expect(callsWhileFollowing().slice(0, 6)).toEqual([...round, ...round, ...round])
  expect(s.bodies('DescribeServiceDeployments')[0]).toMatchObject({
    serviceDeploymentArns: [expect.any(String), expect.any(String), expect.any(String)]
  })
  const sizes = sizesOfLooks()
  expect(sizes[0]).toBe(3)
  expect(sizes.at(-1)).toBe(1)
  expect(sizes).toEqual(sizes.toSorted((one, other) => other - one))
})

test('the outcome is the worst, the sum is of those that were judged, and what failed comes first', async () => {
  services({ a: completes(), b: breakerRollsBack(), c: completes() })
  const s = scene()
  const { code, message, report } = await s.fail(WITH_ROLLBACK)
  expect(code).toBe('rolled-back')
  expect(message).toMatch(/^b: deployment /)
  expect(report.services).toMatchObject([
    { deployment: { service: 'a', outcome: 'deployed', sensor: { verdict: 'proven' } } },
    { deployment: { service: 'b', outcome: 'rolled-back' } },
    { deployment: { service: 'c', outcome: 'deployed', sensor: { verdict: 'proven' } } }
  ])
  const outputs = toOutputs(report, {})
  expect(outputs).toMatchObject({ 'deployment-outcome': 'rolled-back', 'sensor-running': '4/4' })
  expect(outputs['deployment-id']?.split('\n')).toHaveLength(3)
  expect(toResults(report).map(({ service, outcome }) => [service, outcome])).toEqual([
    ['b', 'rolled-back'],
    ['a', 'deployed'],
    ['c', 'deployed']
  ])
})

test('ECS put it back itself: nothing more is sent to anyone', async () => {
  services({ a: completes(), b: breakerRollsBack(), c: completes() })
  const s = scene()
  await s.fail(WITH_ROLLBACK)
  expect(s.bodies('UpdateService').map(({ service }) => service)).toEqual(['a', 'b', 'c'])
  expect(s.calls()).not.toContain('StopServiceDeployment')
})

test('only the one that failed is put back, while the others are followed on', async () => {
  services({
    a: completes({ after: 300 }),
    b: breakerRollsBack({ after: 60, rollback: false }),
    c: completes({ after: 300 })
  })
  const s = scene()
  const { report } = await s.fail(WITH_ROLLBACK)
  expect(s.bodies('UpdateService').slice(3)).toEqual([
    { cluster: 'default', service: 'b', taskDefinition: revision(1) }
  ])
  expect(['a', 'b', 'c'].map(name => s.runs(name))).toEqual([revision(2), revision(1), revision(2)])
  expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'rolled-back', 'sensor-running': '4/4' })
})

test('the sensor of one does not run: that one alone is put back', async () => {
  services({ a: completes(), b: together(completes(), sensorStops({ after: 80, tasks: 1 })), c: completes() })
  const s = scene()
  const { code, report } = await s.fail(WITH_ROLLBACK)
  expect(code).toBe('sensor-not-running')
  expect(s.bodies('UpdateService').slice(3)).toMatchObject([{ service: 'b', taskDefinition: revision(1) }])
  expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'rolled-back', 'sensor-running': '5/6' })
})

test('several fail: one message names each', async () => {
  services({ a: breakerRollsBack(), b: completes(), c: neverEnds() })
  const s = scene()
  const { message, report } = await s.fail(WAITING)
  expect(message).toContain('2 services failed')
  expect(message).toMatch(/^\(1\) a: deployment /m)
  expect(message).toMatch(/^\(2\) c: deployment /m)
  expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'timed-out', 'sensor-running': '2/2' })
})

test('one cannot be moved: what was begun before it is followed, what comes behind it is not begun', async () => {
  services({ a: completes(), b: completes(), c: completes() })
  const s = scene()
  s.standIn.fault({ operation: 'UpdateService', kind: 'deny', skip: 1 })
  const { code, report } = await s.fail(WITH_ROLLBACK)
  expect(code).toBe('access-denied')
  expect(report.services).toMatchObject([
    { kind: 'moved', deployment: { outcome: 'deployed', sensor: { verdict: 'proven' } } },
    { kind: 'failed', service: 'b' },
    { kind: 'not-begun', service: 'c' }
  ])
  expect(s.bodies('UpdateService').map(({ service }) => service)).toEqual(['a', 'b'])
  expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'failed', 'sensor-running': '2/2' })
})

test('twelve services are two looks a round at services, and one at their service deployments', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `s${index + 1}`)
  services(Object.fromEntries(names.map(name => [name, completes()])))
  const s = scene()
  const report = await s.succeed({ ...WAITING, service: names.join('\n') })
  const round = ['DescribeServices', 'DescribeServices', 'DescribeServiceDeployments']
  expect(callsWhileFollowing().slice(0, 6)).toEqual([...round, ...round])
  // Two looks in tens come before: the plan's and the one right before the moves.
  expect(sizesOfLooks().slice(2, 6)).toEqual([10, 2, 10, 2])
  expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'deployed', 'sensor-running': '24/24' })
})

test('services that are looked at together share a refusal, which is about each of them', async () => {
  services({ a: completes(), b: completes(), c: completes() })
  const s = scene()
  s.standIn.fault({ operation: 'DescribeServices', kind: 'deny', skip: 3, times: Infinity })
  const { code, report } = await s.fail(WITH_ROLLBACK)
  expect(code).toBe('access-denied')
  expect(report.services).toMatchObject(
    ['a', 'b', 'c'].map(service => ({ deployment: { service, outcome: 'failed' } }))
  )
  expect(s.bodies('UpdateService')).toHaveLength(3)
})

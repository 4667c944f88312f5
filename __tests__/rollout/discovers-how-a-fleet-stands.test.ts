import { beforeEach, describe, expect, test } from '@jest/globals'
import { completes, sensorStops, together } from '../../stand-in/scripts.ts'
import { entryOf, type FleetScene, useFleet } from '../support/fleet-scene.ts'
import { shop } from '../support/flow-definitions.ts'

const scene = useFleet()
const DISCOVER = { mode: 'discover', regions: 'us-east-1,eu-west-1' }

beforeEach(async () => {
  const s = scene()
  for (const name of ['outdated', 'stopped', 'present']) s.service('us-east-1', 'prod', name)
  s.script('us-east-1/prod/stopped', together(completes(), sensorStops({ runningFor: 150 })))
  await s.succeed({ clusters: 'prod', services: 'outdated', 'rate-limit': '10' })
  await s.succeed({ clusters: 'prod', services: 'stopped,present', canary: '0' })
  await s.clock.sleep(60)
  s.service('us-east-1', 'prod', 'absent')
  s.service('eu-west-1', 'stage', 'present', { family: 'other' })
  s.in('us-east-1').addTaskDefinition(shop({ family: 'bridge', networkMode: 'bridge' }), { unchecked: true })
  s.service('us-east-1', 'prod', 'bridge')
})

const states = (report: Awaited<ReturnType<FleetScene['run']>>) =>
  Object.fromEntries(
    report.entries.map(({ region, cluster, service, sensor }) => [`${region}/${cluster}/${service}`, sensor])
  )

test('each state, who registered the revision and when, and what an install would add', async () => {
  const s = scene()
  const before = s.changes().length
  const report = await s.succeed(DISCOVER)
  expect(states(report)).toEqual({
    'eu-west-1/stage/present': 'absent',
    'us-east-1/prod/absent': 'absent',
    'us-east-1/prod/bridge': 'refused',
    'us-east-1/prod/outdated': 'outdated',
    'us-east-1/prod/present': 'present',
    'us-east-1/prod/stopped': 'stopped'
  })
  expect(entryOf(report, 'us-east-1/prod/absent').adds).toEqual({ cpu: 512, memory: 512, size: undefined })
  expect(entryOf(report, 'us-east-1/prod/present').adds).toEqual({ cpu: 0, memory: 0, size: undefined })
  const { registeredBy, registeredAt } = entryOf(report, 'us-east-1/prod/present')
  expect(registeredBy).toContain('assumed-role/deployer')
  expect(registeredAt).toBeGreaterThan(Date.UTC(2026, 0, 1) / 1000)
  expect(s.changes()).toHaveLength(before)
  expect(JSON.parse(s.said.at(-1)?.results ?? '')).toHaveLength(6)
  expect(s.said.at(-1)?.outputs).not.toHaveProperty('deployment-outcome')
})

test('without the options of an install it tells whether there is a sensor', async () => {
  const s = scene()
  const options = { 'satellite-url': '', 'levo-env': '', 'levoai-org-id': '', 'extra-args': '' }
  const report = await s.succeed({ ...DISCOVER, ...options })
  expect(states(report)).toMatchObject({
    'us-east-1/prod/absent': 'absent',
    'us-east-1/prod/outdated': 'present',
    'us-east-1/prod/stopped': 'stopped'
  })
  expect(entryOf(report, 'us-east-1/prod/present').adds).toBeUndefined()
})

describe('fail-on', () => {
  test.each([
    ['absent', 2],
    ['outdated', 1],
    ['stopped', 1],
    ['absent,outdated,stopped', 4]
  ])('%s', async (states, count) => {
    const { code, message } = await scene().fail({ ...DISCOVER, 'fail-on': states })
    expect(code).toBe('drift')
    expect(message).toContain(`${count} of 6 services`)
    expect(scene().said.at(-1)?.status).toBe(1)
    expect(scene().said.at(-1)?.outputs['matrix-count']).toBe('2')
  })

  test('nothing of the kind', async () => {
    await scene().succeed({ ...DISCOVER, clusters: 'prod', services: 'present', 'fail-on': 'absent,outdated,stopped' })
  })
})

test('the matrix, fed back, means the same services', async () => {
  const s = scene()
  s.service('us-east-1', 'stage', 'present', { family: 'third' })
  const report = await s.succeed({ ...DISCOVER, 'matrix-size': '2' })
  const { include } = JSON.parse(s.said.at(-1)?.outputs.matrix ?? '') as { include: Record<string, string>[] }
  expect(s.said.at(-1)?.outputs['matrix-count']).toBe(String(include.length))
  const found: string[] = []
  for (const entry of include) found.push(...Object.keys(states(await s.succeed({ mode: 'discover', ...entry }))))
  const open = Object.entries(states(report)).flatMap(([place, state]) => (state === 'refused' ? [] : [place]))
  expect(found.toSorted()).toEqual(open.toSorted())
})

test('tasks that may not be looked at: said, and the rest stands', async () => {
  const s = scene()
  s.standIn.fault({ kind: 'deny', operation: 'ListTasks', times: Infinity })
  const report = await s.succeed(DISCOVER)
  expect(states(report)['us-east-1/prod/stopped']).toBe('present')
  expect(report.notes.some(({ text }) => text.includes('whether its sensor has stopped is not known'))).toBe(true)
})

test('a revision that is not answered for is no verdict on the service, and fails the run', async () => {
  const s = scene()
  s.standIn.fault({
    kind: 'server-error',
    carriedOut: false,
    operation: 'DescribeTaskDefinition',
    family: 'absent',
    times: Infinity
  })
  const { report, code } = await s.fail({ ...DISCOVER, 'max-retries': '2' })
  expect(code).toBe('aws-failure')
  expect(entryOf(report, 'us-east-1/prod/absent')).toMatchObject({ outcome: 'failed' })
  expect(states(report)['us-east-1/prod/present']).toBe('present')
})

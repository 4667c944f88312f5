import { beforeEach, expect, test } from '@jest/globals'
import { StepError } from '../../src/errors.ts'
import { beginDeployment } from '../../stand-in/rollouts.ts'
import { completes } from '../../stand-in/scripts.ts'
import type { Account } from '../../stand-in/state.ts'
import { entryOf, type FleetScene, outcomes, useFleet } from '../support/fleet-scene.ts'
import { shop } from '../support/flow-definitions.ts'

const scene = useFleet()
const NAMES = ['a', 'b', 'c', 'd']
const B = 'us-east-1/prod/b'

beforeEach(() => {
  const s = scene()
  for (const name of NAMES) s.service('us-east-1', 'prod', name)
  s.in('us-east-1').addTaskDefinition(shop({ family: 'theirs' }))
})

const service = (account: Account, name: string) =>
  [...account.services.values()].find(({ serviceName }) => serviceName === name)?.serviceArn ?? ''

function deploys(account: Account, name: string, revision: string): void {
  const target = account.findTaskDefinition(revision)?.taskDefinitionArn ?? ''
  beginDeployment(account, service(account, name), target, completes({ after: 0 }))
}

function expectLeftAlone(s: FleetScene, report: Awaited<ReturnType<FleetScene['run']>>, name: string): void {
  const { outcome, error } = entryOf(report, `us-east-1/prod/${name}`)
  expect(outcome).toBe('not-begun')
  expect(error instanceof StepError && ['deployed-meanwhile', 'moved-on'].includes(error.code)).toBe(true)
  expect(s.moves()).not.toContain(`us-east-1/prod/${name}`)
  const others = NAMES.filter(other => other !== name)
  expect(others.map(other => outcomes(report)[`us-east-1/prod/${other}`])).toEqual(others.map(() => 'deployed'))
}

test.each([
  ['another revision', 'theirs:1'],
  ['the same one once more', 'b:1']
])('%s: it is left alone and told, the others go on, and the run does not fail', async (_name, revision) => {
  const s = scene()
  s.in('us-east-1').timeline.plan(30, 'somebody', () => deploys(s.in('us-east-1'), 'b', revision))
  const report = await s.succeed({ clusters: 'prod' })
  expectLeftAlone(s, report, 'b')
  expect(s.runs(B)).toBe(revision)
  expect(s.revisions('us-east-1', 'b')).toBe(1)
  const seen =
    revision === 'theirs:1' ? 'b ran .*/b:1 when the plan was made, now it runs .*/theirs:1' : 'b got the deployment .*'
  expect(s.said[0]?.log).toMatch(new RegExp(`^${B}: left alone: ${seen}: it was not moved\\.$`, 'm'))
  // Others were.
  expect(s.said[0]?.log).not.toContain('nothing was moved')
})

test('the canary: the next one takes its place', async () => {
  const s = scene()
  s.standIn.fault({
    kind: 'before',
    operation: 'DescribeTaskDefinition',
    family: 'd',
    act: account => deploys(account, 'a', 'theirs:1')
  })
  const report = await s.succeed({ clusters: 'prod' })
  expectLeftAlone(s, report, 'a')
  const [first, second] = s.calls('UpdateService')
  expect(first?.body.service).toBe('b')
  // The one that took its place was followed to its end before any other began.
  const looks = s.calls().slice(s.calls().indexOf(first as never), s.calls().indexOf(second as never))
  expect(looks.length).toBeGreaterThan(10)
})

test('while its revision waits to be registered: looked at again right before', async () => {
  const s = scene()
  // ECS is busy with another registration of the family, for some seconds.
  const message = 'Too many concurrent attempts to create a new revision of the specified family.'
  s.standIn.fault({
    operation: 'RegisterTaskDefinition',
    family: 'b',
    times: 3,
    kind: 'error',
    status: 400,
    code: 'ClientException',
    message
  })
  let looks = 0
  const act = (account: Account) => {
    looks += 1
    if (looks === 3) deploys(account, 'b', 'theirs:1')
  }
  s.standIn.fault({ kind: 'before', operation: 'RegisterTaskDefinition', family: 'b', times: Infinity, act })
  const report = await s.succeed({ clusters: 'prod' })
  expectLeftAlone(s, report, 'b')
  expect(s.runs(B)).toBe('theirs:1')
})

test.each<[string, (account: Account) => void]>([
  ['deletes it', account => void account.services.delete(service(account, 'b'))],
  [
    'takes it out of all fleets',
    account => void account.tags.set(service(account, 'b'), [{ key: 'levoai:sensor', value: 'off' }])
  ]
])('somebody %s', async (_name, act) => {
  const s = scene()
  s.in('us-east-1').timeline.plan(30, 'somebody', () => act(s.in('us-east-1')))
  expectLeftAlone(s, await s.succeed({ clusters: 'prod' }), 'b')
})

test('somebody deletes its whole cluster: so is its service, and the others go on', async () => {
  const s = scene()
  s.service('us-east-1', 'z-old', 'e')
  s.in('us-east-1').timeline.plan(30, 'somebody', () => {
    const account = s.in('us-east-1')
    account.services.delete(service(account, 'e'))
    account.clusters.delete('z-old')
  })
  const report = await s.succeed({ clusters: 'prod,z-old', 'max-parallel': '1' })
  expect(outcomes(report)['us-east-1/z-old/e']).toBe('not-begun')
  expect(s.said[0]?.log).toContain('us-east-1/z-old/e: left alone: e is not there any more.')
  expect(NAMES.map(name => outcomes(report)[`us-east-1/prod/${name}`])).toEqual(NAMES.map(() => 'deployed'))
})

import { join } from 'node:path/posix'
import { beforeEach, expect, test } from '@jest/globals'
import { StepError } from '../../src/errors.ts'
import { beginDeployment } from '../../stand-in/rollouts.ts'
import { completes, neverEnds, sensorStops, together } from '../../stand-in/scripts.ts'
import { entryOf, type FleetScene, outcomes, useFleet } from '../support/fleet-scene.ts'
import { counter, shop } from '../support/flow-definitions.ts'

const scene = useFleet()
const EVERYWHERE = { regions: 'us-east-1,eu-west-1,ap-south-1', 'stop-after-failures': '10', canary: '0' }

beforeEach(async () => {
  const s = scene()
  s.service('us-east-1', 'prod', 'instrumented')
  await s.succeed({ services: 'instrumented' })
  addRefused(s)
  for (const name of ['api', 'broken', 'busy', 'stuck', 'slow']) s.service('us-east-1', 'prod', name)
  s.service('us-east-1', 'prod', 'out', { tags: [{ key: 'levoai:sensor', value: 'off' }] })
  s.service('us-east-1', 'prod', 'on-ec2', { launchType: 'EC2' })
  s.service('us-east-1', 'vault', 'secret')
  s.service('eu-west-1', 'prod', 'api')
  s.service('ap-south-1', 'prod', 'api')
  s.script('us-east-1/prod/broken', together(completes({ after: 60 }), sensorStops({ runningFor: 30 })))
  deploys(s, 'busy', completes({ after: 90 }))
  deploys(s, 'stuck', neverEnds())
  s.standIn.fault({ kind: 'throttle', operation: 'UpdateService', service: 'slow', times: 4 })
  s.standIn.fault({ kind: 'throttle', operation: 'DescribeServices', service: 'slow', times: 2 })
  s.standIn.fault({ kind: 'deny', region: 'ap-south-1', times: Infinity })
  s.standIn.fault({ kind: 'deny', operation: 'ListServices', cluster: 'vault', times: Infinity })
})

function addRefused(s: FleetScene): void {
  const account = s.in('us-east-1')
  const add = (family: string, changes: object) =>
    account.addTaskDefinition(shop({ family, ...changes }), { unchecked: true })
  add('windows', { runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } })
  add('bridge', { networkMode: 'bridge' })
  add('full', { cpu: '256', memory: '512', containerDefinitions: [counter({ cpu: 256, memory: 512 })] })
  for (const name of ['windows', 'bridge', 'full']) s.service('us-east-1', 'refused', name)
  s.service('us-east-1', 'refused', 'by-codedeploy', { deploymentController: { type: 'CODE_DEPLOY' } })
  s.service('us-east-1', 'refused', 'external', { deploymentController: { type: 'EXTERNAL' } })
}

function deploys(s: FleetScene, name: string, script: ReturnType<typeof completes>): void {
  const account = s.in('us-east-1')
  beginDeployment(
    account,
    s.arn('us-east-1', `service/prod/${name}`),
    s.arn('us-east-1', `task-definition/${name}:1`),
    script
  )
}

test('each service ends as it has to, and none holds up another', async () => {
  const s = scene()
  const { report, message } = await s.fail(EVERYWHERE)
  expect(outcomes(report)).toEqual({
    'us-east-1/prod/instrumented': 'already-running',
    'us-east-1/prod/api': 'deployed',
    'us-east-1/prod/broken': 'rolled-back',
    'us-east-1/prod/busy': 'deployed',
    'us-east-1/prod/stuck': 'failed',
    'us-east-1/prod/slow': 'deployed',
    'eu-west-1/prod/api': 'deployed',
    'us-east-1/refused/windows': 'refused',
    'us-east-1/refused/bridge': 'refused',
    'us-east-1/refused/full': 'refused',
    'us-east-1/refused/by-codedeploy': 'refused',
    'us-east-1/refused/external': 'refused'
  })
  expect(report.skipped).toMatchObject([
    { region: 'ap-south-1', code: 'access-denied' },
    { region: 'us-east-1', cluster: 'prod', service: 'out', code: 'opted-out' },
    { region: 'us-east-1', cluster: 'vault', code: 'access-denied' }
  ])
  const codes = ['windows', 'bridge', 'full', 'by-codedeploy', 'external', '../prod/stuck'].map(name => {
    const { error } = entryOf(report, join('us-east-1/refused', name))
    return error instanceof StepError ? error.code : error
  })
  expect(codes).toEqual([
    ...['refused-windows', 'refused-network-mode', 'does-not-fit', 'controller', 'controller'],
    'deployment-in-progress'
  ])
  expect(message).toMatch(
    /^2 of 12 services are not as they should be:\n- us-east-1\/prod\/broken: deployment .*STOPPED/
  )
  expect(message).toContain('us-east-1/prod/stuck: stuck has a deployment under way')
  expect(s.runs('us-east-1/prod/broken')).toBe('broken:1')
  expect(s.runs('us-east-1/prod/busy')).toBe('busy:2')
  // The one that is tried again comes last.
  expect(s.moves().at(-1)).toBe('us-east-1/prod/busy')
  // Whatever is only refused, left out or busy to the last was not touched, and nothing was registered for it.
  for (const family of ['windows', 'bridge', 'full', 'by-codedeploy', 'external', 'stuck', 'out', 'on-ec2', 'secret']) {
    expect([family, s.revisions('us-east-1', family)]).toEqual([family, 1])
  }
  expect(s.said[1]).toMatchObject({ status: 1, outputs: { changed: 'true', 'deployment-outcome': 'failed' } })
  expect(JSON.parse(s.said[1]?.results ?? '')).toHaveLength(12)
})

test('a run whose only trouble is what it refuses does not fail', async () => {
  const s = scene()
  const report = await s.succeed({ clusters: 'refused' })
  expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['refused']))
  // A fleet has no such output.
  expect(s.said[1]?.log).toContain('external has the deployment controller EXTERNAL')
  expect(s.said[1]?.log).not.toContain('task-definition-arn output')
  expect(s.said[1]?.status).toBe(0)
})

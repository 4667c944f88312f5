import { expect, test } from '@jest/globals'
import type { Script } from '../../stand-in/script.ts'
import { breakerRollsBack, completes, LOG_GROUP_MISSING, sensorStops, together } from '../../stand-in/scripts.ts'
import { useStage } from '../support/bundle-stage.ts'
import { shop } from '../support/flow-definitions.ts'

const stage = useStage()

/** The action follows a rollout of a few seconds, in real time. */
async function follow(script: Script, inputs: Readonly<Record<string, string>> = {}) {
  const s = stage()
  const { account, url } = s.standIn
  account.addTaskDefinition(shop())
  account.addService({ name: 'web', taskDefinition: 'shop:1', desiredCount: 2 })
  account.scriptRollouts(s.arn('service/default/web'), script, completes({ after: 1 }))
  const quick = {
    'wait-for-service-stability': 'true',
    'wait-max-delay-seconds': '1',
    'sensor-settle-seconds': '1'
  }
  const env = { ...s.credentials, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: url }
  return s.action({ service: 'web', ...quick, ...inputs }, env)
}

const runs = () => stage().standIn.account.services.get(stage().arn('service/default/web'))?.taskDefinition

test('it deploys and verifies', async () => {
  const run = await follow(completes({ after: 2 }))
  expect(run.status).toBe(0)
  expect(run.stderr).toBe('')
  expect(run.outputs).toMatchObject({ 'deployment-outcome': 'deployed', 'sensor-running': '2/2' })
  expect(run.stdout).toMatch(/::group::Following web\n\[\d+s\] web: /)
  expect(run.stdout).toContain('web: the sensor runs in 2 of 2 tasks, seen RUNNING for 1 s')
  expect(run.summary).toContain('### ✅ Levo PCAP sensor: deployed')
  expect(run.summary).toContain('| RUNNING, seen for 1 s |')
}, 30_000)

test('the sensor crashes, and the service is put back', async () => {
  const log = ['Error: unknown flag: --verbose', 'Usage: apidump of planted-org-of-the-tests']
  const script = together(completes({ after: 2 }), sensorStops({ runningFor: 2, log }))
  const run = await follow(script, { 'rollback-on-failure': 'true' })
  expect(run.status).toBe(1)
  expect(run.outputs).toMatchObject({ 'deployment-outcome': 'rolled-back', 'sensor-running': '0/2' })
  expect(run.stdout).toMatch(/::error::web: .*exit code 1.*unknown flag: --verbose.*put the service back on .*shop:1/)
  expect(run.stdout.replace('::add-mask::planted-org-of-the-tests', '') + run.summary).not.toContain(
    'planted-org-of-the-tests'
  )
  expect(runs()).toBe(stage().arn('task-definition/shop:1'))
  expect(JSON.parse(run.outputs.results ?? '')).toMatchObject([
    { service: 'web', outcome: 'rolled-back', code: 'sensor-not-running', sensorRunning: '0/2' }
  ])
}, 30_000)

test('the circuit breaker rolls back', async () => {
  const run = await follow(breakerRollsBack({ after: 3, back: completes({ after: 1 }), ...LOG_GROUP_MISSING }))
  expect(run.status).toBe(1)
  expect(run.outputs['deployment-outcome']).toBe('rolled-back')
  expect(run.stdout).toMatch(/::error::.*log group/)
  expect(run.summary).toContain('The specified log group does not exist')
}, 30_000)

test('the command verifies a service as it stands', async () => {
  const s = stage()
  const { account } = s.standIn
  account.addTaskDefinition(shop())
  account.addService({ name: 'web', taskDefinition: 'shop:1', desiredCount: 2 })
  const verify = ['verify', '--service', 'web', '--sensor-settle-seconds', '1', '--wait-max-delay-seconds', '1']
  const without = await s.command(verify)
  expect(without).toMatchObject({ status: 1, stdout: '' })
  expect(without.stderr).toContain(
    'error: web runs arn:aws:ecs:us-east-1:123456789012:task-definition/shop:1, which has no sensor'
  )
  account.scriptRollouts(s.arn('service/default/web'), completes({ after: 0 }))
  await s.action({ service: 'web' })
  const run = await s.command(verify)
  expect(run).toMatchObject({ status: 0, stdout: '2/2\n' })
  expect(run.stderr).toContain('Verified: web; the sensor runs in 2 of 2 tasks')
  expect(await s.command(['verify'])).toMatchObject({ status: 2 })
}, 30_000)

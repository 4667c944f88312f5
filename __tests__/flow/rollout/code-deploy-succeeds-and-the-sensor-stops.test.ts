import { expect, test } from '@jest/globals'
import { codeDeployFails, codeDeploySucceeds, sensorStops, together } from '../../../stand-in/scripts.ts'
import { codeDeployId, useDelivered } from '../../support/code-deploy.ts'
import { script, sent, WAITING } from '../../support/rollout.ts'

const scene = useDelivered()
const STOPS = together(codeDeploySucceeds({ after: 60 }), sensorStops({ after: 80, log: ['unknown flag: --x'] }))
const BEGUN = ['RegisterTaskDefinition', 'CreateDeployment', 'TagResource']
const BACK: Readonly<Record<string, string>> = { ...WAITING, 'rollback-on-failure': 'true' }

test('the step fails with what was found, and the service stays', async () => {
  const s = scene()
  script(s, STOPS)
  const { code, message, report } = await s.fail(WAITING)
  expect(code).toBe('sensor-not-running')
  expect(message).toContain(
    `web: CodeDeploy deployment ${codeDeployId(s)} to ${s.arn('task-definition/shop:2')} completed`
  )
  expect(message).toContain('sensor STOPPED, exit code 1')
  expect(message).toContain('unknown flag')
  expect(report.services).toMatchObject([{ deployment: { outcome: 'failed', sensor: { verdict: 'refuted' } } }])
  expect(s.runs('web')).toBe(s.arn('task-definition/shop:2'))
  expect(sent(s)).toEqual(BEGUN)
})

test('with rollback-on-failure CodeDeploy deploys what ran before', async () => {
  const s = scene()
  script(s, STOPS, codeDeploySucceeds({ after: 60 }))
  const { code, message, report } = await s.fail(BACK)
  expect(code).toBe('sensor-not-running')
  expect(message).toContain(`This run put the service back on ${s.arn('task-definition/shop:1')}.`)
  expect(report.services).toMatchObject([
    { deployment: { outcome: 'rolled-back', codeDeployDeploymentId: codeDeployId(s, 0) } }
  ])
  expect(s.runs('web')).toBe(s.arn('task-definition/shop:1'))
  expect(sent(s)).toEqual([...BEGUN, 'CreateDeployment'])
  expect(JSON.stringify(s.bodies('CreateDeployment')[1])).toContain(s.arn('task-definition/shop:1'))
  expect(s.moments()).toContain(`putting it back on shop:1 (CodeDeploy deployment ${codeDeployId(s, 1)})`)
})

test('the way back fails too', async () => {
  const s = scene()
  script(s, STOPS, codeDeployFails({ after: 60 }))
  const { message, report } = await s.fail(BACK)
  expect(message).toContain(`Putting the service back on ${s.arn('task-definition/shop:1')} failed: HEALTH`)
  expect(report.services).toMatchObject([{ deployment: { outcome: 'failed' } }])
})

test('what is not ACTIVE any more is not deployed', async () => {
  const s = scene()
  script(s, STOPS)
  Object.assign(s.account.families.get('shop')?.[0] ?? {}, { status: 'INACTIVE' })
  const { message } = await s.fail(BACK)
  expect(message).toContain('The service was not put back')
  expect(sent(s)).toEqual(BEGUN)
})

test('what somebody else deployed meanwhile is left alone', async () => {
  const s = scene()
  script(s, STOPS)
  // Tasks are looked into between the verdict and the way back.
  s.standIn.fault({
    operation: 'GetLogEvents',
    kind: 'before',
    act: account => {
      for (const service of account.services.values()) {
        for (const deployment of service.deployments) deployment.id = 'ecs-svc/somebody'
      }
    }
  })
  const { message } = await s.fail(BACK)
  expect(message).toContain('The service was not put back: ecs-svc/somebody is the service')
  expect(sent(s)).toEqual(BEGUN)
})

test('the time is over while the sensor runs well: nothing is held against it, and nothing put back', async () => {
  const s = scene()
  script(s, codeDeploySucceeds({ after: 350 }))
  const { code } = await s.fail({ ...BACK, 'wait-for-minutes': '1', 'sensor-settle-seconds': '600' })
  expect(code).toBe('timed-out')
  expect(sent(s)).toEqual(BEGUN)
  expect(s.runs('web')).toBe(s.arn('task-definition/shop:2'))
})

test('verify-sensor: warn makes a warning of it', async () => {
  const s = scene()
  script(s, STOPS)
  const report = await s.succeed({ ...BACK, 'verify-sensor': 'warn' })
  expect(s.warnings(report).join('\n')).toContain('the sensor does not run as it should in 2 of 2 tasks')
  expect(sent(s)).toEqual(BEGUN)
})

test('traffic that goes back to the task set of before is no answer that lags behind', async () => {
  const s = scene()
  script(s, codeDeploySucceeds({ after: 60 }))
  const service = s.account.services.get(s.arn('service/default/web'))
  const original = structuredClone(service?.deployments[0])
  s.account.timeline.plan(90, 'somebody', () => {
    if (service !== undefined && original !== undefined) service.deployments = [original]
  })
  const { code, report } = await s.fail(WAITING)
  expect(code).toBe('superseded')
  expect(report.services).toMatchObject([{ deployment: { outcome: 'superseded' } }])
})

import { expect, test } from '@jest/globals'
import { codeDeploySucceeds, completes } from '../../../stand-in/scripts.ts'
import { APP_SPEC, addGroup } from '../../support/code-deploy.ts'
import { shop } from '../../support/flow-definitions.ts'
import { useScene } from '../../support/flow-scene.ts'
import { script, WAITING } from '../../support/rollout.ts'

const scene = useScene()
const SHORT = { ...WAITING, 'wait-for-minutes': '3' }

function add(controller: 'ECS' | 'CODE_DEPLOY' = 'ECS') {
  const s = scene()
  s.account.addTaskDefinition(shop())
  s.account.addService({
    name: 'web',
    taskDefinition: 'shop:1',
    desiredCount: 2,
    deploymentController: { type: controller }
  })
  return s
}

test('at the deployment: the message says which call, and why', async () => {
  const s = add()
  script(s, completes({ after: 60 }))
  s.standIn.fault({ operation: 'DescribeServices', kind: 'throttle', skip: 4, times: Infinity })
  const { code, message } = await s.fail(SHORT)
  expect(code).toBe('timed-out')
  expect(message).toMatch(
    /the 3 minutes of wait-for-minutes are over, and it could not be looked at any more, so how it stands is not known: ecs:DescribeServices on web .*failed: ThrottlingException: Rate exceeded\.$/m
  )
})

test('at the deployment of CodeDeploy', async () => {
  const s = add('CODE_DEPLOY')
  addGroup(s)
  await s.file('appspec.yaml', APP_SPEC)
  script(s, codeDeploySucceeds({ after: 60 }))
  s.standIn.fault({ operation: 'GetDeployment', kind: 'server-error', carriedOut: false, times: Infinity })
  const { code, message } = await s.fail(SHORT)
  expect(code).toBe('timed-out')
  expect(message).toContain('how it stands is not known: codedeploy:GetDeployment on AppECS-default-web')
})

test.each(['ListTasks', 'DescribeTasks'])(
  'at its tasks, by %s: nothing is said of how many sensors run, but why nobody knows',
  async operation => {
    const s = add()
    script(s, completes({ after: 30 }))
    s.standIn.fault({ operation, kind: 'reset', skip: 1, times: Infinity })
    const { code, message, report } = await s.fail({ ...SHORT, 'rollback-on-failure': 'true' })
    expect(code).toBe('timed-out')
    const blind = `whether the sensor runs could not be seen any more: ecs:${operation} on web failed`
    expect(message).toContain(`completed, but ${blind}`)
    expect(message).toContain('The service was not put back: rollback-on-failure acts only on a failure that is seen.')
    expect(message).toContain('A step with mode: verify proves it once AWS answers these looks again.')
    expect(message).not.toMatch(/\d of \d tasks|wait-for-minutes more/)
    expect(s.moments().at(-1)).toContain('whether the sensor runs could not be seen any more')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'timed-out' } }])
  }
)

test('at its tasks in the middle of the window: what was seen before stands below', async () => {
  const s = add()
  script(s, completes({ after: 30 }))
  s.standIn.fault({ operation: 'DescribeTasks', kind: 'reset', skip: 6, times: Infinity })
  const { message } = await s.fail(SHORT)
  expect(message).toContain('whether the sensor runs could not be seen any more: ecs:DescribeTasks')
  expect(message).toMatch(/- task \w+: sensor RUNNING, watched for \d+ of 60 s/)
})

test('with verify-sensor: warn it is a warning', async () => {
  const s = add()
  script(s, completes({ after: 30 }))
  s.standIn.fault({ operation: 'ListTasks', kind: 'reset', skip: 1, times: Infinity })
  const report = await s.succeed({ ...SHORT, 'verify-sensor': 'warn' })
  expect(s.warnings(report)).toContainEqual(
    expect.stringContaining('web: whether the sensor runs could not be seen any more: ecs:ListTasks on web failed')
  )
})

test('whether a sensor is gone could not be seen', async () => {
  const s = add()
  script(s, completes({ after: 30 }), completes({ after: 30 }))
  await s.succeed(SHORT)
  s.standIn.fault({ operation: 'ListTasks', kind: 'reset', skip: 1, times: Infinity })
  const { message } = await s.fail({ ...SHORT, mode: 'remove' })
  expect(message).toContain('completed, but whether the sensor is gone could not be seen any more: ecs:ListTasks')
})

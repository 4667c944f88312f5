import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import { conclude, say } from '../../../src/report/text.ts'
import { beginDeployment, type Deployment, primaryOf } from '../../../stand-in/rollouts.ts'
import type { Script } from '../../../stand-in/script.ts'
import {
  breakerRollsBack,
  completes,
  neverEnds,
  sensorRestarts,
  sensorStops,
  supersededBy,
  together
} from '../../../stand-in/scripts.ts'
import { liveTasks, type ServiceTask, stopContainer } from '../../../stand-in/tasks.ts'
import { shop } from '../../support/flow-definitions.ts'
import { useScene } from '../../support/flow-scene.ts'
import { elapsed, script, sent } from '../../support/rollout.ts'

const scene = useScene()
const revision = (number: number) => scene().arn(`task-definition/shop:${number}`)
const web = () => scene().arn('service/default/web')
const NO_SENSOR_INPUTS = { 'satellite-url': '', 'levo-env': '', 'levoai-org-id': '' }
const VERIFY = { ...NO_SENSOR_INPUTS, mode: 'verify', service: 'web' }
const VERIFY_AND_WAIT = { ...VERIFY, 'wait-for-service-stability': 'true' }
const SENSOR = 'levo-pcap-sensor'

/** `shop:1` has no sensor, `shop:2` and `shop:3` have one. Somebody else deployed `web`, on `shop:2`. */
beforeEach(async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  await s.succeed({ 'task-definition-family': 'shop' })
  await s.succeed({ 'task-definition-family': 'shop', 'levo-env': 'production' })
  s.account.addService({ name: 'web', taskDefinition: 'shop:2', desiredCount: 2 })
  script(s)
  s.standIn.requests.length = 0
  s.events.length = 0
})

afterEach(() => {
  expect(sent(scene())).toEqual([])
})

function tasks(): ServiceTask[] {
  const { account } = scene()
  const service = account.services.get(web())
  return service === undefined ? [] : liveTasks(account, primaryOf(service).id)
}

function stopSensor(): void {
  const [task] = tasks()
  if (task === undefined) throw new Error('no task')
  stopContainer(scene().account, task, SENSOR, { exitCode: 255, reason: 'it had enough' })
}

/** Somebody else deploys `shop:3`. */
function somebodyDeploys(course: Script): Deployment {
  return beginDeployment(scene().account, web(), revision(3), course)
}

describe('a service that stands', () => {
  test('is proven over the window', async () => {
    const s = scene()
    const report = await s.succeed(VERIFY)
    expect(report.services).toMatchObject([
      { deployment: { outcome: 'already-running', arn: revision(2), sensor: { verdict: 'proven', running: 2 } } }
    ])
    expect(toOutputs(report, {})).toMatchObject({
      'deployment-outcome': 'already-running',
      'sensor-running': '2/2',
      'task-definition-arn': revision(2)
    })
    expect(elapsed(s)).toBe(60)
    expect(conclude(report)).toBe('Verified: web; the sensor runs in 2 of 2 tasks')
    expect(s.warnings(report)).toEqual([])
  })

  test('without a sensor fails, and its tasks are not looked at', async () => {
    const s = scene()
    s.account.addService({ name: 'bare', taskDefinition: 'shop:1' })
    const { code, message } = await s.fail({ ...VERIFY, service: 'bare' })
    expect(code).toBe('no-sensor')
    expect(message).toContain(`bare runs ${revision(1)}, which has no sensor`)
    expect(s.calls()).toEqual(['DescribeServices', 'DescribeTaskDefinition'])
  })

  test('whose sensor has stopped fails at once, with what is known of the stop', async () => {
    const s = scene()
    stopSensor()
    const { code, message, report } = await s.fail(VERIFY)
    expect(code).toBe('sensor-not-running')
    expect(message).toContain(`web runs ${revision(2)}, but the sensor does not run as it should in 1 of 2 tasks.`)
    expect(message).toContain('sensor STOPPED, exit code 255 (it had enough)')
    expect(message).not.toMatch(/completed|rollback-on-failure/)
    expect(s.slept).toEqual([])
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'failed', 'sensor-running': '1/2' })
  })

  test('whose sensor stops within the window fails', async () => {
    const s = scene()
    s.account.timeline.plan(40, 'test', stopSensor)
    const { code } = await s.fail(VERIFY)
    expect(code).toBe('sensor-not-running')
  })

  test('that somebody deploys meanwhile is superseded', async () => {
    const s = scene()
    s.account.timeline.plan(30, 'test', () => void somebodyDeploys(completes()))
    const { code, report } = await s.fail(VERIFY)
    expect(code).toBe('superseded')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'superseded' } }])
  })

  test('without tasks is a warning: there is nothing to judge', async () => {
    const s = scene()
    s.account.addService({ name: 'idle', taskDefinition: 'shop:2', desiredCount: 0 })
    const report = await s.succeed({ ...VERIFY, service: 'idle' })
    expect(toOutputs(report, {})).toMatchObject({ 'sensor-running': '0/0' })
    expect(s.warnings(report)).toContainEqual(expect.stringMatching(/^idle: no task/))
  })

  test('that is not there, or not any more', async () => {
    const s = scene()
    expect((await s.fail({ ...VERIFY, service: 'nowhere' })).code).toBe('service-not-found')
    s.account.addService({ name: 'gone', taskDefinition: 'shop:2', status: 'DRAINING' })
    expect((await s.fail({ ...VERIFY, service: 'gone' })).code).toBe('service-not-active')
  })

  test('with a sensor from a mirror of another name, found by image', async () => {
    const s = scene()
    const sensor = { name: 'tap', image: 'mirror.example.com/tap:1', cpu: 0, memory: 200, essential: false }
    const { containerDefinitions: [app] = [] } = shop() as { containerDefinitions?: object[] }
    s.account.addTaskDefinition(shop({ containerDefinitions: [app, sensor] }))
    s.account.addService({ name: 'mirrored', taskDefinition: 'shop:4', desiredCount: 1 })
    expect((await s.fail({ ...VERIFY, service: 'mirrored' })).code).toBe('no-sensor')
    const report = await s.succeed({ ...VERIFY, service: 'mirrored', image: 'mirror.example.com/tap:2' })
    expect(toOutputs(report, {})).toMatchObject({ 'sensor-running': '1/1' })
  })
})

describe('warn', () => {
  test('a sensor that stopped is a warning', async () => {
    const s = scene()
    stopSensor()
    const report = await s.succeed({ ...VERIFY, 'verify-sensor': 'warn' })
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'already-running', 'sensor-running': '1/2' })
    expect(s.warnings(report)).toContainEqual(expect.stringMatching(/^web: .*1 of 2 tasks/))
  })

  test('a service without a sensor fails all the same', async () => {
    const s = scene()
    s.account.addService({ name: 'bare', taskDefinition: 'shop:1' })
    expect((await s.fail({ ...VERIFY, service: 'bare', 'verify-sensor': 'warn' })).code).toBe('no-sensor')
  })
})

describe('a deployment under way, with wait-for-service-stability', () => {
  test('is followed to its end, and its tasks are judged', async () => {
    const s = scene()
    const { id } = somebodyDeploys(completes({ after: 100 }))
    const report = await s.succeed(VERIFY_AND_WAIT)
    expect(report.services).toMatchObject([
      { deployment: { outcome: 'deployed', deploymentId: id, arn: revision(3), sensor: { verdict: 'proven' } } }
    ])
    expect(elapsed(s)).toBeGreaterThanOrEqual(160)
  })

  test('that rolls back fails', async () => {
    const s = scene()
    somebodyDeploys(breakerRollsBack())
    const { code, report } = await s.fail(VERIFY_AND_WAIT)
    expect(code).toBe('rolled-back')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back' } }])
  })

  test('that fails and stays is not told to be put back by an option that verify refuses', async () => {
    const s = scene()
    somebodyDeploys(breakerRollsBack({ rollback: false }))
    const { code, message } = await s.fail(VERIFY_AND_WAIT)
    expect(code).toBe('deployment-failed')
    expect(message).not.toContain('rollback-on-failure')
  })

  test('that never ends is timed-out, and nothing is done about it', async () => {
    const s = scene()
    somebodyDeploys(neverEnds())
    const { code } = await s.fail({ ...VERIFY_AND_WAIT, 'wait-for-minutes': '5' })
    expect(code).toBe('timed-out')
  })

  test('that is superseded is told as that', async () => {
    const s = scene()
    somebodyDeploys(together(neverEnds(), supersededBy('shop:2', { after: 30 })))
    const { code } = await s.fail(VERIFY_AND_WAIT)
    expect(code).toBe('superseded')
  })

  test('whose sensor restarts fails', async () => {
    const s = scene()
    somebodyDeploys(together(completes(), sensorRestarts({ after: 90, tasks: 1 })))
    const { code, message } = await s.fail(VERIFY_AND_WAIT)
    expect(code).toBe('sensor-not-running')
    expect(message).toContain('restarted')
  })

  test('a service that stands waits for nothing more', async () => {
    const report = await scene().succeed(VERIFY_AND_WAIT)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'already-running' } }])
  })
})

describe('a deployment under way, without waiting', () => {
  test('its tasks are judged as it stands, with a warning', async () => {
    const s = scene()
    const { id } = somebodyDeploys(neverEnds({ running: 10 }))
    const report = await s.succeed(VERIFY)
    expect(report.services).toMatchObject([
      { deployment: { outcome: 'already-running', arn: revision(3), sensor: { verdict: 'proven', running: 2 } } }
    ])
    expect(s.warnings(report)).toEqual([expect.stringContaining(`deployment ${id} is under way`)])
    expect(s.warnings(report)[0]).toContain('wait-for-service-stability: true')
    expect(s.calls()).not.toContain('DescribeServiceDeployments')
  })

  test('a sensor of it that stops fails', async () => {
    const s = scene()
    somebodyDeploys(together(neverEnds({ running: 10 }), sensorStops({ after: 30, tasks: 1 })))
    const { code } = await s.fail(VERIFY)
    expect(code).toBe('sensor-not-running')
  })
})

describe('several services, of which one has no sensor', () => {
  beforeEach(() => {
    const { account } = scene()
    account.addService({ name: 'bare', taskDefinition: 'shop:1' })
    account.addService({ name: 'api', taskDefinition: 'shop:3', desiredCount: 1 })
  })

  test('the others are judged, and the run fails', async () => {
    const s = scene()
    const { code, message, report } = await s.fail({ ...VERIFY, service: 'web,bare,api' })
    expect(code).toBe('no-sensor')
    expect(message).toContain('bare runs ')
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'failed', 'sensor-running': '3/3' })
  })

  test('what is told of each is in the order of the input', async () => {
    const s = scene()
    const { report } = await s.fail({ ...VERIFY, service: 'web,bare,api' })
    expect(toOutputs(report, {})['previous-task-definition-arn']).toBe(
      [revision(2), revision(1), revision(3)].join('\n')
    )
  })

  test('nothing is said of moving, where nothing is moved', async () => {
    const s = scene()
    const { report } = await s.fail({ ...VERIFY, service: 'web,bare,api' })
    const lines = s.events.flatMap(event => say(event, report, []))
    expect(lines).not.toContainEqual({ kind: 'line', text: expect.stringContaining('moved') })
  })
})

test('a look that is denied fails, with the statement to add', async () => {
  const s = scene()
  s.standIn.fault({ operation: 'DescribeTasks', kind: 'deny', times: Infinity })
  const { code, message } = await s.fail(VERIFY)
  expect(code).toBe('access-denied')
  expect(message).toContain('"Action":"ecs:DescribeTasks"')
})

describe('what ECS says of a stop', () => {
  test('is shown without the values that stand in the definition', async () => {
    const s = scene()
    const [task] = tasks()
    const reason =
      'CannotStartContainerError: exec: "./init apidump --levoai-org-id planted-org-of-the-tests": no such file'
    if (task !== undefined) stopContainer(s.account, task, SENSOR, { exitCode: 127, reason })
    const { report, message } = await s.fail(VERIFY)
    expect(message).toContain('CannotStartContainerError')
    const shown = message + JSON.stringify(toOutputs(report, {})) + s.moments().join('\n')
    expect(shown).not.toContain('planted-org-of-the-tests')
  })
})

describe('the last line', () => {
  test.each([
    ['a sensor that stopped, with warn', stopSensor, 'Not verified: web; the sensor runs in 1 of 2 tasks'],
    ['a sensor that runs', () => undefined, 'Verified: web; the sensor runs in 2 of 2 tasks']
  ])('of %s', async (_name, prepare, line) => {
    const s = scene()
    prepare()
    const report = await s.succeed({ ...VERIFY, 'verify-sensor': 'warn' })
    expect(conclude(report)).toBe(line)
  })
})

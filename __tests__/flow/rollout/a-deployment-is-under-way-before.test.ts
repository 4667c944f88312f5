import { beforeEach, describe, expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import { beginDeployment, type Deployment, primaryOf } from '../../../stand-in/rollouts.ts'
import type { Script } from '../../../stand-in/script.ts'
import { breakerRollsBack, completes, neverEnds, supersededBy, together } from '../../../stand-in/scripts.ts'
import type { Account } from '../../../stand-in/state.ts'
import { shop } from '../../support/flow-definitions.ts'
import { elapsed, script, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
const web = () => scene().arn('service/default/web')
const revision = (number: number) => scene().arn(`task-definition/shop:${number}`)

const WAIT = { ...WAITING, 'on-deployment-in-progress': 'wait' }
const REPLACE = { ...WAITING, 'on-deployment-in-progress': 'replace' }

/** Each revision has a size of its own, which tells what a plan was made from; all deployments move by themselves. */
beforeEach(() => {
  const { account } = scene()
  account.addTaskDefinition(shop({ cpu: '4096', memory: '8192' }))
  account.addTaskDefinition(shop({ cpu: '8192', memory: '16384' }))
  script(scene())
})

/** Somebody else deploys `shop:2`. */
function somebodyDeploys(course: Script): Deployment {
  return beginDeployment(scene().account, web(), revision(2), course)
}

test('error: nothing is registered, and the message names what is under way and the ways out', async () => {
  const s = scene()
  const { id } = somebodyDeploys(completes())
  const { code, message } = await s.fail(WAITING)
  expect(code).toBe('deployment-in-progress')
  expect(message).toContain(`${id} to ${revision(2)}`)
  expect(message).toContain('on-deployment-in-progress: wait or replace')
  expect(s.calls()).toEqual(['DescribeServices', 'DescribeTaskDefinition'])
  expect(s.slept).toEqual([])
})

describe('wait', () => {
  test('nothing is registered before it has ended; then the service is moved and followed', async () => {
    const s = scene()
    const { id } = somebodyDeploys(completes({ after: 100 }))
    let registeredAt = 0
    const began = s.account.seconds()
    const act = (account: Account) => {
      registeredAt = account.seconds() - began
    }
    s.standIn.fault({ operation: 'RegisterTaskDefinition', kind: 'before', act })
    const report = await s.succeed(WAIT)
    expect(registeredAt).toBeGreaterThanOrEqual(100)
    expect(registeredAt).toBeLessThanOrEqual(115)
    expect(s.body('RegisterTaskDefinition')).toMatchObject({ cpu: '4096' })
    expect(report.notes).toContainEqual({ level: 'note', text: expect.stringContaining(`${id} to ${revision(2)}`) })
    expect(toOutputs(report, {})).toMatchObject({
      'deployment-outcome': 'deployed',
      'sensor-running': '2/2',
      'previous-task-definition-arn': revision(2),
      'task-definition-arn': revision(4)
    })
  })

  test('no gap between two looks is longer than wait-max-delay-seconds', async () => {
    const s = scene()
    somebodyDeploys(completes({ after: 100 }))
    await s.succeed({ ...WAIT, 'wait-max-delay-seconds': '9' })
    expect(Math.max(...s.slept)).toBeLessThanOrEqual(9)
  })

  test('the other one is rolled back: the plan is made anew from what runs then', async () => {
    const s = scene()
    somebodyDeploys(breakerRollsBack({ after: 90 }))
    const report = await s.succeed(WAIT)
    expect(s.body('RegisterTaskDefinition')).toMatchObject({ cpu: '2048' })
    expect(report.notes.map(({ text }) => text)).toContainEqual(expect.stringContaining('the plan is made anew'))
    expect(toOutputs(report, {})).toMatchObject({
      'deployment-outcome': 'deployed',
      'previous-task-definition-arn': revision(1),
      'task-definition-arn': revision(4)
    })
  })

  test('a third deployment replaces the other one: the plan is made from what that one brings', async () => {
    const s = scene()
    somebodyDeploys(together(neverEnds(), supersededBy('shop:3', { after: 60 })))
    const report = await s.succeed(WAIT)
    expect(s.body('RegisterTaskDefinition')).toMatchObject({ cpu: '8192' })
    expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed', previousArn: revision(3) } }])
  })

  test('what the first plan said does not stay beside what the second one says', async () => {
    const s = scene()
    somebodyDeploys(breakerRollsBack({ after: 90 }))
    const { notes } = await s.succeed(WAIT)
    const texts = notes.map(({ text }) => text)
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([])
    expect(texts.filter(text => text.startsWith('profile '))).toEqual([
      expect.stringContaining('2048 CPU units and 4096 MiB')
    ])
  })

  test('for longer than wait-for-minutes: nothing is registered or moved', async () => {
    const s = scene()
    const { id } = somebodyDeploys(neverEnds())
    const { code, message } = await s.fail({ ...WAIT, 'wait-for-minutes': '7' })
    expect(code).toBe('deployment-in-progress')
    expect(message).toContain('7 minutes')
    expect(message).toContain(`${id} to ${revision(2)}`)
    const awaited = `for the deployment that is under way, web: ${id} to ${revision(2)}`
    const said = s.events.flatMap(event => (event.kind === 'noted' ? [event.note.text] : []))
    expect(said.filter(text => text.endsWith(awaited))).toEqual([
      `waiting ${awaited}`,
      `still waiting, for 5 minutes now, ${awaited}`
    ])
    expect(elapsed(s)).toBe(7 * 60)
    expect(s.calls()).not.toContain('RegisterTaskDefinition')
    expect(s.calls()).not.toContain('UpdateService')
  })

  test('a plan that is made anew brings no more minutes', async () => {
    const s = scene()
    somebodyDeploys(breakerRollsBack({ after: 1200 }))
    let looks = 0
    const deployAgain = (account: Account) => {
      const service = account.services.get(web())
      if (service === undefined || service.taskDefinition !== revision(1)) return
      // The first look after the rollback ends the wait, the second one is the new plan's.
      looks += primaryOf(service).rolloutState === 'COMPLETED' ? 1 : 0
      if (looks === 2) beginDeployment(account, web(), revision(2), completes({ after: 1200 }))
    }
    s.standIn.fault({ operation: 'DescribeServices', kind: 'before', act: deployAgain, times: Infinity })
    const { code } = await s.fail({ ...WAIT, 'wait-for-minutes': '30' })
    expect(code).toBe('deployment-in-progress')
    expect(elapsed(s)).toBeLessThanOrEqual(30 * 60)
  })

  test('a look that is not answered does not end the wait', async () => {
    const s = scene()
    somebodyDeploys(completes({ after: 100 }))
    s.standIn.fault({ operation: 'DescribeServices', kind: 'throttle', skip: 3, times: 4 })
    const report = await s.succeed({ ...WAIT, 'max-retries': '2' })
    expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed' } }])
  })

  test('a service that is deleted meanwhile ends it, and nothing is registered', async () => {
    const s = scene()
    const goes: Script = [{ at: 60, act: ({ account }) => void account.services.delete(web()) }]
    somebodyDeploys(together(neverEnds(), goes))
    const { code } = await s.fail(WAIT)
    expect(code).toBe('service-not-found')
    expect(s.calls()).not.toContain('RegisterTaskDefinition')
  })
})

describe('replace', () => {
  test('the new deployment takes the place of the other one, and is followed', async () => {
    const s = scene()
    somebodyDeploys(neverEnds())
    const report = await s.succeed(REPLACE)
    expect(report.services).toMatchObject([
      { deployment: { outcome: 'deployed', previousArn: revision(2), sensor: { verdict: 'proven' } } }
    ])
    expect(s.runs('web')).toBe(revision(4))
  })

  test('what is put back is what was replaced, although ECS itself would go back further', async () => {
    const s = scene()
    somebodyDeploys(neverEnds())
    script(s, neverEnds())
    const { report } = await s.fail({ ...REPLACE, 'rollback-on-failure': 'true' })
    expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back', previousArn: revision(2) } }])
    expect(s.runs('web')).toBe(revision(2))
  })
})

describe('a rerun while the deployment of the run before is under way', () => {
  /** The run before, which did not wait. */
  async function firstRun(course: Script): Promise<string | undefined> {
    const s = scene()
    script(s, course)
    const { services } = await s.succeed({ service: 'web' })
    s.standIn.requests.length = 0
    const [result] = services ?? []
    return result?.kind === 'moved' ? result.deployment.deploymentId : undefined
  }

  test('follows it, and sends nothing', async () => {
    const s = scene()
    const deploymentId = await firstRun(completes({ after: 100 }))
    const report = await s.succeed(WAITING)
    expect(report.services).toMatchObject([
      { deployment: { outcome: 'deployed', deploymentId, previousArn: revision(1), sensor: { verdict: 'proven' } } }
    ])
    expect(toOutputs(report, {})).toMatchObject({ changed: 'false', 'sensor-running': '2/2' })
    expect(s.calls()).not.toContain('RegisterTaskDefinition')
    expect(s.calls()).not.toContain('UpdateService')
  })

  test('puts the service back on what ran before both', async () => {
    const s = scene()
    await firstRun(breakerRollsBack({ after: 90, rollback: false }))
    const { report, code } = await s.fail({ ...WAITING, 'rollback-on-failure': 'true' })
    expect(code).toBe('deployment-failed')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back', previousArn: revision(1) } }])
    expect(s.body('UpdateService')).toEqual({ cluster: 'default', service: 'web', taskDefinition: revision(1) })
    expect(s.runs('web')).toBe(revision(1))
  })

  test('that ECS itself puts back is told as that', async () => {
    const s = scene()
    await firstRun(breakerRollsBack({ after: 90 }))
    const { report, code } = await s.fail({ ...WAITING, 'rollback-on-failure': 'true' })
    expect(code).toBe('rolled-back')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back' } }])
    expect(s.calls()).not.toContain('UpdateService')
  })
})

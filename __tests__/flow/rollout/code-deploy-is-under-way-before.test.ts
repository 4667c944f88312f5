import { describe, expect, test } from '@jest/globals'
import { say } from '../../../src/report/text.ts'
import { codeDeploySucceeds, codeDeployWaits } from '../../../stand-in/scripts.ts'
import { codeDeployId, useDelivered } from '../../support/code-deploy.ts'
import { shop } from '../../support/flow-definitions.ts'
import type { Scene } from '../../support/flow-scene.ts'
import { script, sent, WAITING } from '../../support/rollout.ts'

const scene = useDelivered()

/** Somebody's deployment of another revision, begun by the action itself in another workflow. */
async function another(s: Scene, seconds: number): Promise<string> {
  script(s, codeDeploySucceeds({ after: seconds }))
  s.account.addTaskDefinition(shop({ family: 'other' }))
  await s.succeed({ service: 'web', 'task-definition-family': 'other' })
  s.standIn.requests.length = 0
  return codeDeployId(s)
}

describe('to this very revision', () => {
  async function again(s: Scene): Promise<void> {
    await s.file('shop.json', shop())
    await s.succeed({ service: 'web', 'task-definition': 'shop.json' })
    s.standIn.requests.length = 0
  }

  test.each([
    ['right after it was begun', 1],
    ['while its tasks start', 20],
    ['after the traffic was rerouted', 90]
  ])('it is followed: %s', async (_, seconds) => {
    const s = scene()
    script(s, codeDeploySucceeds({ after: 120 }))
    await again(s)
    await s.clock.sleep(seconds)
    const report = await s.succeed({ ...WAITING, 'task-definition': 'shop.json' })
    expect(report.services).toMatchObject([
      {
        deployment: {
          outcome: 'deployed',
          codeDeployDeploymentId: codeDeployId(s),
          previousArn: s.arn('task-definition/shop:1'),
          sensor: { verdict: 'proven' }
        }
      }
    ])
    expect(sent(s)).toEqual([])
  })

  test('the traffic may be rerouted in any moment', async () => {
    const s = scene()
    script(s, codeDeploySucceeds({ after: 120 }))
    await again(s)
    await s.clock.sleep(79)
    s.standIn.fault({ operation: 'ListTasks', kind: 'before', act: () => void s.clock.sleep(2) })
    const report = await s.succeed({ ...WAITING, 'task-definition': 'shop.json' })
    expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed' } }])
  })

  test('without waiting it is named, and nothing is sent', async () => {
    const s = scene()
    script(s, codeDeploySucceeds({ after: 120 }))
    await again(s)
    await s.clock.sleep(20)
    const report = await s.succeed({ service: 'web', 'task-definition': 'shop.json' })
    expect(report.services).toMatchObject([
      { deployment: { outcome: 'started', codeDeployDeploymentId: codeDeployId(s) } }
    ])
    const [result] = report.services ?? []
    const text = `web: CodeDeploy deployment ${codeDeployId(s)} to ${s.arn('task-definition/shop:2')} is under way`
    expect(result && say({ kind: 'service', result }, report, [])).toEqual([{ kind: 'line', text }])
    expect(sent(s)).toEqual([])
  })
})

describe('to another revision', () => {
  test('error: nothing is registered or moved', async () => {
    const s = scene()
    const id = await another(s, 600)
    await s.clock.sleep(10)
    const { code, message } = await s.fail(WAITING)
    expect(code).toBe('deployment-in-progress')
    expect(message).toContain(`web has a deployment under way: CodeDeploy deployment ${id} (InProgress) to `)
    expect(message).toContain(s.arn('task-definition/other:2'))
    expect(message).toContain('or give on-deployment-in-progress: wait.')
    expect(sent(s)).toEqual([])
  })

  test('replace: CodeDeploy takes no second one', async () => {
    const s = scene()
    const id = await another(s, 600)
    const { code, message } = await s.fail({ ...WAITING, 'on-deployment-in-progress': 'replace' })
    expect(code).toBe('deployment-in-progress')
    expect(message).toContain(id)
    expect(message).toContain('CodeDeploy takes no second one, so it cannot be replaced.')
    expect(message).toContain('Stop it in CodeDeploy first')
    expect(sent(s)).toEqual([])
  })

  test('wait: its end is waited for, and the plan made anew from what runs then', async () => {
    const s = scene()
    const id = await another(s, 300)
    script(s, codeDeploySucceeds({ after: 60 }))
    const report = await s.succeed({
      ...WAITING,
      'on-deployment-in-progress': 'wait',
      image: 'levoai/pcap-sensor:0.2.0'
    })
    expect(s.events.flatMap(event => (event.kind === 'noted' ? [event.note.text] : []))).toEqual(
      expect.arrayContaining([
        `waiting for the deployment that is under way, web: CodeDeploy deployment ${id} (Created)`,
        'What the services run changed while that was waited for: the plan is made anew'
      ])
    )
    expect(s.runs('web')).toBe(s.arn('task-definition/other:3'))
    expect(report.services).toMatchObject([
      { deployment: { outcome: 'deployed', previousArn: s.arn('task-definition/other:2') } }
    ])
  })

  test('wait: not longer than wait-for-minutes', async () => {
    const s = scene()
    script(s, codeDeployWaits())
    s.account.addTaskDefinition(shop({ family: 'other' }))
    await s.succeed({ service: 'web', 'task-definition-family': 'other' })
    s.standIn.requests.length = 0
    const before = s.clock.now()
    const inputs = { ...WAITING, 'on-deployment-in-progress': 'wait', 'wait-for-minutes': '10' }
    const { code, message } = await s.fail(inputs)
    expect(code).toBe('deployment-in-progress')
    expect(message).toContain(
      'still under way after 10 minutes, so nothing was registered or moved.\n- web: CodeDeploy deployment'
    )
    expect(s.clock.now() - before).toBe(600_000)
    expect(sent(s)).toEqual([])
  })

  test('wait: a look that is not answered is tried again', async () => {
    const s = scene()
    await another(s, 100)
    script(s, codeDeploySucceeds({ after: 60 }))
    s.standIn.fault({ operation: 'ListDeployments', kind: 'throttle', skip: 1, times: 3 })
    await s.succeed({ ...WAITING, 'on-deployment-in-progress': 'wait', 'max-retries': '1' })
  })

  test('a dry run refuses the same, and waits for nothing', async () => {
    const s = scene()
    await another(s, 600)
    expect((await s.fail({ service: 'web', 'dry-run': 'true' })).code).toBe('deployment-in-progress')
    await s.succeed({ service: 'web', 'dry-run': 'true', 'on-deployment-in-progress': 'wait' })
    expect(s.slept).toEqual([])
    expect(sent(s)).toEqual([])
  })
})

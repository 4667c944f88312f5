import { describe, expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import { type JsonObject, objects } from '../../../stand-in/json.ts'
import { breakerRollsBack, completes, neverEnds } from '../../../stand-in/scripts.ts'
import { MOVED, script, sent, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
const BACK = { ...WAITING, 'rollback-on-failure': 'true' }

describe('the service as it was before', () => {
  test("right after the move is not somebody else's deployment", async () => {
    const s = scene()
    script(s, completes({ after: 60 }))
    let before: JsonObject = {}
    const keep = (answer: JsonObject) => {
      before = structuredClone(answer)
      return answer
    }
    s.standIn.fault({ operation: 'DescribeServices', kind: 'answer', skip: 1, change: keep })
    s.standIn.fault({ operation: 'DescribeServices', kind: 'answer', skip: 2, change: () => before })
    const report = await s.succeed(WAITING)
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'deployed', 'sensor-running': '2/2' })
  })

  test('right after the way back is no failure of it', async () => {
    const s = scene()
    script(s, breakerRollsBack({ after: 60, rollback: false }), completes())
    let [before, lags]: [JsonObject, number] = [{}, 0]
    const change = (answer: JsonObject) => {
      if (s.bodies('UpdateService').length === 2 && lags++ === 0) return before
      before = structuredClone(answer)
      return answer
    }
    s.standIn.fault({ operation: 'DescribeServices', kind: 'answer', times: Infinity, change })
    const { report } = await s.fail(BACK)
    expect(toOutputs(report, {})['deployment-outcome']).toBe('rolled-back')
  })

  test('in the answer to the update: the deployment is looked for', async () => {
    const s = scene()
    script(s, completes({ after: 60 }))
    const old = structuredClone(s.account.services.get(s.arn('service/default/web'))?.deployments)
    const change = (answer: JsonObject): JsonObject => ({
      service: { ...objects([answer.service])[0], deployments: old }
    })
    s.standIn.fault({ operation: 'UpdateService', kind: 'answer', change })
    const report = await s.succeed(WAITING)
    const [result] = report.services ?? []
    expect(result).toMatchObject({ deployment: { outcome: 'deployed', begun: true } })
    const id = s.account.services.get(s.arn('service/default/web'))?.deployments[0]?.id
    expect(toOutputs(report, {})['deployment-id']).toBe(id)
  })
})

test('the service deployment of the move before is not taken for this one', async () => {
  const s = scene()
  script(s, neverEnds())
  const earlier = s.account.services.get(s.arn('service/default/web'))?.currentServiceDeployment
  await s.succeed({ service: 'web' })
  const change = (answer: JsonObject): JsonObject => ({
    ...answer,
    services: objects(answer.services).map(service => ({ ...service, currentServiceDeployment: earlier }))
  })
  s.standIn.fault({ operation: 'DescribeServices', kind: 'answer', times: 2, change })
  const { code } = await s.fail({ ...WAITING, 'wait-for-minutes': '5' })
  expect(code).toBe('timed-out')
})

test('a runtime id that comes a look later is no restart', async () => {
  const s = scene()
  script(s, completes({ after: 60 }))
  let looks = 0
  const change = (answer: JsonObject): JsonObject => {
    const withoutId = ({ runtimeId: _left, ...container }: JsonObject) => container
    const tasks = objects(answer.tasks).map(task => ({ ...task, containers: objects(task.containers).map(withoutId) }))
    return looks++ === 0 ? { ...answer, tasks } : answer
  }
  s.standIn.fault({ operation: 'DescribeTasks', kind: 'answer', times: Infinity, skip: 1, change })
  const report = await s.succeed(BACK)
  expect(toOutputs(report, {})['sensor-running']).toBe('2/2')
  expect(sent(s)).toEqual(MOVED)
})

test('a list of tasks that is empty for once is not all there is, without a window either', async () => {
  const s = scene()
  script(s, completes({ after: 60 }))
  let looks = 0
  const change = (answer: JsonObject): JsonObject => (looks++ === 0 ? { ...answer, taskArns: [] } : answer)
  s.clock.onSleep = () => {
    const done = [...s.account.serviceDeployments.values()].at(-1)?.status === 'SUCCESSFUL'
    if (done && looks === 0) s.standIn.fault({ operation: 'ListTasks', kind: 'answer', change })
  }
  const report = await s.succeed({ ...WAITING, 'sensor-settle-seconds': '0' })
  expect(toOutputs(report, {})['sensor-running']).toBe('2/2')
})

import { expect, test } from '@jest/globals'
import { blueGreen, blueGreenPausesAtHook } from '../../stand-in/scripts.ts'
import { seconds, useStage } from './stage.ts'

const stage = useStage({ deploymentConfiguration: { strategy: 'BLUE_GREEN' } })

/** Of the new and of the old revision. */
async function traffic() {
  const { targetServiceRevision, sourceServiceRevisions } = await stage().serviceDeployment()
  return [targetServiceRevision, sourceServiceRevisions?.[0]].map(
    revision => revision?.requestedProductionTrafficWeight
  )
}

test('blueGreen: stage by stage, the traffic moves, and the old tasks go last', async () => {
  const s = stage()
  s.script(blueGreen({ after: 91 }))
  await s.update()
  const stages: (string | undefined)[] = []
  for (let second = 1; second <= 81; second += 10) {
    s.at(second)
    stages.push((await s.serviceDeployment()).lifecycleStage)
    if (second === 41) expect(await traffic()).toEqual([0, 100])
    if (second === 51) expect(await traffic()).toEqual([100, 0])
    if (second === 71) expect((await s.deployments())[1]).toBe('ACTIVE web:1 COMPLETED 0+2/2 failed 0')
  }
  expect(stages).toEqual([
    'PRE_SCALE_UP',
    'SCALE_UP',
    'POST_SCALE_UP',
    'TEST_TRAFFIC_SHIFT',
    'POST_TEST_TRAFFIC_SHIFT',
    'PRODUCTION_TRAFFIC_SHIFT',
    'POST_PRODUCTION_TRAFFIC_SHIFT',
    'BAKE_TIME',
    'CLEAN_UP'
  ])
  s.at(91)
  expect(await s.deployments()).toEqual(['PRIMARY web:2 COMPLETED 0+2/2 failed 0'])
  expect((await s.serviceDeployment()).status).toBe('SUCCESSFUL')
})

test('blueGreenPausesAtHook: it waits for a person, and after a day it goes back', async () => {
  const s = stage()
  s.script(blueGreenPausesAtHook({ hook: 'POST_TEST_TRAFFIC_SHIFT', after: 91 }))
  await s.update()
  s.at(80_000)
  const paused = await s.serviceDeployment()
  expect(paused).toMatchObject({ status: 'IN_PROGRESS', lifecycleStage: 'POST_TEST_TRAFFIC_SHIFT' })
  const [hook] = paused.lifecycleHookDetails ?? []
  expect(hook).toMatchObject({
    hookId: expect.any(String),
    targetType: 'PAUSE',
    status: 'AWAITING_ACTION',
    timeoutAction: 'ROLLBACK'
  })
  expect(seconds(hook?.expiresAt)).toBe(41 + 24 * 3600)
  expect(await s.deployments()).toEqual([
    'PRIMARY web:2 IN_PROGRESS 0+2/2 failed 0',
    'ACTIVE web:1 COMPLETED 0+2/2 failed 0'
  ])
  s.at(41 + 24 * 3600)
  expect(await s.serviceDeployment()).toMatchObject({
    status: 'ROLLBACK_IN_PROGRESS',
    statusReason: 'Service deployment rolled back because POST_TEST_TRAFFIC_SHIFT lifecycle hook(s) failed.',
    lifecycleHookDetails: [{ status: 'TIMED_OUT' }]
  })
  expect(await traffic()).toEqual([0, 100])
})

test('blueGreenPausesAtHook: somebody lets it go on', async () => {
  const s = stage()
  s.script(blueGreenPausesAtHook({ hook: 'POST_SCALE_UP', after: 91, continuesIn: 1000 }))
  await s.update()
  s.at(1020)
  expect((await s.serviceDeployment()).lifecycleHookDetails).toMatchObject([{ status: 'AWAITING_ACTION' }])
  s.at(1022)
  expect((await s.serviceDeployment()).lifecycleStage).toBe('POST_SCALE_UP')
  s.at(1031)
  expect((await s.serviceDeployment()).lifecycleStage).toBe('TEST_TRAFFIC_SHIFT')
  expect((await s.serviceDeployment()).lifecycleHookDetails).toMatchObject([{ status: 'SUCCEEDED' }])
  s.at(1091)
  expect(await s.deployments()).toEqual(['PRIMARY web:2 COMPLETED 0+2/2 failed 0'])
})

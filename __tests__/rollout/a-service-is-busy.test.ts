import { beforeEach, expect, test } from '@jest/globals'
import { beginDeployment } from '../../stand-in/rollouts.ts'
import { completes, neverEnds } from '../../stand-in/scripts.ts'
import { type FleetScene, outcomes, useFleet } from '../support/fleet-scene.ts'

const scene = useFleet()
const A = 'us-east-1/prod/a'

beforeEach(() => {
  for (const name of ['a', 'b', 'c']) scene().service('us-east-1', 'prod', name)
})

function deploys(s: FleetScene, script: ReturnType<typeof completes>): void {
  beginDeployment(
    s.in('us-east-1'),
    s.arn('us-east-1', 'service/prod/a'),
    s.arn('us-east-1', 'task-definition/a:1'),
    script
  )
}

test('it is tried again when the others are done, and another one is the canary', async () => {
  const s = scene()
  deploys(s, completes({ after: 100 }))
  const report = await s.succeed({ clusters: 'prod' })
  expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['deployed']))
  expect(s.moves()).toEqual(['us-east-1/prod/b', 'us-east-1/prod/c', A])
})

test('busy to the last: it fails, nothing was registered for it, and the others are done', async () => {
  const s = scene()
  deploys(s, neverEnds())
  const { report, code } = await s.fail({ clusters: 'prod' })
  expect(code).toBe('deployment-in-progress')
  expect(outcomes(report)).toEqual({ [A]: 'failed', 'us-east-1/prod/b': 'deployed', 'us-east-1/prod/c': 'deployed' })
  expect(s.revisions('us-east-1', 'a')).toBe(1)
})

test('on-deployment-in-progress: wait waits for it, behind all others, and never moves over it', async () => {
  const s = scene()
  deploys(s, completes({ after: 900 }))
  const report = await s.succeed({ clusters: 'prod', 'on-deployment-in-progress': 'wait' })
  expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['deployed']))
  expect(s.moves().at(-1)).toBe(A)
  const last = s.in('us-east-1').services.get(s.arn('us-east-1', 'service/prod/a'))?.deployments[0]
  expect(last?.createdAt).toBeGreaterThan(Date.UTC(2026, 0, 1) / 1000 + 900)
})

test('waiting has an end', async () => {
  const s = scene()
  deploys(s, neverEnds())
  const { report, code } = await s.fail({
    clusters: 'prod',
    'on-deployment-in-progress': 'wait',
    'wait-for-minutes': '5'
  })
  expect(code).toBe('deployment-in-progress')
  expect(outcomes(report)[A]).toBe('failed')
  expect(s.moves()).not.toContain(A)
})

test('on-deployment-in-progress: replace takes its place at once', async () => {
  const s = scene()
  deploys(s, neverEnds())
  const report = await s.succeed({ clusters: 'prod', 'on-deployment-in-progress': 'replace' })
  expect(outcomes(report)[A]).toBe('deployed')
  expect(s.moves()[0]).toBe(A)
})

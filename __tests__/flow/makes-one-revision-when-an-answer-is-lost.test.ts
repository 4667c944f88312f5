import { describe, expect, test } from '@jest/globals'
import { nextSteps } from '../../src/report/next-steps.ts'
import type { FaultKind } from '../../stand-in/faults.ts'
import { shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()
const REGISTER = 'RegisterTaskDefinition'
const DESCRIBE = 'DescribeTaskDefinition'
const INPUTS = { 'task-definition-family': 'shop' }

const CARRIED_OUT: [string, FaultKind][] = [
  ['the connection is gone after the call', { kind: 'lose-answer' }],
  ['a 500 although it was carried out', { kind: 'server-error', carriedOut: true }]
]
const NOT_CARRIED_OUT: [string, FaultKind][] = [
  ['the connection is gone before the call', { kind: 'reset' }],
  ['a 500 without effect', { kind: 'server-error', carriedOut: false }],
  ['a 503 of the front end', { kind: 'error', status: 503, code: 'ServiceUnavailable', message: 'Try later.' }]
]

describe('the revision is there: it is found and taken', () => {
  test.each(CARRIED_OUT)('%s', async (_name, fault) => {
    const s = scene()
    s.account.addTaskDefinition(shop())
    s.standIn.fault({ operation: REGISTER, ...fault })
    const report = await s.succeed(INPUTS)
    expect(s.calls()).toEqual([DESCRIBE, REGISTER, DESCRIBE])
    expect(report.registration).toMatchObject({ outcome: 'registered', arn: s.arn('task-definition/shop:2') })
    expect(report.changed).toBe(true)
    expect(s.revisions('shop')).toBe(2)
    expect(s.slept).toHaveLength(1)
  })

  test.each(CARRIED_OUT)('%s, for the first revision of a family', async (_name, fault) => {
    const s = scene()
    await s.file('shop.json', shop())
    s.standIn.fault({ operation: REGISTER, ...fault })
    const report = await s.succeed({ 'task-definition': 'shop.json', tags: 'a=b' })
    expect(report.registration?.arn).toBe(s.arn('task-definition/shop:1'))
    expect(s.revisions('shop')).toBe(1)
  })
})

describe('the revision is not there: after a second look it is registered once more', () => {
  test.each(NOT_CARRIED_OUT)('%s', async (_name, fault) => {
    const s = scene()
    s.account.addTaskDefinition(shop())
    s.standIn.fault({ operation: REGISTER, ...fault })
    const report = await s.succeed(INPUTS)
    expect(s.calls()).toEqual([DESCRIBE, REGISTER, DESCRIBE, DESCRIBE, REGISTER])
    expect(report.registration).toMatchObject({ outcome: 'registered', arn: s.arn('task-definition/shop:2') })
    expect(s.revisions('shop')).toBe(2)
    expect(s.standIn.requests[4]?.rawBody).toBe(s.standIn.requests[1]?.rawBody)
  })
})

test('a registration that is still under way at the first look is found at the second', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  s.standIn.fault({ operation: REGISTER, kind: 'reset' })
  let looks = 0
  s.standIn.fault({
    operation: DESCRIBE,
    kind: 'before',
    skip: 1,
    times: Infinity,
    act: account => {
      looks += 1
      if (looks === 2) account.addTaskDefinition(s.body(REGISTER))
    }
  })
  const report = await s.succeed(INPUTS)
  expect(s.calls()).toEqual([DESCRIBE, REGISTER, DESCRIBE, DESCRIBE])
  expect(report.registration?.arn).toBe(s.arn('task-definition/shop:2'))
  expect(s.revisions('shop')).toBe(2)
})

test("somebody else's newer revision is not taken for ours", async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  s.standIn.fault({ operation: REGISTER, kind: 'reset' })
  s.standIn.fault({
    operation: DESCRIBE,
    kind: 'before',
    skip: 1,
    act: account => void account.addTaskDefinition(shop({ cpu: '1024' }))
  })
  const report = await s.succeed(INPUTS)
  expect(report.registration?.arn).toBe(s.arn('task-definition/shop:3'))
  expect(s.revisions('shop')).toBe(3)
})

test('after three lost answers it gives up and says that it does not know', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  s.standIn.fault({ operation: REGISTER, kind: 'reset', times: Infinity })
  const { code, message, report } = await s.fail(INPUTS)
  expect(code).toBe('answer-lost')
  expect(message).toMatch(/ecs:RegisterTaskDefinition on shop .*whether it was carried out is not known/)
  expect(s.bodies(REGISTER)).toHaveLength(3)
  expect(report.registration).toBeUndefined()
})

test('a look that is denied after a lost answer makes no second revision, and it is not said that nothing was changed', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  s.standIn.fault({ operation: REGISTER, kind: 'lose-answer' })
  s.standIn.fault({ operation: DESCRIBE, kind: 'deny', skip: 1, times: Infinity })
  const { code, message, report } = await s.fail(INPUTS)
  expect(code).toBe('answer-lost')
  expect(message).toMatch(/ecs:RegisterTaskDefinition on shop .*whether it was carried out is not known/)
  expect(message).toMatch(
    /ecs:DescribeTaskDefinition on shop failed: AccessDenied[\s\S]*"Action":"ecs:DescribeTaskDefinition"/
  )
  expect(nextSteps(report)).toEqual([])
  expect(s.revisions('shop')).toBe(2)
})

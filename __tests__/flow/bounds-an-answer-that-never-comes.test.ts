import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()

// Only the timers of the SDK's request handler are ours; sockets have their own.
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'Date', 'performance'] })
})
afterEach(() => {
  jest.useRealTimers()
})

/** Lets time pass whenever nothing else happens, until the work is done; gives the seconds that passed. */
async function timed(work: Promise<unknown>): Promise<number> {
  let done = false
  let seconds = 0
  void work.finally(() => {
    done = true
  })
  while (!done) {
    for (let turn = 0; turn < 20; turn += 1) await new Promise(resolve => setImmediate(resolve))
    if (done) break
    await jest.advanceTimersByTimeAsync(1000)
    seconds += 1
  }
  return seconds
}

test('a registration without an answer is looked up after a minute, and made once', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  s.standIn.fault({ operation: 'RegisterTaskDefinition', kind: 'hang' })
  const run = s.succeed({ 'task-definition-family': 'shop' })
  const seconds = await timed(run)
  expect((await run).registration?.arn).toBe(s.arn('task-definition/shop:2'))
  expect(s.revisions('shop')).toBe(2)
  expect(s.bodies('RegisterTaskDefinition')).toHaveLength(2)
  expect(seconds).toBeGreaterThan(20)
  expect(seconds).toBeLessThan(120)
})

test('a look without an answer is repeated', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  s.standIn.fault({ operation: 'DescribeTaskDefinition', kind: 'hang' })
  const run = s.succeed({ 'task-definition-family': 'shop' })
  expect(await timed(run)).toBeLessThan(120)
  expect(s.calls()).toEqual(['DescribeTaskDefinition', 'DescribeTaskDefinition', 'RegisterTaskDefinition'])
})

test('looks that never get an answer end in an error that names the call', async () => {
  const s = scene()
  s.standIn.fault({ operation: 'DescribeTaskDefinition', kind: 'hang', times: Infinity })
  const run = s.fail({ 'task-definition-family': 'shop', 'max-retries': '2' })
  expect(await timed(run)).toBeLessThan(180)
  const { code, message } = await run
  expect(code).toBe('unreachable')
  expect(message).toContain('ecs:DescribeTaskDefinition on shop failed (2 attempts)')
})

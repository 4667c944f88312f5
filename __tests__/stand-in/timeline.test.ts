import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Timeline } from '../../stand-in/timeline.ts'

function timelineAt(start: number) {
  const clock = { time: start }
  const seen: string[] = []
  const timeline = new Timeline(() => clock.time)
  const note = (name: string) => () => void seen.push(`${name} at ${timeline.time()}`)
  return { clock, seen, timeline, note }
}

test('nothing happens before somebody looks, and then each thing at its own time, in order', () => {
  const { clock, seen, timeline, note } = timelineAt(1000)
  timeline.plan(3, 'a', note('third'))
  timeline.plan(1, 'a', note('first'))
  timeline.plan(1, 'a', note('second'))
  timeline.plan(9, 'a', note('later'))
  clock.time = 6000
  expect(seen).toEqual([])
  timeline.settle()
  expect(seen).toEqual(['first at 2000', 'second at 2000', 'third at 4000'])
  expect(timeline.time()).toBe(6000)
})

test('what happens may plan more, from its own time on', () => {
  const { clock, seen, timeline, note } = timelineAt(0)
  timeline.plan(1, 'a', () => timeline.plan(1, 'a', note('next')))
  clock.time = 5000
  timeline.settle()
  expect(seen).toEqual(['next at 2000'])
})

test('what is cancelled does not happen', () => {
  const { clock, seen, timeline, note } = timelineAt(0)
  timeline.plan(1, 'a', note('a'))
  timeline.plan(1, 'b', note('b'))
  timeline.cancel('a')
  clock.time = 5000
  timeline.settle()
  expect(seen).toEqual(['b at 1000'])
})

test('however many are planned in whatever order, and whichever are cancelled: the rest happen in order', () => {
  const plans = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.constantFrom('a', 'b', 'c')), { maxLength: 60 })
  fc.assert(
    fc.property(plans, fc.subarray(['a', 'b', 'c']), (planned, cancelled) => {
      const { clock, timeline } = timelineAt(0)
      const seen: number[] = []
      for (const [index, [at, owner]] of planned.entries()) timeline.plan(at, owner, () => void seen.push(index))
      for (const owner of cancelled) timeline.cancel(owner)
      clock.time = 20_000
      timeline.settle()
      const left = [...planned.entries()].filter(([, [, owner]]) => !cancelled.includes(owner))
      expect(seen).toEqual(left.sort(([, [one]], [, [other]]) => one - other).map(([index]) => index))
    })
  )
})

test('what is cancelled by what happens at the same time does not happen', () => {
  const { clock, seen, timeline, note } = timelineAt(0)
  timeline.plan(1, 'a', () => timeline.cancel('b'))
  timeline.plan(1, 'b', note('b'))
  timeline.plan(2, 'c', note('c'))
  clock.time = 5000
  timeline.settle()
  expect(seen).toEqual(['c at 2000'])
})

test('advance lets time pass here only', () => {
  const { clock, seen, timeline, note } = timelineAt(0)
  timeline.plan(10, 'a', note('a'))
  timeline.advance(9)
  expect(seen).toEqual([])
  clock.time = 1000
  timeline.settle()
  expect(seen).toEqual(['a at 10000'])
  expect(clock.time).toBe(1000)
})

test('after something that throws, time goes on', () => {
  const { clock, timeline } = timelineAt(0)
  timeline.plan(1, 'a', () => {
    throw new Error('a wrong scenario')
  })
  clock.time = 5000
  expect(() => timeline.settle()).toThrow('a wrong scenario')
  expect(timeline.time()).toBe(5000)
})

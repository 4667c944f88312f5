import { expect, test } from '@jest/globals'
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

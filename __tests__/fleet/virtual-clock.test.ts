import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { VirtualClock } from '../support/virtual-clock.ts'

const later = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))

function logged() {
  const clock = new VirtualClock()
  const begin = clock.now()
  const log: string[] = []
  return { clock, log, say: (text: string) => void log.push(`${(clock.now() - begin) / 1000} ${text}`) }
}

describe('a clock for many', () => {
  test('two sleepers interleave', async () => {
    const { clock, log, say } = logged()
    const live = async (name: string, seconds: number) => {
      for (let turn = 0; turn < 3; turn += 1) {
        await clock.sleep(seconds)
        say(name)
      }
    }
    await Promise.all([live('a', 10), live('b', 4)])
    expect(log).toEqual(['4 b', '8 b', '10 a', '12 b', '20 a', '30 a'])
    expect(clock.slept).toEqual([10, 4, 4, 4, 10, 10])
  })

  test('of those that wake at the same time the first to sleep is the first to go on, until it waits again', async () => {
    const { clock, log, say } = logged()
    const live = async (name: string) => {
      await clock.sleep(5)
      say(`${name} wakes`)
      await later(0)
      await clock.sleep(0)
      say(`${name} goes on`)
    }
    await Promise.all([live('a'), live('b')])
    expect(log.filter(line => line.endsWith('wakes'))).toEqual(['5 a wakes', '5 b wakes'])
    expect(log.filter(line => line.endsWith('on')).sort()).toEqual(['5 a goes on', '5 b goes on'])
  })

  test('what is tracked holds time still', async () => {
    const { clock, log, say } = logged()
    const work = clock.track(async () => {
      await later(30)
      say('work')
      return 'result'
    })
    await Promise.all([clock.sleep(1).then(() => say('slept')), work])
    expect(log).toEqual(['0 work', '1 slept'])
    expect(await work).toBe('result')
    const failed = clock.busy(later(5).then(() => Promise.reject(new Error('no'))))
    const slept = clock.sleep(1)
    await expect(failed).rejects.toThrow('no')
    expect(clock.now()).toBe(Date.UTC(2026, 0, 1, 0, 0, 1))
    await slept
    expect(clock.now()).toBe(Date.UTC(2026, 0, 1, 0, 0, 2))
  })

  test('calls over HTTP by many, each of which sleeps in between', async () => {
    const { clock, log, say } = logged()
    const server = createServer((_request, response) => void setTimeout(() => response.end('ok'), 2))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const live = async (name: string, seconds: number) => {
      for (let look = 0; look < 3; look += 1) {
        await clock.track(async () => (await fetch(url)).text())
        await clock.sleep(seconds)
        say(name)
      }
    }
    await Promise.all([live('a', 7), live('b', 5), live('c', 3)])
    server.close()
    expect(log).toEqual(['3 c', '5 b', '6 c', '7 a', '9 c', '10 b', '14 a', '15 b', '21 a'])
  })

  test('tells when time has passed', async () => {
    const { clock } = logged()
    const times: number[] = []
    clock.onSleep = () => void times.push(clock.now() - Date.UTC(2026, 0, 1))
    await Promise.all([clock.sleep(2), clock.sleep(1), clock.sleep(2)])
    expect(times).toEqual([1000, 2000, 2000])
  })

  test('is deterministic', async () => {
    const life = fc.array(fc.tuple(fc.nat(5), fc.boolean()), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(fc.array(life, { maxLength: 4 }), async lives => {
        const run = async () => {
          const { clock, log, say } = logged()
          const live = async (name: number, turns: [number, boolean][]) => {
            for (const [seconds, works] of turns) {
              if (works) await clock.track(() => later(0))
              await clock.sleep(seconds)
              say(String(name))
            }
          }
          await Promise.all(lives.map((each, name) => live(name, each)))
          return log
        }
        const [first, second] = [await run(), await run()]
        expect(second).toEqual(first)
        const times = first.map(line => Number(line.split(' ')[0]))
        expect(times).toEqual(times.toSorted((a, b) => a - b))
      }),
      { numRuns: 30 }
    )
  })
})

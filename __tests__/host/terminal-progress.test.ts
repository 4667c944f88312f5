import { describe, expect, test } from '@jest/globals'
import { StepError } from '../../src/errors.ts'
import { terminalHost } from '../../src/host/terminal.ts'
import type { Event, ServiceResult } from '../../src/report/report.ts'
import { FakeTerminal } from '../support/fake-terminal.ts'
import { createReport, revisionArn } from '../support/report.ts'

const ERASE = '\r\x1b[K'
const report = createReport()
const SOURCED: Event = { kind: 'sourced', origin: 'file task.json' }
const following = (...services: string[]): Event => ({ kind: 'following', services })

const ended = (service: string): ServiceResult => ({
  kind: 'moved',
  deployment: { service, outcome: 'deployed', previousArn: revisionArn(1), arn: revisionArn(2), notes: [] }
})

function begin(secrets: readonly string[] = [], { screen = true } = {}) {
  const terminal = new FakeTerminal({ screen })
  const host = terminalHost({ kind: 'revision', json: false }, terminal)
  host.hide(secrets)
  const tell = (event: Event) => host.event(event, report)
  return { terminal, host, tell }
}

describe('the progress line', () => {
  test('is drawn after a second of silence and rewritten each second', () => {
    const { terminal } = begin()
    expect(terminal.wait(0.9)).toBe('')
    expect(terminal.wait(0.1)).toBe('\rworking … 1s\x1b[K')
    expect(terminal.wait(2)).toBe('\rworking … 2s\x1b[K\rworking … 3s\x1b[K')
    terminal.wait(61)
    expect(terminal.wait(1)).toBe('\rworking … 1m05s\x1b[K')
  })

  test('is taken away before anything is said, and comes back after a second more', () => {
    const { terminal, tell } = begin()
    terminal.wait(1.5)
    tell(SOURCED)
    expect(terminal.take()).toBe(`${ERASE}Task definition: file task.json\n`)
    tell(SOURCED)
    expect(terminal.wait(0.9)).toBe('Task definition: file task.json\n')
    expect(terminal.wait(0.1)).toBe('\rworking … 2s\x1b[K')
  })

  test('says what is followed, since when, and no longer what has ended', () => {
    const { terminal, tell } = begin()
    terminal.wait(10)
    tell(following('web', 'api'))
    expect(terminal.wait(1)).toBe(`${ERASE}Following web, api\n\rfollowing web, api … 1s\x1b[K`)
    tell({ kind: 'moment', service: 'web', moment: { seconds: 1, text: 'tasks start' } })
    expect(terminal.wait(1)).toBe(`${ERASE}[1s] web: tasks start\n\rfollowing web, api … 2s\x1b[K`)
    tell({ kind: 'service', result: ended('web') })
    terminal.take()
    expect(terminal.wait(1)).toBe('\rfollowing api … 3s\x1b[K')
    tell({ kind: 'followed' })
    expect(terminal.wait(1)).toBe('\rworking … 1s\x1b[K')
  })

  test('is cut to the columns that there are now, its names before its time', () => {
    const { terminal, tell } = begin()
    tell(following('web', 'api'))
    terminal.take()
    terminal.columns = 27
    expect(terminal.wait(1)).toBe('\rfollowing web, api … 1s\x1b[K')
    terminal.columns = 20
    expect(terminal.wait(1)).toBe('\rfollowing we … 2s\x1b[K')
    terminal.columns = 6
    expect(terminal.wait(1)).toBe('\r … \x1b[K')
    terminal.columns = 1
    expect(terminal.wait(1)).toBe('\r\x1b[K')
  })

  test('hides secrets, before it is cut', () => {
    const { terminal, tell } = begin(['sesame-street'])
    tell(following('web-sesame-street'))
    terminal.take()
    terminal.columns = 26
    expect(terminal.wait(1)).toBe('\rfollowing web-*** … 1s\x1b[K')
  })

  test.each<[string, (begun: ReturnType<typeof begin>) => unknown, string]>([
    ['done', ({ host }) => host.finish(report), 'Done: undefined is registered; no service was moved\n'],
    [
      'cancelled',
      ({ host }) => host.finish({ ...report, error: new StepError({ code: 'cancelled', what: 'stop' }) }),
      'error: stop\n'
    ],
    ['over before it began', ({ host }) => host.fail(new Error('no')), 'error: no\n']
  ])('is gone for good when the run is %s', async (_name, end, said) => {
    const begun = begin()
    begun.terminal.wait(1)
    await end(begun)
    expect(begun.terminal.wait(10)).toBe(`${ERASE}${said}`)
    expect(begun.terminal.hasTimers()).toBe(false)
  })

  test('is erased only where it was drawn', async () => {
    const { terminal, tell, host } = begin()
    tell(SOURCED)
    await host.finish(report)
    expect(terminal.take()).not.toContain('\x1b')
  })

  test('is not there without a terminal', () => {
    const { terminal, tell } = begin([], { screen: false })
    tell(following('web'))
    expect(terminal.wait(100)).toBe('Following web\n')
    expect(terminal.hasTimers()).toBe(false)
  })
})

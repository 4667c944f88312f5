import { WriteStream } from 'node:tty'
import { describe, expect, jest, test } from '@jest/globals'
import { type Stream, terminalOf } from '../../src/host/process-terminal.ts'

/** A terminal that judges colours as Node's do. */
const tty = (columns = 80): Stream => ({
  write: () => true,
  isTTY: true,
  columns,
  hasColors: env => WriteStream.prototype.hasColors(env)
})
const pipe: Stream = { write: () => true }

const owner = (env: Record<string, string>, stderr = tty(), stdout = tty()) => ({ env, stderr, stdout })
const XTERM = { TERM: 'xterm-256color' }

describe('colour', () => {
  test.each<[string, Record<string, string>, boolean]>([
    ['a terminal has it', XTERM, true],
    ['NO_COLOR takes it away', { ...XTERM, NO_COLOR: '1' }, false],
    ['any NO_COLOR does', { ...XTERM, NO_COLOR: '0' }, false],
    ['an empty NO_COLOR does not', { ...XTERM, NO_COLOR: '' }, true],
    ['NO_COLOR has the last word', { ...XTERM, NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['a dumb terminal has none', { TERM: 'dumb' }, false],
    ['unless it is forced to', { TERM: 'dumb', FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0 takes it away', { ...XTERM, FORCE_COLOR: '0' }, false]
  ])('%s', (_name, env, coloured) => {
    expect(terminalOf(owner(env)).coloured).toEqual({ stdout: coloured, stderr: coloured })
  })

  test.each<[string, Record<string, string>, boolean]>([
    ['a pipe has none', XTERM, false],
    ['unless it is forced', { ...XTERM, FORCE_COLOR: '1' }, true],
    ['not by an empty word', { FORCE_COLOR: '' }, false],
    ['not by 0', { FORCE_COLOR: '0' }, false],
    ['not against NO_COLOR', { FORCE_COLOR: '1', NO_COLOR: '1' }, false]
  ])('%s, and a result in a pipe never has', (_name, env, coloured) => {
    expect(terminalOf(owner(env, pipe, pipe)).coloured).toEqual({ stdout: false, stderr: coloured })
  })

  test('is one stream’s own matter', () => {
    expect(terminalOf(owner(XTERM, pipe, tty())).coloured).toEqual({ stdout: true, stderr: false })
    expect(terminalOf(owner(XTERM, tty(), pipe)).coloured).toEqual({ stdout: false, stderr: true })
  })
})

describe('a progress line', () => {
  test.each<[string, Record<string, string>, Stream, boolean]>([
    ['is for a terminal', XTERM, tty(), true],
    ['is no matter of colour', { ...XTERM, NO_COLOR: '1' }, tty(), true],
    ['is not for a dumb one', { TERM: 'dumb', FORCE_COLOR: '1' }, tty(), false],
    ['is not for a pipe', { ...XTERM, FORCE_COLOR: '1' }, pipe, false]
  ])('%s', (_name, env, stderr, isThere) => {
    expect(terminalOf(owner(env, stderr)).screen !== undefined).toBe(isThere)
  })

  test.each<[string, Stream, number]>([
    ['the columns that its terminal has', tty(120), 120],
    ['80 columns in one that says 0', tty(0), 80],
    ['80 columns in one that says nothing', { ...pipe, isTTY: true }, 80]
  ])('has %s', (_name, stderr, columns) => {
    expect(terminalOf(owner(XTERM, stderr)).screen?.columns()).toBe(columns)
  })

  test('keeps no process alive', () => {
    const set = jest.spyOn(globalThis, 'setInterval')
    const stop = terminalOf(owner(XTERM)).screen?.every(3600, () => {})
    const timer = set.mock.results[0]?.value as NodeJS.Timeout
    set.mockRestore()
    expect(timer.hasRef()).toBe(false)
    stop?.()
  })
})

test('texts go to their streams, and the status to the process', () => {
  const said: string[] = []
  const stream = (name: string): Stream => ({ write: text => said.push(`${name} ${text}`) })
  const process = { env: {}, stdout: stream('out'), stderr: stream('err'), exitCode: undefined as number | undefined }
  const terminal = terminalOf(process)
  terminal.stderr('a')
  terminal.stdout('b')
  terminal.exit(2)
  expect([said, process.exitCode]).toEqual([['err a', 'out b'], 2])
})

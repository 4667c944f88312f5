import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { StepError } from '../../src/errors.ts'
import { githubHost } from '../../src/host/github.ts'
import { runnerLog } from '../../src/host/runner-log.ts'
import type { Report } from '../../src/report/report.ts'
import { createReport, revisionArn } from '../support/report.ts'

const registration = { arn: revisionArn(8), outcome: 'registered', notes: [] } as const
const log: string[] = []
let temp = ''
let exitCode: typeof process.exitCode

beforeEach(() => {
  log.length = 0
  temp = mkdtempSync(join(tmpdir(), 'host-'))
  ;({ exitCode } = process)
  process.exitCode = undefined
})
afterEach(() => {
  process.exitCode = exitCode
  rmSync(temp, { recursive: true, force: true })
})

/** A host whose files are all right, but for those given. */
function hostWith(files: Readonly<Record<string, string>>) {
  const good = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary'), RUNNER_TEMP: temp }
  writeFileSync(good.GITHUB_OUTPUT, '')
  const host = githubHost(
    { ...good, ...files },
    runnerLog(false, text => void log.push(text))
  )
  host.hide([])
  return host
}

const registered = (): Report => createReport({ registration })

test('a summary that cannot be written is a warning: the run went as it went', async () => {
  const summary = join(temp, 'folder')
  mkdirSync(summary)
  await hostWith({ GITHUB_STEP_SUMMARY: summary }).finish(registered())
  expect(log.join('')).toMatch(/::warning::the job summary could not be written: Error: \w+/)
  expect(log.join('')).not.toContain('::error')
  expect(process.exitCode).toBeUndefined()
})

describe('an output that cannot be written', () => {
  const broken = () => hostWith({ GITHUB_OUTPUT: join(temp, 'no-such-folder', 'output') })

  test('ends the run as long as nothing was changed', () => {
    expect(() => broken().event({ kind: 'sourced', origin: 'x' }, createReport())).toThrow(/ENOENT/)
  })

  test('ends no rollout, but fails the step', async () => {
    const host = broken()
    host.event({ kind: 'registered', registration }, registered())
    expect(process.exitCode).toBeUndefined()
    await host.finish(registered())
    expect(log.join('')).toMatch(/::warning::the outputs could not be written/)
    expect(process.exitCode).toBe(1)
  })
})

test('what goes wrong after the beginning is not told as a run that did not begin', async () => {
  const host = hostWith({})
  host.fail(new StepError({ code: 'x', what: 'something broke' }), true)
  expect(log.join('')).toContain('::error::something broke')
  expect(log.join('')).not.toContain('Nothing in AWS was changed')
})

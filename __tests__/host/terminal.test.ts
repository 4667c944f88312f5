import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import type { SensorResult } from '../../src/deploy/deployment.ts'
import { InputError, StepError } from '../../src/errors.ts'
import { paintPrefixes, type Result, type Terminal, terminalHost } from '../../src/host/terminal.ts'
import type { Report, ServiceResult } from '../../src/report/report.ts'
import { note, warning } from '../../src/task-definition/definition.ts'
import { createEntry, createFleetReport, createMoved } from '../report/fleet-entries.ts'
import { FakeTerminal } from '../support/fake-terminal.ts'
import { createRendering, createReport, revisionArn } from '../support/report.ts'

const REVISION: Result = { kind: 'revision', json: false }
const RED = '\x1b[31m'
const GREEN = '\x1b[32m'
const YELLOW = '\x1b[33m'
const PLAIN = '\x1b[39m'
const BOLD = '\x1b[1m'
const THIN = '\x1b[22m'

function hostOn(terminal: Terminal, result = REVISION, secrets: readonly string[] = []) {
  const host = terminalHost(result, terminal)
  host.hide(secrets)
  return host
}

/** A report whose plan has lines of every kind that is told by how it begins. */
const report = createReport({ rendering: createRendering({ environment: new Map([['TOKEN', 'other']]) }) })

async function tellAll(colour: boolean, secrets: readonly string[] = []) {
  const terminal = new FakeTerminal({ colour })
  const host = hostOn(terminal, REVISION, secrets)
  host.event({ kind: 'sourced', origin: 'file task.json' }, report)
  host.event({ kind: 'planned' }, report)
  host.event({ kind: 'noted', note: warning('levo-pcap-sensor may lose\nwarning: what it sees') }, report)
  host.event({ kind: 'noted', note: note('is noted') }, report)
  host.event({ kind: 'following', services: ['web'] }, report)
  host.event({ kind: 'moment', service: 'web', moment: { seconds: 65, text: 'error: 1 of 2' } }, report)
  await host.finish(report)
  return terminal
}

describe('colour', () => {
  test('marks warnings, titles, the plan and the last line', async () => {
    const { stderr, stdout } = (await tellAll(true)).written
    expect(stderr.split('\n')).toEqual(
      expect.arrayContaining([
        'Task definition: file task.json',
        `${BOLD}Plan: adds levo-pcap-sensor (512 CPU units, 512 MiB)${THIN}`,
        `  ${GREEN}+  "name": "levo-pcap-sensor",${PLAIN}`,
        `${YELLOW}warning:${PLAIN} levo-pcap-sensor may lose`,
        'warning: what it sees',
        'is noted',
        `${BOLD}Following web${THIN}`,
        '[1m05s] web: error: 1 of 2',
        `${BOLD}${GREEN}Done: undefined is registered; no service was moved${PLAIN}${THIN}`
      ])
    )
    expect(stdout).toBe('\n')
  })

  test('changes nothing but the colour, and is not there where it is not taken', async () => {
    const [coloured, plain] = [await tellAll(true), await tellAll(false)]
    expect(plain.written.stderr).not.toContain('\x1b')
    expect(stripVTControlCharacters(coloured.written.stderr)).toBe(plain.written.stderr)
  })

  // Escapes within a secret would hide it from the redaction, and a secret that looks like one would break them.
  test.each([['"name": "levo-pcap-sensor"'], ['warning: levo'], ['levo'], ['[31m'], ['31']])(
    'hides %j all the same',
    async secret => {
      const [coloured, plain] = [await tellAll(true, [secret]), await tellAll(false, [secret])]
      const shown = stripVTControlCharacters(coloured.written.stderr)
      expect(shown).toBe(plain.written.stderr)
      expect(shown).toContain('***')
      expect(shown).not.toContain(secret)
    }
  )

  test.each([
    ['1 for a step', new StepError({ code: 'failed', what: 'it\nfailed' }), 'it\nfailed', 1],
    ['2 for input', new InputError(['cpu: no']), 'cpu: no', 2]
  ])('marks an error, and the exit status is %s', (_name, error, text, status) => {
    const terminal = new FakeTerminal({ colour: true })
    hostOn(terminal).fail(error)
    expect(terminal).toMatchObject({ written: { stdout: '', stderr: `${RED}error:${PLAIN} ${text}\n` }, status })
  })

  test('of what is told without a host is the same', () => {
    const [coloured, plain] = [new FakeTerminal({ colour: true }), new FakeTerminal({})]
    for (const terminal of [coloured, plain]) paintPrefixes(terminal).stderr('error: no error: here\n')
    expect(coloured.take()).toBe(`${RED}error:${PLAIN} no error: here\n`)
    expect(plain.take()).toBe('error: no error: here\n')
  })
})

test('what moves a cursor in a text of others does not reach the terminal', () => {
  const terminal = new FakeTerminal({ colour: true })
  hostOn(terminal).fail(new StepError({ code: 'failed', what: '\x1b[2J\x1b]0;pwned\x07\u009b2J\ra\tb\nc' }))
  expect(terminal.written.stderr).toBe(`${RED}error:${PLAIN} �[2J�]0;pwned��2J�a\tb\nc\n`)
})

describe('the last line is', () => {
  const sensor = (verdict: SensorResult['verdict']): SensorResult => ({
    verdict,
    expected: 'present',
    running: 1,
    tasks: []
  })
  const ended = (verdict?: SensorResult['verdict']): ServiceResult => ({
    kind: 'moved',
    deployment: {
      service: 'web',
      outcome: 'deployed',
      previousArn: revisionArn(1),
      arn: revisionArn(2),
      sensor: verdict && sensor(verdict),
      notes: []
    }
  })
  test.each<[string, Partial<Report>, string]>([
    ['green when the sensor runs', { until: 'verify', services: [ended('proven')] }, GREEN],
    ['green when nobody looked for it', { until: 'deploy', services: [ended()] }, GREEN],
    ['yellow when it does not', { until: 'deploy', services: [ended('proven'), ended('refuted')] }, YELLOW],
    ['yellow when a verification found nothing', { until: 'verify', services: [ended()] }, YELLOW]
  ])('%s', async (_name, changes, colour) => {
    const terminal = new FakeTerminal({ colour: true })
    await hostOn(terminal).finish(createReport(changes))
    expect(terminal.written.stderr.slice(0, 9)).toBe(`${BOLD}${colour}`)
  })
})

describe('the result on stdout', () => {
  test('is coloured when it is a plan, which is for people', async () => {
    const [coloured, plain] = [new FakeTerminal({ colour: true }), new FakeTerminal({})]
    for (const terminal of [coloured, plain]) await hostOn(terminal, { kind: 'plan' }, ['TOKEN']).finish(report)
    expect(coloured.written.stdout).toContain(`\n${GREEN}+  "name": "levo-pcap-sensor",${PLAIN}\n`)
    expect(coloured.written.stdout).toContain(`${GREEN}+      "name": "***",${PLAIN}`)
    expect(stripVTControlCharacters(coloured.written.stdout)).toBe(plain.written.stdout)
    expect(plain.written.stdout).not.toContain('\x1b')
  })

  test.each<[Result]>([
    [{ kind: 'definition' }],
    [{ kind: 'file' }],
    [{ kind: 'container', format: 'terraform' }],
    [{ kind: 'verdict', json: true }],
    [{ kind: 'revision', json: true }]
  ])('never is for %j', async result => {
    const terminal = new FakeTerminal({ colour: true })
    await hostOn(terminal, result).finish(report)
    expect(terminal.written.stdout).not.toContain('\x1b')
    expect(terminal.status).toBe(0)
  })

  test('with --json has the real container whatever comes of it, and redacts only what AWS said', async () => {
    const real = createReport({ rendering: createRendering({ environment: new Map([['TOKEN', 'planted-value']]) }) })
    const error = new StepError({ code: 'failed', what: 'planted-value and org-7f3a are wrong' })
    for (const failed of [{}, { error }]) {
      const terminal = new FakeTerminal({})
      const host = hostOn(terminal, { kind: 'revision', json: true }, ['org-7f3a'])
      const report = { ...real, ...failed }
      if (report.rendering !== undefined) host.event({ kind: 'rendered', rendering: report.rendering }, report)
      await host.finish(report)
      const { results, ...outputs } = JSON.parse(terminal.written.stdout)
      expect(outputs['container-definition']).toBe(JSON.stringify(real.rendering?.sensor))
      expect(outputs['container-definition']).toContain('planted-value')
      expect(JSON.stringify([results, terminal.written.stderr])).not.toMatch(/planted|org-7f3a/)
    }
  })

  test('with --json is there for a failure too, and the exit status tells it', async () => {
    const terminal = new FakeTerminal({ colour: true, screen: true })
    const error = new StepError({ code: 'failed', what: 'org-7f3a failed' })
    const host = hostOn(terminal, { kind: 'revision', json: true }, ['org-7f3a'])
    await host.finish(createReport({ error }))
    expect(JSON.parse(terminal.written.stdout)).toHaveProperty('results')
    expect(terminal.take()).toBe(`${RED}error:${PLAIN} *** failed\n`)
    expect(terminal.status).toBe(1)
  })
})

describe('a fleet on stdout', () => {
  const entries = [createMoved('web', 'rolled-back'), createEntry('api', { sensor: 'absent' })]
  const failed = createFleetReport(entries, { error: new StepError({ code: 'failed', what: 'web failed' }) })

  test('has a line for each service after a failure too, the worst first', async () => {
    const terminal = new FakeTerminal({})
    await hostOn(terminal).finishFleet(failed)
    expect(terminal.status).toBe(1)
    expect(terminal.written).toEqual({
      stdout: 'eu-west-1\tprod\tweb\t\trolled-back\neu-west-1\tprod\tapi\tabsent\tnot-begun\n',
      stderr: 'error: web failed\n'
    })
  })

  test('or all outputs as JSON', async () => {
    const terminal = new FakeTerminal({})
    await hostOn(terminal, { kind: 'revision', json: true }).finishFleet(failed)
    const { results } = JSON.parse(terminal.written.stdout) as { results: unknown[] }
    expect([terminal.status, results.length]).toEqual([1, 2])
  })
})

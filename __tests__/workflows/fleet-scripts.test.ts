import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runScript } from './run-script.ts'

const FLEET = '.github/workflows/fleet.yml'

interface Result {
  readonly service: string
  readonly [member: string]: unknown
}

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleet-scripts-'))
  mkdirSync(join(folder, 'parts'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const revision = (number: number) => `arn:aws:ecs:us-east-1:123456789012:task-definition/web:${number}`

const result = (service: string, members: object = {}): Result => ({
  region: 'us-east-1',
  cluster: 'prod',
  service,
  ...members
})

const moved = (service: string, from: number, to: number, members: object = {}): Result =>
  result(service, {
    taskDefinition: revision(to),
    previousTaskDefinition: revision(from),
    changed: true,
    outcome: 'deployed',
    ...members
  })

/** What discovering leaves of a service. */
const found = (service: string, members: object = {}): Result =>
  result(service, { taskDefinition: revision(1), changed: true, sensor: 'absent', ...members })

function part(name: string, results: readonly Result[]): void {
  writeFileSync(join(folder, 'parts', name), JSON.stringify(results))
}

async function merge(): Promise<Result[]> {
  await runScript(FLEET, 'summary', 'the results of all parts', {}, { RUNNER_TEMP: folder })
  return JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'))
}

async function summarize(env: Record<string, string> = {}): Promise<string> {
  const known = { MODE: 'install', DISCOVERED: 'success', COUNT: '2', ARTIFACT: 'levo-sensor-fleet' }
  const told = await runScript(FLEET, 'summary', 'the summary', { ...known, ...env }, { RUNNER_TEMP: folder })
  return told.summary
}

describe('the inputs', () => {
  const failuresOf = async (mode: string, lacks: boolean) => {
    const env = { MODE: mode, LACKS: String(lacks) }
    return (await runScript(FLEET, 'discover', 'the inputs fit together', env)).failures
  }

  test.each([
    ['install', false],
    ['remove', false],
    ['remove', true]
  ])('%s goes on, what installing needs lacks: %s', async (mode, lacks) => {
    expect(await failuresOf(mode, lacks)).toEqual([])
  })

  test('to install, what the sensor needs has to be given', async () => {
    expect(await failuresOf('install', true)).toEqual([
      'mode: install needs satellite-url, levo-env and the secret levoai-org-id'
    ])
  })

  test('any other mode is refused', async () => {
    expect(await failuresOf('verify', false)).toEqual(['mode: must be install or remove'])
    expect(await failuresOf('', true)).toEqual(['mode: must be install or remove'])
  })
})

describe('the Regions', () => {
  const regionsOf = async (regions: string[] | null) => {
    const env = { REGIONS: JSON.stringify(regions, null, 2) }
    return JSON.parse((await runScript(FLEET, 'discover', 'regions', env)).outputs.regions ?? '')
  }

  test('each Region gets the places of its parts in the matrix', async () => {
    expect(await regionsOf(['eu-west-1', 'us-east-1', 'us-east-1'])).toEqual({
      include: [
        { region: 'eu-west-1', parts: '[0]' },
        { region: 'us-east-1', parts: '[1,2]' }
      ]
    })
  })

  test('an empty matrix gives none', async () => {
    expect(await regionsOf([])).toEqual({ include: [] })
    expect(await regionsOf(null)).toEqual({ include: [] })
  })
})

describe('the results of all parts', () => {
  test('failures come first, and what no part tells of was refused or not begun', async () => {
    part('1.discover.json', [
      found('good'),
      found('bad'),
      found('late'),
      found('windows', { sensor: 'refused', outcome: 'refused', reason: 'Windows' })
    ])
    part('1.0.json', [moved('good', 1, 2)])
    part('1.1.json', [moved('bad', 1, 2, { outcome: 'rolled-back', code: 'failed', reason: 'no image' })])
    expect(await merge()).toEqual([
      moved('bad', 1, 2, { outcome: 'rolled-back', code: 'failed', reason: 'no image' }),
      result('windows', { sensor: 'refused', outcome: 'refused', reason: 'Windows' }),
      result('late', { sensor: 'absent', outcome: 'not-begun' }),
      moved('good', 1, 2)
    ])
  })

  test('of two attempts the later one counts, and restoring goes back to before the first', async () => {
    part('1.discover.json', [found('web')])
    part('1.0.json', [moved('web', 1, 2, { outcome: 'failed', code: 'failed', reason: 'no image' })])
    part('2.0.json', [moved('web', 2, 2, { outcome: 'already-running', changed: false })])
    expect(await merge()).toEqual([moved('web', 1, 2, { outcome: 'already-running', changed: false })])
  })

  test('the tenth attempt is later than the second', async () => {
    part('10.0.json', [moved('web', 2, 3)])
    part('2.0.json', [moved('web', 1, 2)])
    expect(await merge()).toEqual([moved('web', 1, 3)])
  })

  test('what somebody deployed between two attempts is what restoring goes back to', async () => {
    part('1.0.json', [moved('web', 1, 2)])
    part('2.0.json', [moved('web', 7, 8)])
    expect(await merge()).toEqual([moved('web', 7, 8)])
  })

  test('a service that a later attempt did not get to keeps what the earlier one gave it', async () => {
    part('1.0.json', [moved('web', 1, 2)])
    part('2.0.json', [result('web', { previousTaskDefinition: revision(2), outcome: 'not-begun' })])
    expect(await merge()).toEqual([moved('web', 1, 2, { outcome: 'not-begun', changed: undefined })])
  })

  test('what is no result of a part is left alone', async () => {
    part('results.json', [moved('other', 1, 2)])
    part('1.0.json', [moved('web', 1, 2)])
    expect(await merge()).toEqual([moved('web', 1, 2)])
  })

  test('services of one name in two clusters are two', async () => {
    part('1.0.json', [moved('web', 1, 2), moved('web', 1, 2, { cluster: 'stage' })])
    expect(await merge()).toHaveLength(2)
  })

  test('a dry run tells what would change', async () => {
    part('1.0.json', [
      result('new', { changed: true }),
      result('old', { changed: false }),
      result('same', { changed: false, outcome: 'already-running' })
    ])
    expect((await merge()).map(({ service, outcome }) => [service, outcome])).toEqual([
      ['new', 'would change'],
      ['old', 'unchanged'],
      ['same', 'already-running']
    ])
  })
})

describe('the summary', () => {
  test('counts by outcome, then failures first, with what markdown would take for its own escaped', async () => {
    part('1.0.json', [
      moved('good', 1, 2, { url: 'https://console.example.com/good' }),
      moved('bad', 1, 2, { outcome: 'failed', reason: 'a | b <c> [d]\nsecond line' })
    ])
    await merge()
    expect(await summarize()).toBe(`## Fleet: install

| outcome | services |
| --- | ---: |
| deployed | 1 |
| failed | 1 |

| service | outcome | reason |
| --- | --- | --- |
| us-east-1/prod/bad | failed | a \\| b &lt;c> \\[d\\] second line |
| [us-east-1/prod/good](https://console.example.com/good) | deployed |  |

All of it is in results.json of the artifact levo-sensor-fleet, which \`mode: restore\` takes as \`results-file\`.
`)
  })

  test('an empty matrix is said, and what was refused is listed', async () => {
    part('1.discover.json', [found('windows', { outcome: 'refused', reason: 'Windows' })])
    await merge()
    const text = await summarize({ COUNT: '0' })
    expect(text).toContain('There is no service to do: no part was begun.')
    expect(text).toContain('| us-east-1/prod/windows | refused | Windows |')
  })

  test('nothing at all is said as well', async () => {
    // Without an artifact there is no folder.
    rmSync(join(folder, 'parts'), { recursive: true })
    expect(await merge()).toEqual([])
    expect(await summarize({ COUNT: '0' })).toBe('## Fleet: install\n\nThere is no service to do: no part was begun.\n')
    expect(await summarize({ DISCOVERED: 'failure', COUNT: '' })).toContain('nothing was begun: see the job discover.')
  })

  test('a large fleet is cut', async () => {
    part(
      '1.0.json',
      Array.from({ length: 400 }, (_, index) => moved(`web-${index}`, 1, 2))
    )
    await merge()
    expect(await summarize()).toContain('… and 100 more, in results.json.')
  })
})

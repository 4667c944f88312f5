import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type ActionRun, runAction } from '../../scripts/runner.ts'
import { SENSOR } from '../support/flow-scene.ts'

// Each run is a process that reads its sources.
jest.setTimeout(30_000)

const ENTRY = join(import.meta.dirname, '../support/action-from-source.ts')

const TASK = `{
  "family": "shop",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "awsvpc",
  "cpu": "1024",
  "memory": "2048",
  "executionRoleArn": "arn:aws:iam::123456789012:role/shop",
  "containerDefinitions": [
    {
      "name": "till",
      "image": "nginx:1",
      "enviroment": [],
      "portMappings": [
        { "containerPort": 443 }
      ]
    }
  ]
}
`

let folder = ''
let workspace = ''
const runs: ActionRun[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'annotations-'))
  workspace = join(folder, 'workspace')
})
afterEach(() => Promise.all(runs.splice(0).map(run => run.dispose())))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The annotations of a dry run of a file with this text, as the runner reads them; and how the run ended. */
async function annotationsOf(path: string, text: string, inputs: Record<string, string> = {}) {
  const file = join(workspace, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
  const run = await runAction({
    entry: ENTRY,
    workspace,
    inputs: { ...SENSOR, 'task-definition': path, 'dry-run': 'true', ...inputs },
    env: { AWS_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true' }
  })
  runs.push(run)
  const lines = run.stdout.split('\n').filter(line => /^::(?:warning|error)/.test(line))
  return { status: run.status, lines }
}

const on = (level: string, file: string, line: number) =>
  `::${level} title=Levo PCAP sensor,file=${file},line=${line}::`

describe('a warning is shown', () => {
  test('on its line of the file, and beside none when it is about something else', async () => {
    const { status, lines } = await annotationsOf('deploy/task.json', TASK, { memory: '100', strange: 'x' })
    expect(status).toBe(0)
    expect(lines).toEqual([
      expect.stringMatching(/^::warning::unexpected input strange/),
      expect.stringContaining(`${on('warning', 'deploy/task.json', 12)}unknown to this version`),
      expect.stringContaining(`${on('warning', 'deploy/task.json', 8)}no container writes to`),
      expect.stringContaining(`${on('warning', 'deploy/task.json', 14)}till listens on port 443`),
      expect.stringMatching(/^::warning::the sensor has 100 MiB/)
    ])
  })

  test('without a line when the file is outside of the workspace', async () => {
    const { status, lines } = await annotationsOf('../temp/task.json', TASK)
    expect(status).toBe(0)
    expect(lines).toContainEqual(expect.stringMatching(/^::warning::till listens on port 443/))
    expect(lines.join()).not.toContain('file=')
  })

  test('without a secret, in the name of the file too', async () => {
    const { lines } = await annotationsOf('a,hunter2/task.json', TASK.replace('"till"', '"hunter2"'), {
      'levoai-org-id': 'hunter2'
    })
    expect(lines).toContainEqual(expect.stringContaining(`${on('warning', 'a%2C***/task.json', 14)}*** listens`))
    expect(lines.join()).not.toContain('hunter2')
  })
})

describe('an error is shown', () => {
  test('once, whole and on its line, when one thing is wrong', async () => {
    const { status, lines } = await annotationsOf('task.json', TASK.replace('awsvpc', 'bridge'))
    expect(status).toBe(1)
    expect(lines.filter(line => line.startsWith('::error'))).toEqual([
      expect.stringContaining(`${on('error', 'task.json', 4)}no sensor for this task: networkMode is "bridge"`)
    ])
  })

  test('for each of several things on its line, and whole behind them', async () => {
    const { status, lines } = await annotationsOf('task.json', TASK, { cpu: '2000', memory: '4000' })
    expect(status).toBe(1)
    expect(lines.filter(line => line.startsWith('::error'))).toEqual([
      expect.stringContaining(`${on('error', 'task.json', 5)}the containers reserve 2000 CPU units`),
      expect.stringContaining(`${on('error', 'task.json', 6)}the containers claim 4000 MiB`),
      expect.stringContaining(`${on('error', 'task.json', 6)}levo-pcap-sensor has a memory limit of 4000 MiB`),
      expect.stringMatching(/^::error::the sensor does not fit into the task:%0A- the containers.*Ways out/)
    ])
  })

  test('where a file can not be read', async () => {
    const { status, lines } = await annotationsOf('task.json', TASK.replace('"cpu": "1024",', '"cpu": "1024"'))
    expect(status).toBe(1)
    expect(lines).toEqual([
      `${on('error', 'task.json', 6)}task-definition: task.json is not valid JSON: comma expected at line 6, column 3`
    ])
  })

  test('where a YAML file is no definition: as many as GitHub shows, the whole among them', async () => {
    const text = `containerDefinitions:\n${'- name: a\n'.repeat(12)}`
    const { status, lines } = await annotationsOf('task.yml', text)
    expect(status).toBe(1)
    expect(lines).toHaveLength(10)
    expect(lines[0]).toBe(
      `${on('error', 'task.yml', 3)}task-definition: task.yml: containerDefinitions[1]: the name "a" is used twice`
    )
    expect(lines[9]).toMatch(/^::error::11 problems with the input:/)
  })

  test('without a line when it is about an option', async () => {
    const { lines } = await annotationsOf('task.json', TASK, { cpu: '0', memory: '10', 'memory-reservation': '11' })
    const errors = lines.filter(line => line.startsWith('::error'))
    expect(errors).toEqual([expect.stringMatching(/^::error::.*memory-reservation/)])
  })
})

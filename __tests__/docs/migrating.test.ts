import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { runIn } from '../support/command-run.ts'
import { blocksOf, readText } from './read-documents.ts'

const workspace = mkdtempSync(join(tmpdir(), 'migrating-'))
afterAll(() => rmSync(workspace, { recursive: true, force: true }))

interface Documented {
  readonly image: string
  readonly cpu: number
  readonly memory: number
  readonly flags: readonly string[]
}

/** As Levo's pages have it, in the example's task of 1024 CPU units and 2048 MiB. */
const BY_HAND: Documented = { image: 'levoai/pcap-sensor:0.1.9', cpu: 512, memory: 512, flags: ['--rate-limit', '500'] }
const BY_SCRIPT: Documented = {
  image: 'levoai/pcap-sensor:0.2.1',
  cpu: 51,
  memory: 102,
  flags: ['--rate-limit', '50.0', '--trace-export-interval', '1.0', '--stream-timeout-seconds', '1.0']
}

function toContainer({ image, cpu, memory, flags }: Documented) {
  return {
    name: 'levo-pcap-sensor',
    image,
    cpu,
    memory,
    portMappings: [],
    essential: false,
    entryPoint: ['./bin/init', 'apidump', ...SENSOR, ...flags],
    environment: [{ name: 'LEVO_AWS_REGION', value: 'us-east-1' }],
    mountPoints: [],
    volumesFrom: [],
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': '/ecs/web-pcap',
        'awslogs-create-group': 'true',
        'awslogs-region': 'us-east-1',
        'awslogs-stream-prefix': 'ecs-pcap'
      }
    }
  }
}

const SENSOR = [
  ...['--satellite-url', 'https://satellite.example.com'],
  ...['--levo-env', 'production', '--levoai-org-id', 'example']
]

/** The plan for the example with that sensor in it, by the inputs of a block of the page. */
async function planFor(sensor: Documented, inputs: Readonly<Record<string, unknown>>): Promise<string> {
  const example = JSON.parse(readText('examples/task-definition.json'))
  const containerDefinitions = [...example.containerDefinitions, toContainer(sensor)]
  writeFileSync(join(workspace, 'web.json'), JSON.stringify({ ...example, containerDefinitions }))
  const flags = Object.entries(inputs).flatMap(([name, value]) => [`--${name}`, String(value)])
  const argv = ['render', '--task-definition', 'web.json', '--aws-region', 'us-east-1', ...SENSOR, ...flags, '--plan']
  const { stdout, status } = await runIn(workspace, argv)
  expect(status).toBe(0)
  return stdout
}

const inputsOf = (name: string): Record<string, unknown> =>
  blocksOf('docs/migrating.md', 'yaml')
    .map(block => parse(block))
    .find(inputs => inputs['sensor-profile'] === name)

test.each([
  ['standard', BY_HAND],
  ['proportional', BY_SCRIPT]
])('the inputs for %s give exactly what was there', async (profile, sensor) => {
  expect(await planFor(sensor, inputsOf(profile))).toBe('')
})

test.each([
  ['by hand', BY_HAND],
  ['by the script', BY_SCRIPT]
])('without them the plan of one that was put in %s says what is lost', async (_how, sensor) => {
  const plan = await planFor(sensor, {})
  expect(plan).toContain('lost with the sensor that was there')
  expect(plan).toContain('-log configuration to /ecs/web-pcap, stream prefix ecs-pcap')
})

import { beforeEach, describe, expect, test } from '@jest/globals'
import type { ActionRun } from '../../scripts/runner.ts'
import type { JsonObject } from '../../stand-in/json.ts'
import { type CommandRun, useStage } from '../support/bundle-stage.ts'
import { counter, shop } from '../support/flow-definitions.ts'
import type { Inputs } from '../support/flow-scene.ts'

const stage = useStage()

/** Each planted once, none of them a part of another text. */
const PLANTED = {
  appValue: 'planted-app-value',
  appSecret: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:planted-app',
  oldValue: 'planted-old-value',
  oldSecret: 'arn:aws:ssm:us-east-1:123456789012:parameter/planted-old',
  oldOrg: 'planted-old-org',
  oldPassword: 'planted-old-password',
  oldArgument: 'planted-old-argument',
  org: 'planted-org-id',
  password: 'planted-password',
  argument: 'planted-argument',
  value: 'planted-value',
  secret: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:planted-new',
  token: 'planted-splunk-token'
}

const INPUTS: Inputs = {
  'satellite-url': `https://someone:${PLANTED.password}@satellite.example.com`,
  'levoai-org-id': PLANTED.org,
  'extra-args': `--proxy\n${PLANTED.argument}\n--telemetry=${PLANTED.argument}`,
  'environment-variables': `PASSWORD=${PLANTED.value}`,
  secrets: `TOKEN=${PLANTED.secret}`,
  'log-configuration-log-driver': 'splunk',
  'log-configuration-options': `splunk-token=${PLANTED.token}\nsplunk-url=https://splunk.example.com`
}

function definition(entryPoint: readonly string[], changes: JsonObject = {}): JsonObject {
  const app = counter({
    environment: [{ name: 'PASSWORD', value: PLANTED.appValue }],
    secrets: [{ name: 'KEY', valueFrom: PLANTED.appSecret }]
  })
  const sensor = {
    name: 'levo-pcap-sensor',
    image: 'levoai/pcap-sensor:0.1.0',
    essential: false,
    memory: 64,
    entryPoint,
    environment: [{ name: 'PASSWORD', value: PLANTED.oldValue }],
    secrets: [{ name: 'TOKEN', valueFrom: PLANTED.oldSecret }]
  }
  return shop({ containerDefinitions: [app, sensor], ...changes })
}

const OLD_URL = `https://someone:${PLANTED.oldPassword}@old.example.com`
const OLD_ARGUMENTS = [
  ...['./bin/init', 'apidump', '--satellite-url', OLD_URL, '--levoai-org-id', PLANTED.oldOrg],
  ...['--unknown', PLANTED.oldArgument]
]

beforeEach(() => {
  const s = stage()
  s.standIn.account.addTaskDefinition(definition(OLD_ARGUMENTS))
  s.standIn.account.addService({ name: 'web', taskDefinition: 'shop:1' })
})

/** Everything that people can read, without the lines that tell the runner what to mask. */
function readable(run: CommandRun & { summary?: string }): string {
  const { stdout, stderr, summary = '' } = run
  return [stdout, stderr, summary]
    .join('\n')
    .split('\n')
    .filter(line => !line.startsWith('::add-mask::'))
    .join('\n')
}

function expectNothingPlanted(text: string): void {
  const found = Object.entries(PLANTED).filter(([, value]) => text.includes(value))
  expect(found.map(([name]) => name)).toEqual([])
}

/** GitHub withholds a job's output that holds a masked value, so the others must not. */
function outputsBesideContainer({ outputs }: ActionRun): string {
  return JSON.stringify(Object.entries(outputs).filter(([name]) => name !== 'container-definition'))
}

const DEBUG = { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true' }

describe.each([
  ['without debug logging', {}],
  ['with debug logging', DEBUG]
])('%s', (_logging, debug) => {
  test.each<[string, Inputs, number]>([
    ['a run', { service: 'web' }, 0],
    ['a dry run', { service: 'web', 'dry-run': 'true' }, 0],
    ['no room', { service: 'web', memory: '4096' }, 1],
    ['bad input', { service: 'web', 'extra-args': `${PLANTED.argument}`, secrets: PLANTED.secret, cpu: '-' }, 1],
    ['no such service', { service: 'nobody' }, 1]
  ])('%s', async (_case, inputs, status) => {
    const s = stage()
    const run = await s.action({ ...INPUTS, ...inputs }, { ...s.credentials, ...debug })
    expect(run.status).toBe(status)
    expectNothingPlanted(readable(run))
    for (const secret of [PLANTED.org, PLANTED.password]) expect(run.stdout).toContain(`::add-mask::${secret}`)
  })

  test('a denied call', async () => {
    const s = stage()
    s.standIn.fault({ operation: 'RegisterTaskDefinition', kind: 'deny' })
    const run = await s.action({ ...INPUTS, service: 'web' }, { ...s.credentials, ...debug })
    expect(run.status).toBe(1)
    expect(run.stdout).toContain('ecs:RegisterTaskDefinition')
    expectNothingPlanted(readable(run))
  })

  test('an error of ECS that repeats what it was sent', async () => {
    const s = stage()
    const message = `Invalid argument: ${PLANTED.org} https://someone:${PLANTED.password}@satellite.example.com`
    const refusal = { kind: 'error', status: 400, code: 'ClientException', message } as const
    s.standIn.fault({ operation: 'RegisterTaskDefinition', ...refusal })
    const run = await s.action({ ...INPUTS, service: 'web' }, { ...s.credentials, ...debug })
    expect(run.stdout).toContain('Invalid argument: ***')
    expectNothingPlanted(readable(run))
    expectNothingPlanted(outputsBesideContainer(run))
  })
})

test('the mask comes before anything else is printed', async () => {
  const run = await stage().action({ ...INPUTS, service: 'web' })
  expect(run.stdout.split('\n')[0]).toMatch(/^::add-mask::/)
})

test('the rendered file and the container output hold the real values', async () => {
  const run = await stage().action({ ...INPUTS, service: 'web' })
  const text = run.outputs['container-definition'] ?? ''
  for (const name of ['org', 'password', 'argument', 'value', 'secret', 'token'] as const) {
    expect(text).toContain(PLANTED[name])
  }
  expectNothingPlanted(outputsBesideContainer(run))
})

describe('an old sensor whose arguments are one text', () => {
  test.each([
    ['in a list', [`./bin/init apidump --levoai-org-id ${PLANTED.oldOrg} --unknown ${PLANTED.oldArgument}`]],
    [
      'for a shell',
      ['sh', '-c', `exec ./bin/init apidump --satellite-url ${OLD_URL} --levoai-org-id ${PLANTED.oldOrg}`]
    ],
    [
      'with values behind =',
      ['./bin/init', 'apidump', `--levoai-org-id=${PLANTED.oldOrg}`, `--satellite-url=${OLD_URL}`]
    ]
  ])('%s', async (_form, entryPoint) => {
    const s = stage()
    await s.file('old.json', definition(entryPoint))
    const run = await s.action({ ...INPUTS, 'task-definition': 'old.json', 'dry-run': 'true' })
    expect(run.status).toBe(0)
    expect(run.stdout).toContain('--satellite-url')
    expectNothingPlanted(readable(run))
  })

  test('in place of a list', async () => {
    const s = stage()
    const entryPoint = `./bin/init apidump --levoai-org-id ${PLANTED.oldOrg}` as unknown as string[]
    await s.file('old.json', definition(entryPoint))
    const run = await s.action({ ...INPUTS, 'task-definition': 'old.json', 'dry-run': 'true' })
    expectNothingPlanted(readable(run))
  })
})

describe('a satellite URL that is no URL because of its password', () => {
  test.each([
    ['with a slash', `https://someone:${PLANTED.password}/+=@satellite.example.com`],
    ['with a blank', `https://someone:${PLANTED.password} x@satellite.example.com`],
    ['with an @', `https://someone:p@${PLANTED.password}@satellite.example.com`],
    ['under another scheme', `ftp://someone:${PLANTED.password}/x@satellite.example.com`],
    ['without a scheme', `someone:${PLANTED.password}@satellite.example.com`]
  ])('%s', async (_kind, url) => {
    const run = await stage().action({ service: 'web', 'dry-run': 'true', 'satellite-url': url })
    expectNothingPlanted(readable(run))
  })
})

test('a YAML file that cannot be read is not quoted', async () => {
  const s = stage()
  await s.file('alias.yml', `family: shop\ncontainerDefinitions:\n  - name: a\n    password: *${PLANTED.appValue}\n`)
  await s.file('broken.yml', `family: "shop\ncontainerDefinitions:\n  - {name: a, password: ${PLANTED.appValue}\n`)
  await s.file('broken.json', `{"family": "shop", "password": "${PLANTED.appValue}", oops`)
  for (const name of ['alias.yml', 'broken.yml', 'broken.json']) {
    const run = await s.action({ 'task-definition': name, 'dry-run': 'true' }, { ...s.credentials, ...DEBUG })
    expect(run.stdout).toMatch(new RegExp(`^::error(?: .*?)?::task-definition: ${name} is not`, 'm'))
    expectNothingPlanted(readable(run))
  }
})

describe('the command', () => {
  const flags = Object.entries({ ...INPUTS, 'levo-env': 'x', 'check-image': 'off' }).flatMap(([name, value]) => [
    `--${name}`,
    value
  ])

  test.each([
    ['install', ['install', '--service', 'web'], 0],
    ['render --plan', ['render', '--plan', '--service', 'web'], 0],
    ['no room', ['install', '--service', 'web', '--memory', '4096'], 1],
    ['bad input', ['install', '--service', 'web', '--cpu', '-'], 2]
  ])('%s', async (_case, args, status) => {
    const run = await stage().command([...args, ...flags])
    expect(run.status).toBe(status)
    expectNothingPlanted(readable(run))
  })

  test('render leaves them in the result, not in the text beside it', async () => {
    const run = await stage().command(['render', '--service', 'web', ...flags])
    expect(run.stdout).toContain(PLANTED.org)
    expectNothingPlanted(run.stderr)
  })
})

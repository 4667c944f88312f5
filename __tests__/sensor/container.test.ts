import { describe, expect, test } from '@jest/globals'
import { InputError } from '../../src/errors.ts'
import { buildContainer, type SensorOptions } from '../../src/sensor/container.ts'
import type { Definition } from '../../src/task-definition/definition.ts'
import { fargateDefinition, unsizedDefinition } from '../fixtures/definitions.ts'
import { createSensorOptions } from '../support/options.ts'

function build(overrides: Partial<SensorOptions>, definition: Definition = fargateDefinition()) {
  const app = definition.containerDefinitions
  return buildContainer(createSensorOptions(overrides), definition, app, { region: 'eu-west-1' }).container
}

function problemsOf(action: () => unknown): readonly string[] {
  try {
    action()
  } catch (error) {
    if (error instanceof InputError) return error.problems
    throw error
  }
  return []
}

const percent = (value: number) => ({ kind: 'share', percent: value }) as const
const units = (value: number) => ({ kind: 'units', units: value }) as const

test('the members of every option stand in one order', () => {
  const container = build({
    repositoryCredentials: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:registry',
    memoryReservation: 64,
    environment: new Map([['HTTPS_PROXY', 'http://proxy:3128']]),
    secrets: new Map([['TOKEN', 'arn:aws:ssm:eu-west-1:111122223333:parameter/token']]),
    dockerLabels: new Map([['team', 'shop']]),
    logs: { kind: 'whole', logDriver: 'splunk', options: { 'splunk-url': 'https://logs' } }
  })
  expect(Object.keys(container)).toEqual([
    'name',
    'image',
    'repositoryCredentials',
    'cpu',
    'memory',
    'memoryReservation',
    'portMappings',
    'essential',
    'entryPoint',
    'environment',
    'secrets',
    'mountPoints',
    'volumesFrom',
    'dockerLabels',
    'logConfiguration'
  ])
  expect(container).toMatchObject({
    repositoryCredentials: { credentialsParameter: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:registry' },
    memoryReservation: 64,
    environment: [
      { name: 'LEVO_AWS_REGION', value: 'eu-west-1' },
      { name: 'HTTPS_PROXY', value: 'http://proxy:3128' }
    ],
    secrets: [{ name: 'TOKEN', valueFrom: 'arn:aws:ssm:eu-west-1:111122223333:parameter/token' }],
    dockerLabels: { team: 'shop' },
    logConfiguration: { logDriver: 'splunk', options: { 'splunk-url': 'https://logs' } }
  })
})

test('what is not given is left out, and nothing is essential, mapped or added as a capability', () => {
  const container = build({})
  expect(Object.keys(container)).toEqual([
    'name',
    'image',
    'cpu',
    'memory',
    'portMappings',
    'essential',
    'entryPoint',
    'environment',
    'mountPoints',
    'volumesFrom'
  ])
  expect(container).toMatchObject({ essential: false, portMappings: [], mountPoints: [], volumesFrom: [] })
})

test('name and image are those of the inputs, and further arguments come last as given', () => {
  const container = build({ containerName: 'tap', image: 'mirror/s@sha256:00', extraArgs: ['--debug', 'a,b "c"'] })
  expect(container).toMatchObject({ name: 'tap', image: 'mirror/s@sha256:00' })
  expect((container.entryPoint as string[]).slice(-3)).toEqual(['org-7f3a', '--debug', 'a,b "c"'])
})

test('an environment variable of the user replaces the one of ours in its place', () => {
  const environment = new Map([
    ['A', ''],
    ['LEVO_AWS_REGION', 'us-east-2']
  ])
  expect(build({ environment }).environment).toEqual([
    { name: 'LEVO_AWS_REGION', value: 'us-east-2' },
    { name: 'A', value: '' }
  ])
})

describe('sizes', () => {
  test.each([
    ['units are taken as they are', units(100), units(300), '2048', '8192', 100, 300],
    ['no CPU reservation', units(0), units(6), '2048', '8192', 0, 6],
    ['5 % of .25 vCPU and 512 MiB, rounded down', percent(5), percent(5), '256', '512', 12, 25],
    ['5 % of 1 vCPU and 2 GB in words', percent(5), percent(5), '1 vCPU', '2GB', 51, 102],
    ['12.5 % of 1 vCPU', percent(12.5), percent(12.5), '1024', '2048', 128, 256],
    ['all of it', percent(100), percent(100), '1024', '2048', 1024, 2048]
  ])('%s', (_name, cpu, memory, taskCpu, taskMemory, expectedCpu, expectedMemory) => {
    const container = build({ cpu, memory }, fargateDefinition({ cpu: taskCpu, memory: taskMemory }))
    expect([container.cpu, container.memory]).toEqual([expectedCpu, expectedMemory])
  })

  test('given sizes go before those of a named profile, one by one', () => {
    expect(build({ profile: 'standard', cpu: units(1) })).toMatchObject({ cpu: 1, memory: 512 })
    expect(build({ profile: 'low-resource', memory: units(300) })).toMatchObject({ cpu: 256, memory: 300 })
  })

  test('a share of a task without a size is an input error for each', () => {
    const problems = problemsOf(() => build({ profile: 'proportional' }, unsizedDefinition()))
    expect(problems).toEqual([
      expect.stringMatching(/^cpu: 5% is a share of the task's cpu.*Give cpu as a number/),
      expect.stringMatching(/^memory: 5% is a share of the task's memory.*Give memory as a number/)
    ])
  })

  test.each([
    [119, 'memory: comes to 5 MiB'],
    [120, undefined]
  ])('5 %% of %i MiB is judged against the least that a container can have', (memory, problem) => {
    const action = () => build({ memory: percent(5) }, unsizedDefinition({ cpu: '256', memory: String(memory) }))
    expect(problemsOf(action)).toEqual(problem === undefined ? [] : [expect.stringContaining(problem)])
  })
})

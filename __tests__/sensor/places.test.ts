import { describe, expect, test } from '@jest/globals'
import { InputError, type Path, StepError } from '../../src/errors.ts'
import type { SensorOptions } from '../../src/sensor/container.ts'
import { type Change, type RenderContext, render } from '../../src/sensor/render.ts'
import type { Container, Definition, JsonObject } from '../../src/task-definition/definition.ts'
import { appContainer, awslogs, fargateDefinition, oldSensor, unsizedDefinition } from '../fixtures/definitions.ts'
import { createSensorOptions } from '../support/options.ts'

type Options = Partial<SensorOptions>

const helper = () => appContainer({ name: 'helper', cpu: 256, essential: false, logConfiguration: awslogs('/shop') })
/** A helper, then the shop with these members. */
const second = (members: JsonObject, task: JsonObject = {}) =>
  fargateDefinition({ containerDefinitions: [helper(), appContainer(members)], ...task })
const containers = (...containerDefinitions: readonly Container[]) => fargateDefinition({ containerDefinitions })
const shop = (...within: Path): Path => ['containerDefinitions', 1, ...within]
const units = (number: number) => ({ kind: 'units', units: number }) as const

const installing = (options: Options): Change => ({ kind: 'install', sensor: createSensorOptions(options) })

/** The places of the warnings with these words, of which there must be one. */
function warned(
  words: string,
  definition: Definition,
  options: Options = {},
  context: Partial<RenderContext> = {}
): unknown {
  const { notes } = render(definition, installing(options), { region: 'eu-west-1', ...context })
  const found = notes.filter(({ level, text }) => level === 'warning' && text.includes(words))
  expect(found).toHaveLength(1)
  return found[0]?.at
}

function failed(definition: Definition, change: Change) {
  try {
    render(definition, change, { region: 'eu-west-1' })
  } catch (error) {
    if (error instanceof StepError || error instanceof InputError) return error.faults.map(({ at }) => at)
    throw error
  }
  throw new Error('nothing failed')
}

describe('a warning has the place of', () => {
  const tls = [{ containerPort: 80 }, { containerPort: 443 }]
  const grpc = [{ containerPort: 80 }, { containerPort: 81, appProtocol: 'grpc' }]

  test.each<[string, string, Definition, Path, Options?]>([
    ['the network mode', 'whole instance', unsizedDefinition({ networkMode: 'host' }), ['networkMode']],
    ['a network mode that is not there', 'awsvpc only', fargateDefinition({ networkMode: '' }), ['networkMode']],
    ['the port for TLS', 'port 443', second({ portMappings: tls }), shop('portMappings', 1)],
    [
      'a port behind what is none',
      'port 443',
      second({ portMappings: ['x', ...tls] as unknown[] }),
      shop('portMappings', 2)
    ],
    ['the protocol', 'speaks grpc', second({ portMappings: grpc }), shop('portMappings', 1, 'appProtocol')],
    [
      'the architecture',
      'on ARM64',
      fargateDefinition({ runtimePlatform: { cpuArchitecture: 'ARM64' } }),
      ['runtimePlatform', 'cpuArchitecture']
    ],
    ['the CPU that is outweighed', 'comes first', second({ cpu: 128 }), shop('cpu'), { cpu: units(256) }],
    ['what is out of balance', 'no Fargate size', fargateDefinition({ cpu: '300' }), ['cpu']],
    ['the CPU that is not there', 'task-level cpu', fargateDefinition({ cpu: undefined }), ['cpu']],
    ['the memory that is not there', 'task-level memory', fargateDefinition({ memory: 'x' }), ['memory']],
    [
      'what the task has no room for already',
      'without the sensor already',
      second({ cpu: 2048 }),
      ['cpu'],
      { cpu: units(0), memory: units(200) }
    ],
    [
      'what is unchecked',
      '(unchecked)',
      second({ memory: 7000 }),
      ['memory'],
      { taskSize: 'unchecked', memory: units(512) }
    ],
    [
      'the size that grows',
      'the task grows',
      second({ cpu: 2048 }, { cpu: '2048' }),
      ['cpu'],
      { taskSize: 'grow', profile: 'standard' }
    ],
    [
      'the memory that grows alone',
      'the task grows',
      second({ memory: 7100 }),
      ['memory'],
      { taskSize: 'grow', memory: units(512) }
    ],
    [
      'the role that is not there',
      'no executionRoleArn',
      second({}, { executionRoleArn: undefined }),
      ['executionRoleArn']
    ],
    ['the containers without a log', 'could share', fargateDefinition(), ['containerDefinitions']],
    ['the sensor that is replaced', 'loses it', containers(helper(), oldSensor(), appContainer()), shop()],
    [
      'the second sensor',
      'left out',
      containers(appContainer(), oldSensor(), oldSensor({ name: 'second' })),
      ['containerDefinitions', 2]
    ]
  ])('%s', (_name, words, definition, at, options = {}) => {
    expect(warned(words, definition, options)).toEqual(at)
  })

  test('what stands behind sensors that go, as it was before', () => {
    const before = containers(oldSensor(), oldSensor({ name: 'second' }), appContainer({ cpu: 256, portMappings: tls }))
    expect(warned('port 443', before)).toEqual(['containerDefinitions', 2, 'portMappings', 1])
  })

  test.each<[string, string, Options, Partial<RenderContext>]>([
    ['an option', 'less than the 200', { memory: units(100) }, {}],
    ['the image', 'every other image', {}, {}],
    ['overrides', 'privileged', { overrides: { privileged: true } }, {}],
    ['a service', 'no public address', {}, { publicAddresses: false }],
    ['services', 'from Docker Hub', {}, { tasks: 11 }]
  ])('nothing when it is about %s', (_name, words, options, context) => {
    expect(warned(words, fargateDefinition(), options, context)).toBeUndefined()
  })
})

describe('a refusal has the place of', () => {
  const secrets = new Map([['A', 'arn:aws:ssm:eu-west-1:111122223333:parameter/a']])
  const share = { kind: 'share', percent: 5 } as const
  const waiting = appContainer({ dependsOn: [{ containerName: 'pcap', condition: 'HEALTHY' }] })
  const windows = { runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } }

  test.each<[string, Definition, Options, (Path | undefined)[]]>([
    ['the platform', fargateDefinition(windows), {}, [['runtimePlatform', 'operatingSystemFamily']]],
    ['the network mode', unsizedDefinition({ networkMode: 'bridge' }), {}, [['networkMode']]],
    ['the role that is not there', unsizedDefinition(), { secrets }, [['executionRoleArn']]],
    ['the name that is taken', second({}), { containerName: 'shop' }, [shop('name')]],
    [
      'the essential sensor',
      containers(appContainer({ essential: false }), oldSensor({ essential: true })),
      {},
      [shop('essential')]
    ],
    ['who waits', containers(oldSensor(), waiting), {}, [shop('dependsOn')]],
    ['the CPU that is too small', second({ cpu: 1700 }), { profile: 'standard' }, [['cpu']]],
    ['CPU and memory', second({ cpu: 1700, memory: 7000 }), { profile: 'standard' }, [['cpu'], ['memory']]],
    ['a limit', fargateDefinition(), { memory: units(9000), memoryReservation: 10 }, [['memory']]],
    [
      'too many containers',
      containers(...Array.from({ length: 10 }, (_, index) => appContainer({ name: `c${index}`, cpu: 0, memory: 9 }))),
      {},
      [['containerDefinitions']]
    ],
    ['too much', fargateDefinition({ ipcMode: 'x'.repeat(65_000) }), {}, [[]]],
    [
      'nothing when an option alone is wrong',
      fargateDefinition(),
      { memory: units(10), memoryReservation: 11 },
      [undefined]
    ],
    ['the size to take a share of', unsizedDefinition(), { cpu: share, memory: share }, [['cpu'], ['memory']]],
    ['nothing when the image is wrong', fargateDefinition(), { image: 'a/pcap-sensor:1+2' }, []]
  ])('%s', (_name, definition, options, places) => {
    expect(failed(definition, installing(options))).toEqual(places)
  })

  const remove: Change = { kind: 'remove', image: 'levoai/pcap-sensor' }

  test('the sensor that is all there is', () => {
    expect(failed(containers(oldSensor()), remove)).toEqual([['containerDefinitions', 0]])
  })

  test('the sensor that alone is essential', () => {
    const definition = containers(appContainer({ essential: false }), oldSensor({ essential: true }))
    expect(failed(definition, remove)).toEqual([shop()])
  })
})

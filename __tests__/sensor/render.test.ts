import { describe, expect, test } from '@jest/globals'
import { StepError } from '../../src/errors.ts'
import type { SensorOptions } from '../../src/sensor/container.ts'
import { render } from '../../src/sensor/render.ts'
import type { Container, Definition, JsonObject } from '../../src/task-definition/definition.ts'
import { appContainer, awslogs, fargateDefinition, oldSensor, unsizedDefinition } from '../fixtures/definitions.ts'
import { createSensorOptions } from '../support/options.ts'

function install(definition: Definition, overrides: Partial<SensorOptions> = {}) {
  return render(definition, { kind: 'install', sensor: createSensorOptions(overrides) }, { region: 'eu-west-1' })
}

function failureOf(action: () => unknown): StepError {
  try {
    action()
  } catch (error) {
    if (error instanceof StepError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

const names = ({ containerDefinitions }: Definition) => containerDefinitions.map(({ name }) => name)
const texts = (notes: readonly { readonly text: string }[]) => notes.map(({ text }) => text).join('\n')
const containers = (...containerDefinitions: readonly Container[]) => fargateDefinition({ containerDefinitions })

describe('a definition without a sensor', () => {
  test('gets it as its last container', () => {
    const { after, sensor, replaced, notes } = install(containers(appContainer(), appContainer({ name: 'helper' })))
    expect(names(after)).toEqual(['shop', 'helper', 'levo-pcap-sensor'])
    expect(after.containerDefinitions[2]).toBe(sensor)
    expect(replaced).toBeUndefined()
    expect(texts(notes)).toContain('adds the container levo-pcap-sensor')
  })

  test('says what was chosen and why, and where the log goes', () => {
    const { notes } = install(containers(appContainer({ logConfiguration: awslogs('/ecs/shop') })))
    expect(texts(notes)).toMatch(/profile standard: its 512 CPU units/)
    expect(texts(notes)).toMatch(/logs to \/ecs\/shop/)
  })
})

describe('an existing sensor', () => {
  const before = containers(
    appContainer({ name: 'first', cpu: 256 }),
    oldSensor(),
    appContainer({
      name: 'last',
      cpu: 256,
      dependsOn: [
        { containerName: 'first', condition: 'START' },
        { containerName: 'pcap', condition: 'START' }
      ],
      volumesFrom: [{ sourceContainer: 'pcap', readOnly: true }]
    })
  )

  test('is replaced where it stands and takes the name', () => {
    const { after, replaced, notes } = install(before)
    expect(names(after)).toEqual(['first', 'levo-pcap-sensor', 'last'])
    expect(replaced).toEqual(oldSensor())
    expect(texts(notes)).toContain('replaces the sensor that is there already, pcap (now levo-pcap-sensor)')
  })

  test('is not counted among the containers that it is measured against', () => {
    const full = containers(appContainer({ cpu: 1536, memory: 7680 }), oldSensor({ cpu: 512, memory: 512 }))
    expect(install(full).sensor).toMatchObject({ cpu: 512, memory: 512 })
  })

  test('is followed by the references to its old name', () => {
    const [first, , last] = install(before).after.containerDefinitions
    expect(first).toEqual(before.containerDefinitions[0])
    expect(last).toEqual({
      ...before.containerDefinitions[2],
      dependsOn: [
        { containerName: 'first', condition: 'START' },
        { containerName: 'levo-pcap-sensor', condition: 'START' }
      ],
      volumesFrom: [{ sourceContainer: 'levo-pcap-sensor', readOnly: true }]
    })
  })

  test('of our name changes no reference', () => {
    const dependent = appContainer({ cpu: 256, dependsOn: [{ containerName: 'levo-pcap-sensor', condition: 'START' }] })
    const [app] = install(containers(dependent, oldSensor({ name: 'levo-pcap-sensor' }))).after.containerDefinitions
    expect(app).toEqual(dependent)
  })

  test('takes the name that the inputs give', () => {
    expect(names(install(before, { containerName: 'tap' }).after)).toEqual(['first', 'tap', 'last'])
  })

  test('keeps nothing that the inputs do not give', () => {
    const own = oldSensor({ environment: [{ name: 'OLD', value: '1' }], logConfiguration: awslogs('/old'), user: '0' })
    const { sensor } = install(containers(appContainer(), own))
    expect(sensor?.environment).toEqual([{ name: 'LEVO_AWS_REGION', value: 'eu-west-1' }])
    expect(sensor).not.toHaveProperty('logConfiguration')
    expect(sensor).not.toHaveProperty('user')
  })

  test('is never doubled: two become one, in the place of the first, with a warning', () => {
    const dependent = appContainer({
      cpu: 256,
      dependsOn: [{ containerName: 'b', condition: 'START' }]
    })
    const { after, notes } = install(containers(oldSensor({ name: 'a' }), dependent, oldSensor({ name: 'b' })))
    expect(names(after)).toEqual(['levo-pcap-sensor', 'shop'])
    expect(after.containerDefinitions[1]?.dependsOn).toEqual([
      { containerName: 'levo-pcap-sensor', condition: 'START' }
    ])
    const at = ['containerDefinitions', 2]
    expect(notes).toContainEqual({ level: 'warning', text: 'there were 2 sensors; b left out', at })
  })

  test('that was named by two old names is depended on once', () => {
    const dependsOn = [
      { containerName: 'a', condition: 'START' },
      { containerName: 'b', condition: 'START' }
    ]
    const sensors = [oldSensor({ name: 'a' }), oldSensor({ name: 'b' })]
    const { after } = install(containers(...sensors, appContainer({ dependsOn })))
    expect(after.containerDefinitions[1]?.dependsOn).toEqual([
      { containerName: 'levo-pcap-sensor', condition: 'START' }
    ])
  })

  test('of the image that is asked for is adopted, whatever it is called', () => {
    const mirrored = oldSensor({ image: 'corp.example/tap:1', entryPoint: undefined })
    const { after } = install(containers(appContainer(), mirrored), { image: 'corp.example/tap:2' })
    expect(names(after)).toEqual(['shop', 'levo-pcap-sensor'])
  })
})

test('a container of our name that is no sensor is an error', () => {
  const impostor = appContainer({ name: 'levo-pcap-sensor', image: 'web:1' })
  const failure = failureOf(() => install(containers(appContainer(), impostor)))
  expect(failure).toMatchObject({ code: 'name-taken' })
  expect(failure.message).toMatch(/levo-pcap-sensor that is not a sensor \(image web:1\)[\s\S]*container-name/)
})

test.each([
  ['Windows', { runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2019_FULL' } }, 'refused-windows'],
  ['bridge', { networkMode: 'bridge' }, 'refused-network-mode'],
  ['none', { networkMode: 'none' }, 'refused-network-mode']
])('%s is refused with its code', (_name, members, code) => {
  const failure = failureOf(() => install(unsizedDefinition(members)))
  expect(failure.code).toBe(code)
  expect(failure.message).toMatch(/^no sensor for this task: ./)
})

test('what ECS would refuse because of the sensor is refused before it is asked', () => {
  const failure = failureOf(() => install(unsizedDefinition(), { secrets: new Map([['A', 'arn']]) }))
  expect(failure.code).toBe('needs-execution-role')
  expect(failure.message).toMatch(/^ECS would refuse the task definition because of the sensor: ./)
})

describe('a sensor that does not fit', () => {
  const tight = (cpu: number): JsonObject => ({
    cpu: '1024',
    memory: '2048',
    containerDefinitions: [appContainer({ cpu })]
  })

  test('is an error with the numbers and the ways out', () => {
    const failure = failureOf(() => install(fargateDefinition(tight(513)), { profile: 'standard' }))
    expect(failure.code).toBe('does-not-fit')
    expect(failure.message).toContain('- the containers reserve 1025 CPU units (shop 513 + levo-pcap-sensor 512)')
    expect(failure.message).toMatch(/Ways out:\n- a task size of 2 vCPU \/ 4 GB.*\n- .*cpu: 0/)
  })

  test('is none where it fits to the unit', () => {
    expect(names(install(fargateDefinition(tight(512)), { profile: 'standard' }).after)).toHaveLength(2)
  })

  test('by limits alone is a warning when unchecked', () => {
    const members = { ...tight(512), containerDefinitions: [appContainer({ memory: 2000 })] }
    const { notes } = install(fargateDefinition(members), { profile: 'low-resource', taskSize: 'unchecked' })
    expect(notes).toContainEqual({ level: 'warning', text: expect.stringContaining('(unchecked)'), at: ['memory'] })
  })
})

test('a named profile that outweighs an essential container is a warning', () => {
  const { notes } = install(containers(appContainer({ cpu: 511 })), { profile: 'standard' })
  const at = ['containerDefinitions', 0, 'cpu']
  expect(notes).toContainEqual({ level: 'warning', text: expect.stringContaining('comes first'), at })
})

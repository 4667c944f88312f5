import { describe, expect, test } from '@jest/globals'
import type { SensorOptions } from '../../src/sensor/container.ts'
import { type Rendering, render } from '../../src/sensor/render.ts'
import { growTask, SIZE_BEFORE, SIZE_GROWN } from '../../src/sensor/task-size.ts'
import type { Definition, JsonObject } from '../../src/task-definition/definition.ts'
import { FARGATE_SIZES } from '../../stand-in/fargate-sizes.ts'
import { appContainer, fargateDefinition, oldSensor, unsizedDefinition } from '../fixtures/definitions.ts'
import { deepFreeze } from '../support/arbitraries.ts'
import { createSensorOptions } from '../support/options.ts'

const REGION = { region: 'eu-west-1' }

function install(definition: Definition, options: Partial<SensorOptions> = {}): Rendering {
  const sensor = createSensorOptions({ profile: 'low-resource', taskSize: 'grow', ...options })
  return render(deepFreeze(definition), { kind: 'install', sensor }, REGION)
}

const remove = (definition: Definition) =>
  render(deepFreeze(definition), { kind: 'remove', image: 'levoai/pcap-sensor:0.1.9' }, REGION)

/** A task whose one container takes all of the CPU and all of the memory. */
function full(cpu: unknown, memory: unknown, units: number, mib: number): Definition {
  return fargateDefinition({ cpu, memory, containerDefinitions: [appContainer({ cpu: units, memory: mib })] })
}

const sizeOf = ({ cpu, memory }: JsonObject) => [cpu, memory]
const texts = ({ notes }: Rendering) => notes.map(({ text }) => text).filter(text => /size|grows/.test(text))
const labelsOf = ({ sensor }: Rendering) => sensor?.dockerLabels

describe('a full task grows to the smallest size that holds the sensor', () => {
  test.each([
    ['256', '512', 256, 512, ['512', '1024'], '0.25 vCPU / 0.5 GB to 0.5 vCPU / 1 GB: 0.25 vCPU and 0.5 GB'],
    ['.25 vcpu', '0.5GB', 256, 512, ['512', '1024'], '0.25 vCPU and 0.5 GB more'],
    ['1024', '2048', 1024, 2048, ['2048', '4096'], '1 vCPU and 2 GB more'],
    ['1 vCPU', '2GB', 1024, 2048, ['2048', '4096'], '1 vCPU and 2 GB more'],
    ['1vcpu', '2 GB', 1024, 2048, ['2048', '4096'], '1 vCPU and 2 GB more'],
    [1024, 2048, 1024, 2048, [2048, 4096], '1 vCPU and 2 GB more'],
    [1024, '2048', 1024, 2048, [2048, '4096'], '1 vCPU and 2 GB more'],
    ['1024', '8192', 1024, 4000, ['2048', '8192'], ': 1 vCPU more'],
    ['1024', '8 GB', 1024, 4000, ['2048', '8 GB'], ': 1 vCPU more'],
    ['1024', '2048', 512, 2048, ['1024', '3072'], ': 1 GB more'],
    ['1 vCPU', '2048', 512, 2048, ['1 vCPU', '3072'], ': 1 GB more'],
    ['256', '2048', 0, 2048, ['512', '3072'], '0.25 vCPU and 1 GB more'],
    ['4096', '30720', 4096, 30720, ['8192', '32768'], '4 vCPU and 2 GB more'],
    ['4 vCPU', '30 GB', 4096, 30720, ['8192', '32768'], '1.4.0 or later'],
    ['8192', '61440', 8192, 61440, ['16384', '65536'], '8 vCPU and 4 GB more'],
    ['8192', '61440', 100, 61440, ['16384', '65536'], '1.4.0 or later'],
    ['16384', '122880', 16384, 122880, ['32768', '249856'], '16 vCPU and 124 GB more'],
    ['16 vCPU', '120 GB', 100, 61440, ['16 vCPU', '120 GB'], undefined],
    ['32768', '61440', 100, 61440, ['32768', '122880'], ': 60 GB more'],
    ['32 vCPU', '120GB', 100, 122880, ['32 vCPU', '249856'], '1.4.0 or later']
  ])('%s / %s with %i and %i taken', (cpu, memory, units, mib, expected, text) => {
    const rendering = install(full(cpu, memory, units, mib))
    expect(sizeOf(rendering.after)).toEqual(expected)
    expect(texts(rendering)).toEqual(text === undefined ? [] : [expect.stringContaining(text)])
  })

  const sizes = FARGATE_SIZES.flatMap(({ cpu, memory }) => memory.map(mib => ({ cpu, memory: mib })))

  test.each(sizes.filter(({ cpu, memory }) => cpu < 32768 || memory < 249856))('%j', size => {
    const { definition, notes } = growTask(
      full(`${size.cpu}`, `${size.memory}`, 0, 0),
      [
        { name: 'all', cpu: size.cpu, memory: size.memory },
        { name: 'more', cpu: 0, memory: 6 }
      ],
      undefined
    )
    const enough = sizes.filter(({ cpu, memory }) => cpu >= size.cpu && memory >= size.memory + 6)
    const [best] = enough.sort((a, b) => a.cpu - b.cpu || a.memory - b.memory)
    expect(sizeOf(definition)).toEqual([String(best?.cpu), String(best?.memory)])
    expect(notes[0]?.text.includes('platform version 1.4.0')).toBe((best?.cpu ?? 0) >= 8192)
  })

  test('a single limit above the task counts too', () => {
    const definition = full('256', '512', 0, 100)
    const memory = { kind: 'units', units: 600 } as const
    expect(
      sizeOf(install(definition, { cpu: { kind: 'units', units: 0 }, memory, memoryReservation: 6 }).after)
    ).toEqual(['256', '1024'])
  })
})

describe('a task stays as it is', () => {
  test.each<[string, Definition, Partial<SensorOptions>]>([
    ['when the sensor fits', fargateDefinition(), {}],
    ['when it fits to the unit', full('512', '1024', 256, 824), {}],
    ['on EC2', { ...full('1024', '2048', 100, 1900), requiresCompatibilities: ['EC2'] }, { memory: units(6) }],
    ['without a size', unsizedDefinition(), {}],
    ['with a size that nobody knows, when it fits', full('1000', '3000', 100, 100), {}]
  ])('%s', (_name, definition, options) => {
    const rendering = install(definition, options)
    expect(sizeOf(rendering.after)).toEqual(sizeOf(definition))
    expect(labelsOf(rendering)).toBeUndefined()
    expect(texts(rendering).join()).not.toContain('grows')
  })

  test.each<[string, Definition]>([
    ['on EC2', { ...full('1024', '2048', 1024, 2048), requiresCompatibilities: ['EC2'] }],
    ['when there is no larger one', full('32768', '249856', 32768, 249856)]
  ])('%s, and a sensor that does not fit is an error', (_name, definition) => {
    expect(() => install(definition)).toThrow(/does not fit/)
  })

  test('when it may not grow, and the error names the way out', () => {
    expect(() => install(full('1024', '2048', 1024, 2048), { taskSize: 'keep' })).toThrow(
      /2 vCPU \/ 4 GB \("cpu": "2048", "memory": "4096"\)\n(?:.*\n)*- task-size: grow/
    )
  })

  test('a size that nobody knows is a warning, and grows to one that is legal', () => {
    expect(texts(install(full('1000', '3000', 100, 100)))).toEqual([expect.stringContaining('no Fargate size')])
    expect(sizeOf(install(full('1000', '3000', 1000, 100)).after)).toEqual(['2048', '4096'])
  })

  test('where only a service says that it is Fargate it grows all the same', () => {
    const sensor = createSensorOptions({ profile: 'low-resource', taskSize: 'grow' })
    const definition = { ...full('256', '512', 256, 512), requiresCompatibilities: [] }
    const { after } = render(definition, { kind: 'install', sensor }, { ...REGION, servicesOnFargate: true })
    expect(sizeOf(after)).toEqual(['512', '1024'])
    expect(() => render(definition, { kind: 'install', sensor }, { ...REGION, servicesOnFargate: false })).toThrow(
      /fit/
    )
  })
})

describe('what a task was is remembered', () => {
  const small = full('1 vCPU', '2GB', 1024, 2048)

  test('on the sensor, as it was spelled, beside its other labels', () => {
    const rendering = install(small, { dockerLabels: new Map([['team', 'x']]) })
    expect(labelsOf(rendering)).toEqual({ team: 'x', [SIZE_BEFORE]: '1 vCPU/2GB', [SIZE_GROWN]: '2048/4096' })
  })

  test.each([
    ['as rendered', (after: Definition) => after],
    ['as ECS gives it', (after: Definition) => ({ ...after, cpu: '2048', memory: '4096' })],
    ['in words', (after: Definition) => ({ ...after, cpu: '2 vCPU', memory: '4 GB' })],
    ['as numbers', (after: Definition) => ({ ...after, cpu: 2048, memory: 4096 })]
  ])('and given back %s', (_name, respelled) => {
    const rendering = remove(respelled(install(small).after))
    expect(rendering.after).toStrictEqual(small)
    expect(texts(rendering)).toEqual(['the task gets its size before the sensor back: 1 vCPU/2GB'])
  })

  test('as a number where the definition has numbers', () => {
    const numbers = full(1024, 2048, 1024, 2048)
    expect(JSON.stringify(remove(install(numbers).after).after)).toBe(JSON.stringify(numbers))
  })

  test.each([
    ['cpu', { cpu: '4096', memory: '8192' }],
    ['memory', { memory: '5120' }],
    ['to something strange', { memory: 'much' }]
  ])('but not given back when somebody changed it: %s', (_name, size) => {
    const changed = { ...install(small).after, ...size }
    const rendering = remove(changed)
    expect(sizeOf(rendering.after)).toEqual(sizeOf(changed))
    expect(texts(rendering)).toEqual([expect.stringMatching(/was changed since.*\(2048\/4096\): it stays/)])
  })

  test.each([
    ['no size', { [SIZE_BEFORE]: 'x/y', [SIZE_GROWN]: '2048/4096' }],
    ['too much', { [SIZE_BEFORE]: '1024/2048/1', [SIZE_GROWN]: '2048/4096' }],
    ['half', { [SIZE_BEFORE]: '1024', [SIZE_GROWN]: '2048/4096' }],
    ['nothing that it grew to', { [SIZE_BEFORE]: '1024/2048' }]
  ])('a label that holds %s is not obeyed', (_name, dockerLabels) => {
    const definition = full('2048', '4096', 100, 100)
    const sensor = oldSensor({ dockerLabels })
    const { after } = remove({ ...definition, containerDefinitions: [...definition.containerDefinitions, sensor] })
    expect(after).toStrictEqual(definition)
  })
})

describe('a task that grew', () => {
  const small = full('1024', '2048', 1024, 1848)

  test('grows again from its own size', () => {
    const once = install(small, { memory: units(4000) }).after
    expect(sizeOf(once)).toEqual(['2048', '6144'])
    const twice = install(once, { memory: units(512) })
    expect(sizeOf(twice.after)).toEqual(['2048', '4096'])
    expect(texts(twice)).toEqual([
      'the task gets its size before the sensor back: 1024/2048',
      expect.stringContaining('from 1 vCPU / 2 GB to 2 vCPU / 4 GB')
    ])
    expect(remove(twice.after).after).toStrictEqual(small)
  })

  test('goes back to its own size when a smaller sensor fits into it', () => {
    const { after, sensor } = install(install(small).after, { cpu: units(0) })
    expect(sizeOf(after)).toEqual(['1024', '2048'])
    expect(sensor).not.toHaveProperty('dockerLabels')
  })

  test('says nothing when it grows to where it is', () => {
    expect(texts(install(install(small).after))).toEqual([])
  })

  test.each(['keep', 'unchecked'] as const)(
    'stays where it is with task-size: %s, and is given back later',
    taskSize => {
      const grown = install(small).after
      const rendering = install(grown, { taskSize })
      expect(sizeOf(rendering.after)).toEqual(sizeOf(grown))
      expect(texts(rendering)).toEqual([])
      expect(remove(rendering.after).after).toStrictEqual(small)
    }
  )

  test('takes shares of what it was', () => {
    const share = { kind: 'share', percent: 50 } as const
    const once = install(small, { cpu: share, memory: share })
    expect(once.sensor).toMatchObject({ cpu: 512, memory: 1024 })
    const twice = install(once.after, { cpu: share, memory: share })
    expect(twice.after).toStrictEqual(once.after)
  })

  test('by a change of somebody, grows from there', () => {
    const changed = { ...install(small).after, cpu: '1024', memory: '8192' }
    const rendering = install(changed)
    expect(labelsOf(rendering)).toEqual({ [SIZE_BEFORE]: '1024/8192', [SIZE_GROWN]: '2048/8192' })
  })
})

function units(number: number) {
  return { kind: 'units', units: number } as const
}

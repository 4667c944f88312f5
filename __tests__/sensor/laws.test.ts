import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { SensorOptions } from '../../src/sensor/container.ts'
import { isSensor } from '../../src/sensor/find.ts'
import { render } from '../../src/sensor/render.ts'
import type { Container, Definition } from '../../src/task-definition/definition.ts'
import { oldSensor } from '../fixtures/definitions.ts'
import { deepFreeze, definitions } from '../support/arbitraries.ts'
import { createSensorOptions } from '../support/options.ts'

const RUNS = { numRuns: 500 }

const sensors = fc
  .record({
    profile: fc.constantFrom<SensorOptions['profile']>('auto', 'auto', 'low-resource', 'standard'),
    containerName: fc.constantFrom('levo-pcap-sensor', 'tap'),
    extraArgs: fc.array(fc.string(), { maxLength: 2 }),
    environment: fc.array(fc.tuple(fc.constantFrom('A', 'B'), fc.string())).map(pairs => new Map(pairs)),
    logs: fc.constantFrom<SensorOptions['logs']>(
      { kind: 'app', streamPrefix: 'ecs-pcap' },
      { kind: 'group', group: '/ecs/pcap', streamPrefix: 'x' }
    )
  })
  .map(overrides => createSensorOptions({ ...overrides, cpu: undefined, taskSize: 'unchecked' }))

/** A definition that may have a sensor of somebody's already, somewhere among the others. */
const adopted = fc
  .tuple(definitions, fc.nat(9), fc.boolean(), fc.constantFrom('pcap', 'levo-pcap-sensor', 'tap'))
  .map(([definition, at, has, name]): Definition => {
    if (!has || definition.containerDefinitions.length > 8) return definition
    return {
      ...definition,
      containerDefinitions: definition.containerDefinitions.toSpliced(at, 0, oldSensor({ name }))
    }
  })

const install = (definition: Definition, sensor: SensorOptions) =>
  render(definition, { kind: 'install', sensor }, { region: 'eu-west-1' })

const withoutSensor = (definition: Definition, sensor: SensorOptions): readonly Container[] =>
  definition.containerDefinitions.filter(container => !isSensor(container, sensor.image))

test('rendering twice is rendering once', () => {
  fc.assert(
    fc.property(adopted, sensors, (definition, sensor) => {
      const once = install(definition, sensor).after
      const twice = install(once, sensor).after
      expect(twice).toStrictEqual(once)
      expect(JSON.stringify(twice)).toBe(JSON.stringify(once))
    }),
    RUNS
  )
})

test('rendering twice by way of a file is rendering once', () => {
  fc.assert(
    fc.property(adopted, sensors, (definition, sensor) => {
      const once = JSON.stringify(install(definition, sensor).after)
      expect(JSON.stringify(install(JSON.parse(once), sensor).after)).toBe(once)
    }),
    RUNS
  )
})

test('without the sensor the result is the definition, its members in their order', () => {
  fc.assert(
    fc.property(definitions, sensors, (definition, sensor) => {
      const { after } = install(definition, sensor)
      expect(after.containerDefinitions).toHaveLength(definition.containerDefinitions.length + 1)
      const restored = { ...after, containerDefinitions: withoutSensor(after, sensor) }
      expect(restored).toStrictEqual(definition)
      expect(JSON.stringify(restored)).toBe(JSON.stringify(definition))
    }),
    RUNS
  )
})

test('where a sensor was adopted nothing else differs either', () => {
  fc.assert(
    fc.property(adopted, sensors, (definition, sensor) => {
      const { after } = install(definition, sensor)
      expect(withoutSensor(after, sensor)).toStrictEqual(withoutSensor(definition, sensor))
      expect(after.containerDefinitions.filter(({ name }) => name === sensor.containerName)).toHaveLength(1)
    }),
    RUNS
  )
})

test('the definition that comes in is never changed', () => {
  fc.assert(
    fc.property(adopted, sensors, (definition, sensor) => {
      const text = JSON.stringify(definition)
      install(deepFreeze(definition), sensor)
      expect(JSON.stringify(definition)).toBe(text)
    }),
    RUNS
  )
})

test('the sensor is never essential, and nothing depends on it', () => {
  fc.assert(
    fc.property(definitions, sensors, (definition, options) => {
      const { after, sensor } = install(definition, options)
      expect(sensor).toMatchObject({ essential: false, portMappings: [] })
      expect(sensor).not.toHaveProperty('linuxParameters')
      expect(JSON.stringify(withoutSensor(after, options))).not.toContain(`"${sensor.name}"`)
    }),
    RUNS
  )
})

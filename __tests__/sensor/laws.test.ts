import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { InputError, StepError } from '../../src/errors.ts'
import type { SensorOptions } from '../../src/sensor/container.ts'
import { isSensor } from '../../src/sensor/find.ts'
import { type Rendering, render } from '../../src/sensor/render.ts'
import type { Container, Definition } from '../../src/task-definition/definition.ts'
import { oldSensor } from '../fixtures/definitions.ts'
import { deepFreeze, definitions, sensorOptions, wholeDefinitions } from '../support/arbitraries.ts'

const RUNS = 1000

const IMAGE = 'levoai/pcap-sensor:0.1.9'

const someDefinition = fc.oneof(definitions, definitions, wholeDefinitions)

/** A definition that may have sensors of somebody's already, anywhere among the others. */
const adopted = fc
  .tuple(someDefinition, fc.nat(9), fc.nat(9), fc.integer({ min: 0, max: 2 }), fc.constantFrom('pcap', 'tap'))
  .map(([definition, at, other, count, name]): Definition => {
    const first = definition.containerDefinitions.toSpliced(at, 0, oldSensor({ name }))
    const both = first.toSpliced(other, 0, oldSensor({ name: 'second', user: '0' }))
    return { ...definition, containerDefinitions: [definition.containerDefinitions, first, both][count] ?? first }
  })

function install(definition: Definition, sensor: SensorOptions): Rendering {
  return render(definition, { kind: 'install', sensor }, { region: 'eu-west-1' })
}

const remove = (definition: Definition, image = IMAGE) =>
  render(definition, { kind: 'remove', image }, { region: 'eu-west-1' }).after

const appOf = (definition: Definition, image: string): readonly Container[] =>
  definition.containerDefinitions.filter(container => !isSensor(container, image))

/**
 * Holds `law` against what installing gives, wherever it is not refused: a task may be too small or lack a role. Fails when too few
 * are left for the law to mean anything.
 */
function forInstalled(
  from: fc.Arbitrary<Definition>,
  law: (rendering: Rendering & { sensor: Container }, options: SensorOptions) => void
): void {
  let held = 0
  const property = fc.property(from, sensorOptions, (definition, options) => {
    const rendering = installed(deepFreeze(definition), options)
    if (rendering?.sensor === undefined) return
    held += 1
    law({ ...rendering, sensor: rendering.sensor }, options)
  })
  fc.assert(property, { numRuns: 2.1 * RUNS })
  expect(held).toBeGreaterThanOrEqual(RUNS)
}

function installed(definition: Definition, options: SensorOptions): Rendering | undefined {
  try {
    return install(definition, options)
  } catch (error) {
    if (error instanceof StepError || error instanceof InputError) return undefined
    throw error
  }
}

function expectSame(actual: Definition, expected: Definition): void {
  expect(actual).toStrictEqual(expected)
  expect(JSON.stringify(actual)).toBe(JSON.stringify(expected))
}

test('rendering twice is rendering once', () => {
  forInstalled(adopted, ({ after }, options) => expectSame(install(after, options).after, after))
})

test('rendering twice by way of a file is rendering once', () => {
  forInstalled(adopted, ({ after }, options) => {
    const text = JSON.stringify(after)
    expect(JSON.stringify(install(JSON.parse(text), options).after)).toBe(text)
  })
})

test('removing what was installed gives the definition back, its members in their order', () => {
  forInstalled(someDefinition, ({ before, after }, { image }) => expectSame(remove(after, image), before))
})

test('removing gives it back after any number of installs that differ', () => {
  fc.assert(
    fc.property(someDefinition, fc.array(sensorOptions, { minLength: 2, maxLength: 4 }), (definition, several) => {
      let now = definition
      for (const options of several) {
        const next = installed(now, { ...options, image: IMAGE })?.after ?? now
        if (options.taskSize !== 'grow') expect([next.cpu, next.memory]).toEqual([now.cpu, now.memory])
        now = next
      }
      expectSame(remove(now), definition)
    }),
    { numRuns: RUNS }
  )
})

test('nothing but the sensor differs, and the task size only where it may grow', () => {
  forInstalled(adopted, ({ before, after, sensor }, { image, taskSize }) => {
    const { cpu, memory, containerDefinitions: _containers, ...rest } = after
    const { cpu: cpuBefore, memory: memoryBefore, containerDefinitions: _before, ...restBefore } = before
    expect(rest).toStrictEqual(restBefore)
    if (taskSize !== 'grow') expect({ cpu, memory }).toEqual({ cpu: cpuBefore, memory: memoryBefore })
    expect(Object.keys(after)).toEqual(Object.keys(before))
    expect(appOf(after, image)).toStrictEqual(appOf(before, image))
    expect(after.containerDefinitions.filter(container => isSensor(container, image))).toEqual([sensor])
  })
})

test('the sensor stands where the first one stood, else last', () => {
  forInstalled(adopted, ({ before, after, sensor }, { image }) => {
    const first = before.containerDefinitions.findIndex(container => isSensor(container, image))
    const place = first < 0 ? before.containerDefinitions.length : first
    expect(after.containerDefinitions.indexOf(sensor)).toBe(place)
  })
})

test('taking a sensor of anybody out leaves the application as it is', () => {
  fc.assert(
    fc.property(adopted, definition => {
      const { containerDefinitions, ...rest } = remove(deepFreeze(definition))
      const { containerDefinitions: _before, ...restBefore } = definition
      expect(rest).toStrictEqual(restBefore)
      expect(containerDefinitions).toStrictEqual(appOf(definition, IMAGE))
    }),
    { numRuns: RUNS }
  )
})

test('the definition that comes in is never changed', () => {
  forInstalled(adopted, ({ before, after }, { image }) => {
    const texts = [JSON.stringify(before), JSON.stringify(after)]
    remove(deepFreeze(after), image)
    expect([JSON.stringify(before), JSON.stringify(after)]).toEqual(texts)
  })
})

test('the sensor is never essential, and nothing depends on it', () => {
  forInstalled(someDefinition, ({ after, sensor }, { image }) => {
    expect(sensor).toMatchObject({ essential: false, portMappings: [] })
    expect(sensor).not.toHaveProperty('linuxParameters')
    expect(JSON.stringify(appOf(after, image))).not.toContain(`"${sensor.name}"`)
  })
})

import { describe, expect, test } from '@jest/globals'
import { StepError } from '../../src/errors.ts'
import { remove } from '../../src/sensor/remove.ts'
import { render } from '../../src/sensor/render.ts'
import type { Container, JsonObject } from '../../src/task-definition/definition.ts'
import { appContainer, fargateDefinition, oldSensor } from '../fixtures/definitions.ts'
import { deepFreeze } from '../support/arbitraries.ts'

const IMAGE = 'levoai/pcap-sensor:0.1.9'

const containers = (...containerDefinitions: readonly Container[]) => fargateDefinition({ containerDefinitions })
const texts = (notes: readonly { readonly text: string }[]) => notes.map(({ text }) => text)

function failureOf(action: () => unknown): StepError {
  try {
    action()
  } catch (error) {
    if (error instanceof StepError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('taken out is the sensor', () => {
  const [first, last] = [appContainer(), appContainer({ name: 'helper', essential: false })]

  test.each([
    ['at the beginning', containers(oldSensor(), first, last)],
    ['in the middle', containers(first, oldSensor(), last)],
    ['at the end', containers(first, last, oldSensor())],
    ['from everywhere', containers(oldSensor({ name: 'a' }), first, oldSensor({ name: 'b' }), last, oldSensor())],
    ['of another registry', containers(first, oldSensor({ image: 'mirror:5000/x/pcap-sensor' }), last)],
    ['of another image', containers(first, oldSensor({ image: 'corp.example/tap:1' }), last)]
  ])('%s', (_name, before) => {
    expect(remove(deepFreeze(before), IMAGE).after).toStrictEqual(containers(first, last))
  })

  test('of an image of its own, which the input names', () => {
    const own = oldSensor({ image: 'corp.example/tap:1', entryPoint: ['/start'] })
    const { after, replaced } = remove(containers(first, own, last), 'corp.example/tap:2')
    expect(after).toStrictEqual(containers(first, last))
    expect(replaced).toBe(own)
    expect(remove(containers(first, own, last), IMAGE).after).toStrictEqual(containers(first, own, last))
  })
})

test('what names it is taken out with a note, and nothing else', () => {
  const others = [{ containerName: 'first', condition: 'START' }, null]
  const dependent = appContainer({
    name: 'last',
    dependsOn: [{ containerName: 'pcap', condition: 'START' }, ...others, { containerName: 'b', condition: 'START' }],
    volumesFrom: [{ sourceContainer: 'pcap', readOnly: true }],
    links: ['pcap'],
    environment: [{ name: 'PEER', value: 'pcap' }]
  })
  const before = containers(appContainer({ name: 'first' }), oldSensor(), oldSensor({ name: 'b' }), dependent)
  const { after, notes, sensor } = remove(deepFreeze(before), IMAGE)
  expect(after.containerDefinitions).toStrictEqual([
    appContainer({ name: 'first' }),
    { ...dependent, dependsOn: others, volumesFrom: [] }
  ])
  expect(sensor).toBeUndefined()
  expect(texts(notes)).toEqual([
    'takes out pcap, b',
    'last named it in dependsOn: taken out there too',
    'last named it in volumesFrom: taken out there too'
  ])
})

test('without a sensor there is nothing to do', () => {
  const before = fargateDefinition()
  const { after, replaced, notes } = remove(before, IMAGE)
  expect(after).toBe(before)
  expect(replaced).toBeUndefined()
  expect(notes).toEqual([])
})

test('any place will do, also one that a sensor would not be put into', () => {
  const bridge = fargateDefinition({ networkMode: 'bridge', containerDefinitions: [appContainer(), oldSensor()] })
  const { after } = render(bridge, { kind: 'remove', image: IMAGE }, { region: 'eu-west-1' })
  expect(after.containerDefinitions).toEqual([appContainer()])
})

describe('refused is to leave', () => {
  test.each([
    ['nothing', [oldSensor()], 'nothing-left', /nothing but the sensor \(pcap\)/],
    ['nothing but helpers', [oldSensor({ essential: true }), helper({})], 'nothing-essential', /only essential/],
    ['the same by default', [oldSensor({ essential: undefined }), helper({})], 'nothing-essential', /only essential/]
  ])('%s', (_name, all, code, text) => {
    const failure = failureOf(() => remove(containers(...all), IMAGE))
    expect(failure.code).toBe(code)
    expect(failure.message).toMatch(text)
  })

  test.each([
    ['an essential container', [oldSensor({ essential: true }), helper({ essential: true })]],
    ['one that is essential by default', [oldSensor({ essential: true }), helper({ essential: undefined })]],
    ['what was broken before', [oldSensor(), helper({})]]
  ])('but not %s', (_name, all) => {
    expect(remove(containers(...all), IMAGE).after.containerDefinitions).toHaveLength(1)
  })
})

function helper(changes: JsonObject): Container {
  return appContainer({ name: 'helper', essential: false, ...changes })
}

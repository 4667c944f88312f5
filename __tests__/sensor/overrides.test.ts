import { describe, expect, test } from '@jest/globals'
import { InputError } from '../../src/errors.ts'
import { overrideContainer } from '../../src/sensor/overrides.ts'
import { render } from '../../src/sensor/render.ts'
import type { JsonObject } from '../../src/task-definition/definition.ts'
import { fargateDefinition } from '../fixtures/definitions.ts'
import { deepFreeze } from '../support/arbitraries.ts'
import { createSensorOptions } from '../support/options.ts'

const BASE = deepFreeze({
  name: 'levo-pcap-sensor',
  image: 'levoai/pcap-sensor:1',
  cpu: 256,
  essential: false,
  portMappings: [],
  entryPoint: ['./bin/init', 'apidump'],
  logConfiguration: { logDriver: 'awslogs', options: { group: 'a', prefix: 'b' } }
})

describe('merged over the container', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['a new member', { user: '0' }, { ...BASE, user: '0' }],
    ['an old one', { cpu: 1 }, { ...BASE, cpu: 1 }],
    ['nothing', {}, BASE],
    [
      'a member of a member',
      { logConfiguration: { options: { prefix: 'c' } } },
      { ...BASE, logConfiguration: { logDriver: 'awslogs', options: { group: 'a', prefix: 'c' } } }
    ],
    ['a list as a whole', { entryPoint: ['x'] }, { ...BASE, entryPoint: ['x'] }],
    [
      'an object where there is a text',
      { logConfiguration: { logDriver: { a: 1 } } },
      { ...BASE, logConfiguration: { ...BASE.logConfiguration, logDriver: { a: 1 } } }
    ],
    ['a text where there is an object', { logConfiguration: 'x' }, { ...BASE, logConfiguration: 'x' }],
    ['false and empty', { cpu: 0, portMappings: [] }, { ...BASE, cpu: 0 }]
  ])('%s', (_name, overrides, expected) => {
    const { container, notes } = overrideContainer(BASE, deepFreeze(overrides))
    expect(container).toStrictEqual(expected)
    expect(notes).toEqual([])
  })

  test('null deletes a member, at any depth, also one that is not there', () => {
    const overrides = { cpu: null, nothing: null, a: { b: null, c: 1 }, logConfiguration: { options: { group: null } } }
    const { container } = overrideContainer(BASE, deepFreeze(overrides))
    expect(container).not.toHaveProperty('cpu')
    expect(container).not.toHaveProperty('nothing')
    expect(container.a).toStrictEqual({ c: 1 })
    expect(container.logConfiguration).toStrictEqual({ logDriver: 'awslogs', options: { prefix: 'b' } })
  })

  test('a member named __proto__ is a member', () => {
    const { container } = overrideContainer(BASE, JSON.parse('{"__proto__": {"polluted": 1}}'))
    expect(JSON.parse(JSON.stringify(container))).toHaveProperty(['__proto__'], { polluted: 1 })
    expect(container).not.toHaveProperty('polluted')
  })
})

describe('a danger is a warning, and done', () => {
  test.each<[string, JsonObject, RegExp]>([
    ['essential', { essential: true }, /makes the sensor essential/],
    ['essential by default', { essential: null }, /makes the sensor essential/],
    ['ports', { portMappings: [{ containerPort: 80 }] }, /gives the sensor ports/],
    ['capabilities', { linuxParameters: { capabilities: { add: ['NET_RAW'] } } }, /adds capabilities/],
    ['privileged', { privileged: true }, /makes the sensor privileged/],
    ['a wait', { dependsOn: [{ containerName: 'app', condition: 'START' }] }, /makes the sensor wait/]
  ])('%s', (_name, overrides, text) => {
    const { container, notes } = overrideContainer(BASE, overrides)
    expect(notes).toEqual([{ level: 'warning', text: expect.stringMatching(text) }])
    for (const [member, value] of Object.entries(overrides)) expect(container[member] ?? null).toEqual(value)
  })

  test.each<[string, JsonObject]>([
    ['not essential', { essential: false }],
    ['no ports', { portMappings: [] }],
    ['dropped capabilities', { linuxParameters: { capabilities: { drop: ['ALL'], add: [] } } }],
    ['not privileged', { privileged: false }]
  ])('but not %s', (_name, overrides) => {
    expect(overrideContainer(BASE, overrides).notes).toEqual([])
  })
})

test('a container that could not be found again is an input error', () => {
  expect(() => overrideContainer(BASE, { image: 'corp/x:1', entryPoint: ['/run'] })).toThrow(InputError)
  expect(overrideContainer(BASE, { image: 'corp/x:1' }).container.image).toBe('corp/x:1')
})

describe('in the rendering', () => {
  const install = (changes: Parameters<typeof createSensorOptions>[0]) =>
    render(fargateDefinition(), { kind: 'install', sensor: createSensorOptions(changes) }, { region: 'eu-west-1' })

  test('they come last, and their warnings with the others', () => {
    const { sensor, notes } = install({ cpu: { kind: 'units', units: 64 }, overrides: { cpu: 32, essential: true } })
    expect(sensor).toMatchObject({ cpu: 32, essential: true })
    expect(notes).toContainEqual({ level: 'warning', text: expect.stringContaining('essential') })
  })

  test('they count when it is looked at whether the sensor fits', () => {
    expect(() => install({ overrides: { cpu: 2048 } })).toThrow(/2560 CPU units \(shop 512 \+ levo-pcap-sensor 2048\)/)
  })

  test.each([60, 300, 1800])('a restart attempt period of %i turns the policy on', restartAttemptPeriod => {
    expect(install({ restartAttemptPeriod }).sensor?.restartPolicy).toStrictEqual({
      enabled: true,
      restartAttemptPeriod
    })
  })

  test('without one there is no policy', () => {
    expect(install({}).sensor).not.toHaveProperty('restartPolicy')
  })
})

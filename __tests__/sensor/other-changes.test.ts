import { describe, expect, test } from '@jest/globals'
import { otherChanges, sensorChange } from '../../src/sensor/other-changes.ts'
import { type Change, render } from '../../src/sensor/render.ts'
import type { Container } from '../../src/task-definition/definition.ts'
import { appContainer, fargateDefinition, oldSensor } from '../fixtures/definitions.ts'
import { createSensorOptions } from '../support/options.ts'

const INSTALL: Change = { kind: 'install', sensor: createSensorOptions() }
const REMOVE: Change = { kind: 'remove', image: 'levoai/pcap-sensor' }
const withSensors = (...sensors: Container[]) =>
  fargateDefinition({ containerDefinitions: [appContainer(), ...sensors] })
const rendered = (change: Change, ...sensors: Container[]) =>
  render(withSensors(...sensors), change, { region: 'eu-west-1' })

const own = rendered(INSTALL).sensor ?? oldSensor()
const other: Container = { ...own, image: 'levoai/pcap-sensor:0.2.0' }
const richer: Container = { ...own, environment: [{ name: 'TOKEN', value: 'hidden' }], user: '0' }

describe('a sensor of what runs', () => {
  test.each<[string, Change, Container[], Container[], string[] | undefined]>([
    ['that is not in the source goes', REMOVE, [], [own], ['sensor levo-pcap-sensor: gone']],
    ['that is in the source is told there', REMOVE, [own], [own], undefined],
    ['that nobody has is no news', REMOVE, [], [], undefined],
    ['that is put there anew is told by the rendering', INSTALL, [], [], undefined],
    ['that stays as it is is no news', INSTALL, [], [own], undefined],
    ['that is spelled otherwise stays as it is', INSTALL, [], [{ ...own, portMappings: [] }], undefined],
    ['that only the source has is added', INSTALL, [own], [], ['sensor levo-pcap-sensor: added']],
    [
      'of another image',
      INSTALL,
      [],
      [other],
      [`sensor levo-pcap-sensor: image "levoai/pcap-sensor:0.2.0" -> ${JSON.stringify(own.image)}`]
    ],
    ['of another name', INSTALL, [], [{ ...own, name: 'tap' }], ['sensor tap (now levo-pcap-sensor): changed']],
    ['with more in it', INSTALL, [], [richer], ['sensor levo-pcap-sensor: loses environment variable TOKEN, user']],
    ['beside others', INSTALL, [], [own, { ...own, name: 'tap' }], ['sensor tap: gone']]
  ])('%s', (_name, change, source, running, says) => {
    expect(sensorChange(withSensors(...running), rendered(change, ...source), change)?.says).toEqual(says)
  })

  test('is told without a value', () => {
    const change = sensorChange(withSensors(richer), rendered(INSTALL), INSTALL)
    expect(change?.lost).toEqual(['environment variable TOKEN', 'user'])
    expect(JSON.stringify([change?.lost, change?.says])).not.toContain('hidden')
  })

  test('is none of the other changes', () => {
    expect(otherChanges(withSensors(other), rendered(INSTALL), INSTALL)).toEqual([])
  })
})

describe('that a sensor is replaced', () => {
  const notes = (...sensors: Container[]) => rendered(INSTALL, ...sensors).notes.map(({ text }) => text)

  test('is not said of one that stays as it is', () => {
    expect(notes(own).join()).not.toContain('replaces')
    expect(notes({ ...own, portMappings: [] }).join()).not.toContain('replaces')
  })

  test('is said of any other', () => {
    expect(notes(other)).toContainEqual(expect.stringMatching(/^replaces the sensor .* its image changes/))
  })
})

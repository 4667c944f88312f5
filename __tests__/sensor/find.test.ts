import { describe, expect, test } from '@jest/globals'
import { findSensors, isSensor } from '../../src/sensor/find.ts'
import { DEFAULT_IMAGE } from '../../src/sensor/image.ts'
import type { JsonObject } from '../../src/task-definition/definition.ts'
import { appContainer, fargateDefinition, oldSensor } from '../fixtures/definitions.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`
const one = (members: JsonObject) => ({ name: 'it', ...members })

describe('a sensor is a container', () => {
  test.each([
    ['of the default image', { image: DEFAULT_IMAGE }],
    ['of another tag', { image: 'levoai/pcap-sensor:9' }],
    ['of no tag', { image: 'levoai/pcap-sensor' }],
    ['of a digest', { image: `levoai/pcap-sensor@${DIGEST}` }],
    ['of a tag and a digest', { image: `levoai/pcap-sensor:0.2.1@${DIGEST}` }],
    ['of a mirror', { image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/levoai/pcap-sensor:1' }],
    ['of a mirror behind a port', { image: 'registry:5000/pcap-sensor' }],
    ['of a mirror behind a port, with a tag', { image: 'registry:5000/x/pcap-sensor:1' }],
    ['of a repository whose name ends so', { image: 'mirror/levo-pcap-sensor:1' }],
    ['of the repository of the image that is asked for', { image: 'corp.example:5000/tap:3' }],
    ['that starts apidump with init', { image: 'x', entryPoint: ['./bin/init', 'apidump'] }],
    ['that starts it by an absolute path', { image: 'x', entryPoint: ['/levoai/pcap-sensor/bin/init', 'apidump'] }],
    ['that starts it in its command', { image: 'x', command: ['init', '--x', 'apidump', '--y'] }],
    ['that starts it across both', { image: 'x', entryPoint: ['/bin/init'], command: ['apidump'] }],
    ['that starts it in a shell', { image: 'x', entryPoint: ['sh', '-c', 'exec ./bin/init apidump --debug'] }],
    ['that starts it in one text', { image: 'x', command: './bin/init apidump' }],
    ['without an image that starts it', { entryPoint: ['./bin/init', 'apidump'] }]
  ])('%s', (_name, members) => {
    expect(isSensor(one(members), 'corp.example:5000/tap:1')).toBe(true)
  })
})

describe('no sensor is a container', () => {
  test.each([
    ['of an image with more behind the name', { image: 'levoai/pcap-sensor-exporter:1' }],
    ['whose tag alone says so', { image: 'tools:pcap-sensor' }],
    ['whose folder alone says so', { image: 'pcap-sensor/web:1' }],
    ['of another repository of the same registry', { image: 'corp.example:5000/web:1' }],
    ['of another registry', { image: 'corp.example:5001/tap:1' }],
    ['with apidump before init', { image: 'x', entryPoint: ['apidump', './bin/init'] }],
    ['with apidump alone', { image: 'x', command: ['apidump'] }],
    ['with init alone', { image: 'x', entryPoint: ['/sbin/init'] }],
    ['with a program that only ends in init', { image: 'x', entryPoint: ['tini-init', 'apidump'] }],
    ['with a word that only holds apidump', { image: 'x', entryPoint: ['init', 'apidump.sh'] }],
    ['with neither', {}],
    ['whose name alone says so', { name: 'levo-pcap-sensor', image: 'web:1' }]
  ])('%s', (_name, members) => {
    expect(isSensor(one(members), 'corp.example:5000/tap:1')).toBe(false)
  })
})

test('all of them are found, in their order', () => {
  const [first, second] = [oldSensor({ name: 'a' }), oldSensor({ name: 'b', image: 'x' })]
  const definition = fargateDefinition({ containerDefinitions: [first, appContainer(), second] })
  expect(findSensors(definition, DEFAULT_IMAGE)).toEqual([first, second])
})

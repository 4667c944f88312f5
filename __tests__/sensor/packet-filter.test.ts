import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { composeFilter } from '../../src/sensor/packet-filter.ts'
import { render } from '../../src/sensor/render.ts'
import type { Container, JsonObject } from '../../src/task-definition/definition.ts'
import { appContainer, fargateDefinition, oldSensor } from '../fixtures/definitions.ts'
import { createSensorOptions } from '../support/options.ts'

const port = (containerPort: unknown): JsonObject => ({ containerPort })
const range = (containerPortRange: string): JsonObject => ({ containerPortRange })
const essential = (...portMappings: JsonObject[]) => appContainer({ name: 'app', portMappings })
const sidecar = (...portMappings: JsonObject[]) => appContainer({ name: 'side', essential: false, portMappings })

describe('the filter leaves out the ports of sidecars', () => {
  test.each<[string, string | undefined, readonly Container[], string | undefined]>([
    ['one port', undefined, [sidecar(port(8126))], 'not port 8126'],
    ['beside that of the user', 'port 80 or port 81', [sidecar(port(8126))], '(port 80 or port 81) and not port 8126'],
    ['a range', undefined, [sidecar(range('15000-15010'))], 'not portrange 15000-15010'],
    [
      'both',
      'tcp',
      [sidecar(range('15000-15010'), port(8126))],
      '(tcp) and not port 8126 and not portrange 15000-15010'
    ],
    ['of several', undefined, [sidecar(port(9)), sidecar(port(8))], 'not port 8 and not port 9'],
    ['each once', undefined, [sidecar(port(8), port(8)), sidecar(port(8))], 'not port 8'],
    ['by number, not by letter', undefined, [sidecar(port(10), port(9))], 'not port 9 and not port 10'],
    ['spelled as text', undefined, [sidecar(port('8126'))], 'not port 8126'],
    ['a port within a range once', undefined, [sidecar(port(15), range('10-20'))], 'not portrange 10-20'],
    ['ranges that overlap as one', undefined, [sidecar(range('10-20'), range('15-30'))], 'not portrange 10-30'],
    ['a range of one', undefined, [sidecar(range('7-7'))], 'not port 7'],
    ['neighbours each', undefined, [sidecar(port(8), port(9))], 'not port 8 and not port 9'],
    ['but not those of the application', 'tcp', [essential(port(80)), sidecar(port(80))], 'tcp'],
    ['nor one by default essential', 'tcp', [appContainer({ essential: undefined, portMappings: [port(80)] })], 'tcp'],
    [
      'around one of the application',
      undefined,
      [essential(port(15)), sidecar(range('10-20'))],
      'not portrange 10-14 and not portrange 16-20'
    ],
    ['outside of its range', undefined, [essential(range('10-20')), sidecar(port(15), port(21))], 'not port 21'],
    ['cut at its range', undefined, [essential(range('5-12')), sidecar(range('10-13'))], 'not port 13'],
    ['none, with a filter', 'port 80', [essential(port(80)), sidecar()], 'port 80'],
    ['none, without one', undefined, [essential(port(80))], undefined],
    ['one, with a filter of blanks', '  ', [sidecar(port(1))], 'not port 1'],
    ['what is no port', 'tcp', [sidecar(port(0), port(65536), port('x'), range('9'), range('9-2'), {})], 'tcp'],
    ['the last port', undefined, [sidecar(port(65535))], 'not port 65535']
  ])('%s', (_name, filter, app, composed) => {
    expect(composeFilter(filter, app)).toBe(composed)
  })
})

test('a port is left out when some sidecar has it and no essential container', () => {
  const mapping = fc
    .tuple(fc.integer({ min: 1, max: 30 }), fc.nat(5))
    .map(([from, length]) => (length === 0 ? port(from) : range(`${from}-${from + length}`)))
  const mappings = fc.array(mapping, { maxLength: 5 })
  fc.assert(
    fc.property(mappings, mappings, (ofApp, ofSidecars) => {
      const filter = composeFilter(undefined, [essential(...ofApp), sidecar(...ofSidecars)]) ?? ''
      for (let number = 1; number <= 40; number++) {
        expect(excludes(filter, number)).toBe(holds(ofSidecars, number) && !holds(ofApp, number))
      }
    }),
    { numRuns: 1000 }
  )
})

const holds = (mappings: readonly JsonObject[], number: number) =>
  mappings.some(({ containerPort, containerPortRange }) => {
    const [from = 0, to = 0] = String(containerPortRange ?? `${containerPort}-${containerPort}`).split('-')
    return Number(from) <= number && number <= Number(to)
  })

function excludes(filter: string, number: number): boolean {
  return filter.split(' and ').some(term => {
    const [, from, to] = /^not port(?:range)? (\d+)(?:-(\d+))?$/.exec(term) ?? []
    return from !== undefined && Number(from) <= number && number <= Number(to ?? from)
  })
}

describe('in the container', () => {
  const definition = fargateDefinition({
    containerDefinitions: [
      appContainer({ cpu: 256 }),
      appContainer({ name: 'side', cpu: 0, essential: false, portMappings: [port(8126)] }),
      oldSensor({ portMappings: [port(9999)] })
    ]
  })

  test.each([
    [true, 'tcp', '(tcp) and not port 8126'],
    [true, undefined, 'not port 8126'],
    [false, 'tcp', 'tcp'],
    [false, undefined, undefined]
  ])('exclude-sidecar-ports %s beside the filter %s', (excludeSidecarPorts, filter, expected) => {
    const sensor = createSensorOptions({ excludeSidecarPorts, flags: { filter } })
    const words = render(definition, { kind: 'install', sensor }, { region: 'eu-west-1' }).sensor?.entryPoint
    const at = Array.isArray(words) ? words.indexOf('--filter') : -1
    expect(Array.isArray(words) && at > 0 ? words[at + 1] : undefined).toBe(expected)
  })
})

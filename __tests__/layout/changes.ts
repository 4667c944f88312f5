import fc from 'fast-check'
import type { Container, Definition } from '../../src/task-definition/definition.ts'
import { definitions } from '../support/arbitraries.ts'

/** Definitions of one or two containers of a few members, as JSON reads them. */
export const files: fc.Arbitrary<Definition> = fc
  .tuple(definitions, fc.nat(12))
  .map(([{ containerDefinitions, ...definition }, from]) => ({
    ...definition,
    containerDefinitions: containerDefinitions.slice(0, 2).map(container => fewMembers(container, from))
  }))
  // Parsers of JSON with comments lose such a member; plain JSON has a test of its own.
  .filter(definition => !JSON.stringify(definition).includes('__proto__'))
  .map((definition): Definition => JSON.parse(JSON.stringify(definition)))

/** Smaller texts are quicker to parse, and show as much. */
function fewMembers(container: Container, from: number): Container {
  const members = Object.entries(container).filter((_, index) => (index + from) % 13 < 5)
  return { ...Object.fromEntries(members), name: container.name, image: container.image }
}

export const sensors: fc.Arbitrary<Container> = fc.constantFrom<Container>(
  { name: 'sensor', image: 'levoai/pcap-sensor:1' },
  {
    name: 'sensor',
    image: 'levoai/pcap-sensor:2',
    essential: false,
    cpu: 128,
    entryPoint: [],
    environment: [{ name: 'A', value: 'no # really: "1"' }],
    dependsOn: [{ containerName: 'c0', condition: 'START' }],
    dockerLabels: { 'levoai.task-size.before': '256/512', 'a b': '' },
    logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/shop' } }
  }
)

/** What `install` does to a file: one container more, and a larger task where the file says a size. */
export function install(definition: Definition, sensor: Container): Definition {
  return {
    ...definition,
    ...(definition.cpu === undefined ? {} : { cpu: grown(definition.cpu) }),
    ...(definition.memory === undefined ? {} : { memory: grown(definition.memory) }),
    containerDefinitions: [...definition.containerDefinitions, sensor]
  }
}

function grown(size: unknown): unknown {
  return typeof size === 'number' ? size * 2 : String(size).replace(/^\d+/, digits => String(Number(digits) * 2))
}

export interface Changed {
  readonly after: Definition
  /** The paths of the entries that are not what they were. */
  readonly paths: readonly string[]
}

type Change = (definition: Definition, container: Container | undefined, index: number) => Changed

let newNames = 0

const withContainer = (definition: Definition, index: number, containers: readonly Container[]): Definition => ({
  ...definition,
  containerDefinitions: definition.containerDefinitions.flatMap((each, at) => (at === index ? containers : [each]))
})

const own = (container: Container, member: string) => `/containerDefinitions/${container.name}/${member}`

const CHANGES: readonly Change[] = [
  (definition, container, index) => ({
    after: container ? withContainer(definition, index, [{ ...container, image: 'other:2' }]) : definition,
    paths: container ? [own(container, 'image')] : []
  }),
  (definition, container, index) => ({
    after: container && definition.containerDefinitions.length > 1 ? withContainer(definition, index, []) : definition,
    paths: container ? [`/containerDefinitions/${container.name}`] : []
  }),
  (definition, container, index) => ({
    after: container
      ? withContainer(definition, index, [{ name: `before-${++newNames}`, image: 'before' }, container])
      : definition,
    paths: []
  }),
  (definition, container, index) => ({
    after: container ? withContainer(definition, index, [{ ...container, added: { deep: [1, 'x'] } }]) : definition,
    paths: container ? [own(container, 'added')] : []
  }),
  (definition, container, index) => {
    const { command: _, environment: __, ...rest } = container ?? { name: '' }
    return {
      after: container ? withContainer(definition, index, [{ ...rest, name: container.name }]) : definition,
      paths: container ? [own(container, 'command'), own(container, 'environment')] : []
    }
  },
  (definition, container, index) => {
    const environment = Array.isArray(container?.environment) ? container.environment : []
    const [first, ...rest] = environment
    return {
      after: container
        ? withContainer(definition, index, [
            { ...container, environment: [...rest, { name: 'NEW', value: '1' }, ...(first ? [] : [{ name: 'B' }])] }
          ])
        : definition,
      paths: container ? [own(container, 'environment')] : []
    }
  },
  definition => {
    const { family: _, volumes: __, ...rest } = definition
    return { after: { ...rest, containerDefinitions: definition.containerDefinitions }, paths: ['/family', '/volumes'] }
  },
  definition => ({
    after: { ...definition, networkMode: ['not', { a: 'text' }], pidMode: 'task' },
    paths: ['/networkMode', '/pidMode']
  })
]

/** A definition and one that differs in a few places. */
export const changes: fc.Arbitrary<{ before: Definition; changed: Changed }> = fc
  .tuple(files, fc.array(fc.tuple(fc.constantFrom(...CHANGES), fc.nat(2)), { minLength: 1, maxLength: 3 }))
  .map(([before, steps]) => ({
    before,
    changed: steps.reduce<Changed>(
      ({ after, paths }, [change, at]) => {
        const index = at % after.containerDefinitions.length
        const next = change(after, after.containerDefinitions[index], index)
        return { after: next.after, paths: [...paths, ...next.paths] }
      },
      { after: before, paths: [] }
    )
  }))

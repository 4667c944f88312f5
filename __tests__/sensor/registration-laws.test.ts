import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { InputError, StepError } from '../../src/errors.ts'
import { type Change, render } from '../../src/sensor/render.ts'
import type { Container, Definition, JsonObject } from '../../src/task-definition/definition.ts'
import { toBody } from '../../src/task-definition/registrable.ts'
import { violations } from '../../stand-in/rules.ts'
import { readStructure } from '../../stand-in/shapes.ts'
import { TASK_DEFINITION_MEMBERS } from '../../stand-in/task-definition-shape.ts'
import { awslogs, EXECUTION_ROLE, oldSensor } from '../fixtures/definitions.ts'
import { sensorOptions, taskSizes } from '../support/arbitraries.ts'

const RUNS = 1000

/** What ECS would say to the definition as it goes on the wire. */
function rulesBrokenBy(definition: Definition): string[] {
  return violations(readStructure(TASK_DEFINITION_MEMBERS, { ...toBody(definition, []) })).map(({ rule }) => rule)
}

const part = fc
  .record({
    cpu: fc.constantFrom<unknown>(undefined, 0, 64, '100', 256),
    memory: fc.constantFrom<unknown>(100, 128, '200', 512, 1000),
    memoryReservation: fc.constantFrom<unknown>(undefined, undefined, 6, 100),
    essential: fc.constantFrom(undefined, true, false, false),
    image: fc.constantFrom('nginx', '111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1'),
    portMappings: fc.constantFrom([], [{ containerPort: 8080 }], [{ containerPortRange: '8000-9000' }]),
    logConfiguration: fc.constantFrom(
      undefined,
      awslogs('/ecs/shop'),
      awslogs('/ecs/shop', { 'awslogs-create-group': 'true' }),
      { logDriver: 'splunk', options: {} }
    ),
    firelensConfiguration: fc.constantFrom(undefined, undefined, { type: 'fluentbit' })
  })
  .map(withoutUndefined)

const sensor = fc
  .record({
    name: fc.constantFrom('pcap', 'levo-pcap-sensor', 'tap'),
    cpu: fc.constantFrom(undefined, 0, 64),
    memory: fc.constantFrom(64, 200),
    essential: fc.constantFrom(undefined, true, false),
    healthCheck: fc.constantFrom(undefined, { command: ['CMD', 'true'] }),
    secrets: fc.constantFrom(undefined, [{ name: 'A', valueFrom: 'arn' }])
  })
  .map(members => oldSensor(withoutUndefined(members)))

/** One to ten containers, some of them with a sensor among them that others may wait for. */
const registrable = fc
  .tuple(
    fc.array(part, { minLength: 1, maxLength: 9, size: 'small' }),
    fc.option(fc.tuple(sensor, fc.nat(9), fc.constantFrom(undefined, 'START', 'HEALTHY', 'COMPLETE', 'SUCCESS'))),
    taskSizes,
    fc.constantFrom('awsvpc', 'awsvpc', 'host'),
    fc.constantFrom<JsonObject>({}, { requiresCompatibilities: ['FARGATE'] }, { requiresCompatibilities: ['EC2'] }),
    fc.constantFrom<JsonObject>({ executionRoleArn: EXECUTION_ROLE }, { executionRoleArn: EXECUTION_ROLE }, {})
  )
  .map(([parts, old, size, networkMode, compatibilities, role]): Definition => {
    const app = parts.map((members, index): Container => ({ ...members, name: `c${index}` }))
    const definition = { family: 'shop', networkMode, ...compatibilities, ...role, ...size }
    if (old === null) return { ...definition, containerDefinitions: app }
    const [found, at, condition] = old
    const waiting = condition === undefined ? {} : { dependsOn: [{ containerName: found.name, condition }] }
    const containers = app.map((container, index) => (index === 0 ? { ...container, ...waiting } : container))
    return { ...definition, containerDefinitions: containers.toSpliced(at, 0, found) }
  })
  .filter(definition => rulesBrokenBy(definition).length === 0)

const REMOVE: Change = { kind: 'remove', image: 'levoai/pcap-sensor:1' }

function rendered(definition: Definition, change: Change): Definition | undefined {
  try {
    return render(definition, change, { region: 'eu-west-1' }).after
  } catch (error) {
    if (error instanceof StepError || error instanceof InputError) return undefined
    throw error
  }
}

test('what ECS takes, it takes with the sensor too', () => {
  let taken = 0
  fc.assert(
    fc.property(registrable, sensorOptions, (definition, options) => {
      const after = rendered(definition, { kind: 'install', sensor: options })
      if (after === undefined) return
      taken += 1
      expect(rulesBrokenBy(after)).toEqual([])
    }),
    { numRuns: 2.5 * RUNS }
  )
  expect(taken).toBeGreaterThanOrEqual(RUNS)
})

test('what ECS takes, it takes without the sensor too', () => {
  fc.assert(
    fc.property(registrable, definition => {
      const after = rendered(definition, REMOVE)
      if (after !== undefined) expect(rulesBrokenBy(after)).toEqual([])
    }),
    { numRuns: RUNS }
  )
})

function withoutUndefined(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

import { describe, expect, test } from '@jest/globals'
import { InputError, StepError } from '../../src/errors.ts'
import type { SensorOptions } from '../../src/sensor/container.ts'
import { render } from '../../src/sensor/render.ts'
import type { Container, Definition, JsonObject } from '../../src/task-definition/definition.ts'
import { toBody } from '../../src/task-definition/registrable.ts'
import { violations } from '../../stand-in/rules.ts'
import { appContainer, awslogs, fargateDefinition, oldSensor } from '../fixtures/definitions.ts'
import { createSensorOptions } from '../support/options.ts'
import { type Outcome, ROWS } from './registration-rows.ts'

/** The documented container with documented values, put behind the others as by hand, with what a table row adds. */
function naive(definition: Definition, members: JsonObject = {}): Definition {
  const sensor: Container = {
    name: 'levo-pcap-sensor',
    image: 'levoai/pcap-sensor:0.1.9',
    cpu: 512,
    memory: 512,
    essential: false,
    entryPoint: ['./bin/init', 'apidump'],
    logConfiguration: awslogs('/ecs/pcap'),
    ...members
  }
  return { ...definition, containerDefinitions: [...definition.containerDefinitions, sensor] }
}

const rulesBrokenBy = (definition: Definition) => violations({ ...toBody(definition, []) }).map(({ rule }) => rule)

function outcomeOf(definition: Definition, options: Partial<SensorOptions>): [string, string[]] {
  try {
    const sensor = createSensorOptions(options)
    const { after } = render(definition, { kind: 'install', sensor }, { region: 'eu-west-1' })
    return ['renders', rulesBrokenBy(after)]
  } catch (error) {
    if (error instanceof StepError) return [error.code, []]
    if (error instanceof InputError) return ['input', []]
    throw error
  }
}

describe('where a sidecar that is pasted in would be refused, ours is refused before or taken', () => {
  test.each(ROWS)('$rule: $outcome', ({ rule, definition, members, inputs = {}, outcome }) => {
    expect(rulesBrokenBy(definition)).toEqual([])
    expect(rulesBrokenBy(naive(definition, members))).toContain(rule)
    expect(outcomeOf(definition, inputs)).toEqual([outcome, []])
  })
})

describe('an old sensor that others rely on, or that stands alone, is not replaced by what ECS refuses', () => {
  const waiting = (condition: string, sensor: JsonObject = {}) =>
    fargateDefinition({
      containerDefinitions: [
        appContainer({ cpu: 0, dependsOn: [{ containerName: 'pcap', condition }] }),
        oldSensor({ healthCheck: { command: ['CMD', 'true'] }, ...sensor })
      ]
    })
  const healthCheck = { command: ['CMD', 'true'] }

  test.each<[string, Definition, Partial<SensorOptions>, Outcome]>([
    ['a wait for its start', waiting('START'), {}, 'renders'],
    ['a wait for its health', waiting('HEALTHY'), {}, 'depends-on-sensor'],
    ['a wait for its health, given again', waiting('HEALTHY'), { overrides: { healthCheck } }, 'renders'],
    ['a wait for its end', waiting('COMPLETE'), {}, 'renders'],
    ['that and an essential sensor', waiting('SUCCESS'), { overrides: { essential: true } }, 'depends-on-sensor'],
    [
      'the only essential container',
      fargateDefinition({ containerDefinitions: [appContainer({ essential: false }), oldSensor({ essential: true })] }),
      {},
      'no-essential-container'
    ],
    [
      'a sensor alone',
      fargateDefinition({ containerDefinitions: [oldSensor({ essential: undefined })] }),
      {},
      'no-essential-container'
    ]
  ])('%s', (_name, definition, options, outcome) => {
    expect(rulesBrokenBy(definition)).toEqual([])
    expect(outcomeOf(definition, options)).toEqual([outcome, []])
  })
})

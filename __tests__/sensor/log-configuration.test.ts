import { describe, expect, test } from '@jest/globals'
import { decideLogs, type LogChoice } from '../../src/sensor/log-configuration.ts'
import type { Definition, JsonObject } from '../../src/task-definition/definition.ts'
import { appContainer, awslogs, fargateDefinition, unsizedDefinition } from '../fixtures/definitions.ts'

const SHARED: LogChoice = { kind: 'app', streamPrefix: 'ecs-pcap' }
const OWN: LogChoice = { kind: 'group', group: '/ecs/pcap', streamPrefix: 'tap' }

function decide(choice: LogChoice, definition: Definition, servicesOnFargate?: boolean) {
  const { logConfiguration, notes } = decideLogs(choice, definition, definition.containerDefinitions, {
    region: 'us-east-2',
    servicesOnFargate
  })
  return { logConfiguration, notes }
}

const withLogs = (...logs: readonly (JsonObject | undefined)[]): Definition =>
  fargateDefinition({
    containerDefinitions: logs.map((logConfiguration, index) =>
      appContainer({ name: `part${index}`, logConfiguration, essential: index !== 0 })
    )
  })

function optionsOf(logConfiguration: JsonObject | undefined): unknown {
  expect(logConfiguration?.logDriver).toBe('awslogs')
  return logConfiguration?.options
}

describe('without log-group the sensor writes to the awslogs group', () => {
  test.each([
    ['of the first essential container', withLogs(awslogs('/helper'), awslogs('/first'), awslogs('/second')), '/first'],
    ['past essential ones without', withLogs(awslogs('/helper'), undefined, awslogs('/second')), '/second'],
    [
      'past another driver',
      withLogs(undefined, { logDriver: 'splunk', options: { 'awslogs-group': '/no' } }, awslogs('/yes')),
      '/yes'
    ],
    ['past a group that is empty', withLogs(undefined, awslogs(''), awslogs('/yes')), '/yes'],
    ['of any, where no essential one has one', withLogs(awslogs('/helper'), undefined), '/helper']
  ])('%s', (_name, definition, group) => {
    const { logConfiguration, notes } = decide(SHARED, definition)
    expect(optionsOf(logConfiguration)).toEqual({
      'awslogs-group': group,
      'awslogs-region': 'eu-west-1',
      'awslogs-stream-prefix': 'ecs-pcap'
    })
    expect(notes).toEqual([{ level: 'note', text: expect.stringContaining(`logs to ${group}`) }])
  })

  test.each([['true'], ['false']])('with awslogs-create-group %s exactly as there', create => {
    const { logConfiguration } = decide(SHARED, withLogs(awslogs('/g', { 'awslogs-create-group': create })))
    expect(optionsOf(logConfiguration)).toMatchObject({ 'awslogs-create-group': create })
  })

  test('takes nothing else from there', () => {
    const more = {
      mode: 'blocking',
      'max-buffer-size': '1m',
      'awslogs-datetime-format': '%Y',
      'awslogs-multiline-pattern': 'x'
    }
    const { logConfiguration } = decide(SHARED, withLogs(awslogs('/g', more)))
    expect(Object.keys(optionsOf(logConfiguration) as JsonObject)).toEqual([
      'awslogs-group',
      'awslogs-region',
      'awslogs-stream-prefix'
    ])
  })

  test("in the run's Region where the container names none", () => {
    const { logConfiguration } = decide(SHARED, withLogs({ logDriver: 'awslogs', options: { 'awslogs-group': '/g' } }))
    expect(optionsOf(logConfiguration)).toMatchObject({ 'awslogs-region': 'us-east-2' })
  })
})

describe('there is no log configuration, and a warning,', () => {
  test.each([
    ['where no container has one', fargateDefinition()],
    ['where all have another driver', withLogs({ logDriver: 'awsfirelens', options: {} })],
    ['where the options are missing', withLogs({ logDriver: 'awslogs' })]
  ])('%s, with log-group and the right that it needs', (_name, definition) => {
    const { logConfiguration, notes } = decide(SHARED, definition)
    expect(logConfiguration).toBeUndefined()
    const text = expect.stringMatching(/Give log-group .* logs:CreateLogGroup/)
    expect(notes).toEqual([{ level: 'warning', text, at: ['containerDefinitions'] }])
  })

  test.each([
    ['shared', SHARED, undefined],
    ['shared, with an empty role', SHARED, ''],
    ['of its own', OWN, undefined],
    ['whole, of awslogs', { kind: 'whole', logDriver: 'awslogs', options: {} } as const, undefined]
  ])('on Fargate without an execution role: %s', (_name, choice, executionRoleArn) => {
    const definition = { ...withLogs(awslogs('/g')), executionRoleArn }
    const { logConfiguration, notes } = decide(choice, definition)
    expect(logConfiguration).toBeUndefined()
    const text = expect.stringMatching(/no executionRoleArn.*is lost/)
    expect(notes).toEqual([{ level: 'warning', text, at: ['executionRoleArn'] }])
  })

  test('where a service runs it on Fargate without an execution role', () => {
    const definition = unsizedDefinition({ containerDefinitions: [appContainer({ logConfiguration: awslogs('/g') })] })
    expect(decide(SHARED, definition, true).logConfiguration).toBeUndefined()
    expect(decide(SHARED, definition, false).logConfiguration).toBeDefined()
  })
})

test('on EC2 an execution role is not needed', () => {
  const definition = unsizedDefinition({ containerDefinitions: [appContainer({ logConfiguration: awslogs('/g') })] })
  expect(decide(SHARED, definition).logConfiguration).toBeDefined()
})

test('log-group gives the documented block in its order, with a note about the right that it needs', () => {
  const { logConfiguration, notes } = decide(OWN, withLogs(awslogs('/app')))
  expect(JSON.stringify(logConfiguration)).toBe(
    '{"logDriver":"awslogs","options":{"awslogs-group":"/ecs/pcap","awslogs-create-group":"true",' +
      '"awslogs-region":"us-east-2","awslogs-stream-prefix":"tap"}}'
  )
  expect(notes).toEqual([{ level: 'note', text: expect.stringContaining('logs:CreateLogGroup') }])
})

test.each([
  ['awslogs', fargateDefinition()],
  ['splunk', fargateDefinition()],
  ['splunk', fargateDefinition({ executionRoleArn: undefined })]
])('a whole log configuration of %s is taken as given', (logDriver, definition) => {
  const options = { 'splunk-url': 'https://logs', 'splunk-format': 'raw' }
  expect(decide({ kind: 'whole', logDriver, options }, definition)).toEqual({
    logConfiguration: { logDriver, options },
    notes: []
  })
})

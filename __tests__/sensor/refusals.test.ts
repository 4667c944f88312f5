import { describe, expect, test } from '@jest/globals'
import { BLIND_PLACES, CONFLICTS } from '../../src/sensor/refusals.ts'
import type { Rule } from '../../src/sensor/rule.ts'
import type { Definition, JsonObject } from '../../src/task-definition/definition.ts'
import { appContainer, fargateDefinition, unsizedDefinition } from '../fixtures/definitions.ts'

function apply<T>(rules: readonly Rule<T>[], subject: T) {
  return rules.flatMap(({ code, says }) => {
    const text = says(subject)
    return text === undefined ? [] : [{ code, text }]
  })
}

const refusalsFor = (definition: Definition, servicesOnFargate?: boolean) =>
  apply(BLIND_PLACES, { definition, servicesOnFargate })

function conflictsFor(definition: Definition, sensor: JsonObject, servicesOnFargate?: boolean) {
  const own = { name: 'levo-pcap-sensor', image: 'levoai/pcap-sensor:1', memory: 200, essential: false, ...sensor }
  return apply(CONFLICTS, { definition, app: definition.containerDefinitions, sensor: own, servicesOnFargate })
}

test('a plain Fargate task is not refused', () => {
  expect(refusalsFor(fargateDefinition())).toEqual([])
  expect(conflictsFor(fargateDefinition(), {})).toEqual([])
})

describe('refused is', () => {
  test.each([
    [
      'Windows',
      fargateDefinition({ runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } }),
      'refused-windows',
      /WINDOWS_SERVER_2022_CORE.*Leave this task out/
    ],
    ['no network', unsizedDefinition({ networkMode: 'none' }), 'refused-network-mode', /"none".*no traffic/],
    [
      'bridge',
      unsizedDefinition({ networkMode: 'bridge' }),
      'refused-network-mode',
      /"bridge".*see only itself.*Use awsvpc/
    ],
    [
      'bridge, though it says Fargate',
      fargateDefinition({ networkMode: 'bridge' }),
      'refused-network-mode',
      /"bridge"/
    ],
    [
      'a mode that is not set, which is bridge',
      unsizedDefinition({ networkMode: undefined }),
      'refused-network-mode',
      /not set.*takes as bridge/
    ],
    ['an empty mode', unsizedDefinition({ networkMode: '' }), 'refused-network-mode', /not set/],
    [
      'the default mode',
      unsizedDefinition({ networkMode: 'default' }),
      'refused-network-mode',
      /"default".*takes as bridge/
    ]
  ])('%s', (_name, definition, code, text) => {
    expect(refusalsFor(definition)).toEqual([{ code, text: expect.stringMatching(text) }])
  })

  test.each([
    ['Linux', fargateDefinition({ runtimePlatform: { operatingSystemFamily: 'LINUX' } }), undefined],
    ['a platform without a family', fargateDefinition({ runtimePlatform: {} }), undefined],
    ['awsvpc', unsizedDefinition(), undefined],
    ['host', unsizedDefinition({ networkMode: 'host' }), undefined],
    ['no mode on Fargate', fargateDefinition({ networkMode: undefined }), undefined],
    ['no mode where a service runs it on Fargate', unsizedDefinition({ networkMode: undefined }), true]
  ])('but not %s', (_name, definition, servicesOnFargate) => {
    expect(refusalsFor(definition, servicesOnFargate)).toEqual([])
  })
})

test('no mode is refused too where only some of the services run it on Fargate', () => {
  const place = {
    definition: unsizedDefinition({ networkMode: undefined }),
    servicesOnFargate: true,
    servicesOnBoth: true
  }
  expect(apply(BLIND_PLACES, place)).toMatchObject([{ code: 'refused-network-mode' }])
})

describe('refused as ECS would is', () => {
  const noRole = fargateDefinition({ executionRoleArn: undefined })
  const ecr = { image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/pcap-sensor:1' }
  const secrets = { secrets: [{ name: 'A', valueFrom: 'arn' }] }
  const firelens = { logConfiguration: { logDriver: 'awsfirelens' } }
  const router = fargateDefinition({
    containerDefinitions: [
      appContainer(),
      appContainer({ name: 'router', firelensConfiguration: { type: 'fluentbit' } })
    ]
  })

  test.each([
    ['a secret without a role', noRole, secrets, 'needs-execution-role', /secrets need.*Add an executionRoleArn/],
    ['a secret without a role on EC2', unsizedDefinition(), secrets, 'needs-execution-role', /secrets need/],
    [
      'registry credentials without a role',
      noRole,
      { repositoryCredentials: {} },
      'needs-execution-role',
      /repository-credentials need/
    ],
    ['an ECR image without a role', noRole, ecr, 'needs-execution-role', /from ECR/],
    [
      'a driver that Fargate lacks',
      fargateDefinition(),
      { logConfiguration: { logDriver: 'fluentd' } },
      'log-driver',
      /fluentd does not exist on Fargate.*awslogs, splunk, awsfirelens/
    ],
    [
      'FireLens without a router',
      fargateDefinition(),
      firelens,
      'log-driver',
      /needs a container with a firelensConfiguration/
    ]
  ])('%s', (_name, definition, sensor, code, text) => {
    expect(conflictsFor(definition, sensor)).toEqual([{ code, text: expect.stringMatching(text) }])
  })

  test.each([
    ['a secret with a role', fargateDefinition(), secrets],
    ['an ECR image with a role', fargateDefinition(), ecr],
    ['an ECR image on EC2', unsizedDefinition(), ecr],
    ['a public image without a role', noRole, {}],
    ['a driver of EC2 there', unsizedDefinition(), { logConfiguration: { logDriver: 'fluentd' } }],
    ['FireLens with a router', router, firelens],
    ['splunk on Fargate', fargateDefinition(), { logConfiguration: { logDriver: 'splunk' } }]
  ])('but not %s', (_name, definition, sensor) => {
    expect(conflictsFor(definition, sensor)).toEqual([])
  })

  test('an ECR image where a service runs it on Fargate', () => {
    expect(conflictsFor(unsizedDefinition(), ecr, true)).toHaveLength(1)
  })
})

describe('refused as ECS would is also what the inputs or an old sensor lead to', () => {
  const noRole = fargateDefinition({ executionRoleArn: undefined })
  const awslogs = (...options: readonly string[]) => ({
    logConfiguration: {
      logDriver: 'awslogs',
      options: Object.fromEntries(options.map(option => [`awslogs-${option}`, 'x']))
    }
  })
  const all = awslogs('group', 'region', 'stream-prefix')
  const waiting = (condition: string) =>
    fargateDefinition({
      containerDefinitions: [appContainer({ dependsOn: [{ containerName: 'levo-pcap-sensor', condition }] })]
    })
  const helpers = (essential: unknown) =>
    fargateDefinition({
      containerDefinitions: [appContainer({ essential: false }), appContainer({ name: 'old', essential })]
    })
  const onEc2 = unsizedDefinition({ executionRoleArn: undefined })

  test.each<[string, Definition, JsonObject, string | undefined]>([
    ['awslogs without a role', noRole, all, 'needs-execution-role'],
    ['awslogs with a role', fargateDefinition(), all, undefined],
    ['awslogs without a role on EC2', onEc2, all, undefined],
    ['awslogs without a group', fargateDefinition(), awslogs('region', 'stream-prefix'), 'log-driver'],
    ['awslogs without a Region', fargateDefinition(), awslogs('group', 'stream-prefix'), 'log-driver'],
    ['awslogs without a prefix', fargateDefinition(), awslogs('group', 'region'), 'log-driver'],
    ['awslogs without a prefix on EC2', onEc2, awslogs('group', 'region'), undefined],
    ['an empty list of secrets without a role', noRole, { secrets: [] }, undefined],
    ['an image with strange characters', fargateDefinition(), { image: 'a/b:1+2' }, 'image'],
    ['no image', fargateDefinition(), { image: undefined }, 'image'],
    ['an image of 256 characters', fargateDefinition(), { image: 'a'.repeat(256) }, 'image'],
    ['an image of 255', fargateDefinition(), { image: 'a'.repeat(255) }, undefined],
    ['an image of 255 and a digest', fargateDefinition(), { image: `${'a'.repeat(255)}@sha256:0` }, undefined],
    ['memory below the least', fargateDefinition(), { memory: 5 }, 'memory'],
    ['the least memory', fargateDefinition(), { memory: 6 }, undefined],
    ['no memory anywhere', unsizedDefinition(), { memory: undefined }, 'memory'],
    ['only a reservation', unsizedDefinition(), { memory: undefined, memoryReservation: 6 }, undefined],
    ['only that of the task', fargateDefinition(), { memory: undefined }, undefined],
    ['a wait for its health', waiting('HEALTHY'), {}, 'depends-on-sensor'],
    ['a wait for the health that it has', waiting('HEALTHY'), { healthCheck: { command: ['x'] } }, undefined],
    ['a wait for its start', waiting('START'), {}, undefined],
    ['a wait for its end', waiting('COMPLETE'), {}, undefined],
    ['a wait for the end of an essential one', waiting('SUCCESS'), { essential: true }, 'depends-on-sensor']
  ])('%s', (_name, definition, sensor, code) => {
    expect(conflictsFor(definition, sensor).map(conflict => conflict.code)).toEqual(code === undefined ? [] : [code])
  })

  test.each([
    [true, false, ['no-essential-container']],
    [undefined, false, ['no-essential-container']],
    [true, true, []],
    [false, false, []]
  ])('an old sensor with essential %s, a new one with %s, among helpers', (before, essential, codes) => {
    const definition = helpers(before)
    const [app] = definition.containerDefinitions
    const sensor = { name: 'levo-pcap-sensor', image: 'levoai/pcap-sensor:1', memory: 200, essential }
    const found = apply(CONFLICTS, { definition, app: app === undefined ? [] : [app], sensor })
    expect(found.map(({ code }) => code)).toEqual(codes)
  })
})

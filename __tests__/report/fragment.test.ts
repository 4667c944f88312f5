import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { FORMATS, writeFragment } from '../../src/report/fragment.ts'
import { buildContainer } from '../../src/sensor/container.ts'
import { fargateDefinition } from '../fixtures/definitions.ts'
import { createSensorOptions } from '../support/options.ts'
import { readHcl } from './read-hcl.ts'

/** A text that begins with a dollar sign, which this language would read as a template too. */
const dollar = (text: string) => `$${text}`

const STRANGE = `a\nb\t"c" \\ ${dollar('{d}')} %{e} $${dollar('{f}')} ü \u2028`
const LABEL = `${dollar('{x}')} "y"`

const definition = fargateDefinition()
const options = createSensorOptions({
  profile: 'standard',
  logs: { kind: 'group', group: '/ecs/pcap', streamPrefix: 'ecs-pcap' },
  dockerLabels: new Map([['com.example.team', LABEL]]),
  environment: new Map([['TEXT', STRANGE]]),
  secrets: new Map([['TOKEN', 'arn:aws:ssm:x']]),
  repositoryCredentials: 'arn:aws:secretsmanager:x',
  restartAttemptPeriod: 60,
  overrides: { linuxParameters: { capabilities: { drop: ['ALL'] } }, firelensConfiguration: { options: { a: 'b' } } }
})
const { container } = buildContainer(options, definition, definition.containerDefinitions, { region: 'eu-west-1' })

test.each(FORMATS)('%s ends with one line break', format => {
  expect(writeFragment(container, format)).toMatch(/[^\n]\n$/)
})

test('ECS is the container itself', () => {
  const text = writeFragment(container, 'ecs')
  expect(JSON.parse(text)).toStrictEqual(container)
  expect(text).toContain('\n  "name": "levo-pcap-sensor",\n')
})

test('CloudFormation has its own names, and the user theirs', () => {
  expect(JSON.parse(writeFragment(container, 'cloudformation'))).toStrictEqual({
    Name: 'levo-pcap-sensor',
    Image: 'levoai/pcap-sensor:0.1.9',
    RepositoryCredentials: { CredentialsParameter: 'arn:aws:secretsmanager:x' },
    Cpu: 512,
    Memory: 512,
    PortMappings: [],
    Essential: false,
    EntryPoint: container.entryPoint,
    Environment: [
      { Name: 'LEVO_AWS_REGION', Value: 'eu-west-1' },
      { Name: 'TEXT', Value: STRANGE }
    ],
    Secrets: [{ Name: 'TOKEN', ValueFrom: 'arn:aws:ssm:x' }],
    RestartPolicy: { Enabled: true, RestartAttemptPeriod: 60 },
    MountPoints: [],
    VolumesFrom: [],
    DockerLabels: { 'com.example.team': LABEL },
    LogConfiguration: {
      LogDriver: 'awslogs',
      Options: {
        'awslogs-group': '/ecs/pcap',
        'awslogs-create-group': 'true',
        'awslogs-region': 'eu-west-1',
        'awslogs-stream-prefix': 'ecs-pcap'
      }
    },
    LinuxParameters: { Capabilities: { Drop: ['ALL'] } },
    FirelensConfiguration: { Options: { a: 'b' } }
  })
})

describe('Terraform', () => {
  test('is read back as the container', () => {
    expect(readHcl(writeFragment(container, 'terraform'))).toStrictEqual(container)
  })

  test('is laid out as people write it', () => {
    const text = writeFragment({ name: 'x', list: ['a', 'b'], 'a.b': {}, on: true, none: [] }, 'terraform')
    expect(text).toBe(
      '{\n  name = "x"\n  list = [\n    "a",\n    "b"\n  ]\n  "a.b" = {}\n  on = true\n  none = []\n}\n'
    )
  })

  test.each([
    ['an interpolation', dollar('{var.x}'), `"$${dollar('{var.x}')}"`],
    ['a directive', '%{ if x }', '"%%{ if x }"'],
    ['a lone sign', '5% of $5', '"5% of $5"'],
    ['a quote', 'say "hi"', '"say \\"hi\\""'],
    ['a backslash', 'a\\d', '"a\\\\d"'],
    ['a backslash before a b', '\\b', '"\\\\b"'],
    ['a line break', 'a\nb', '"a\\nb"'],
    ['a backspace, for which HCL has no letter', '\b', '"\\u0008"'],
    ['a form feed', '\f', '"\\u000c"'],
    ['another control character', '\u0001', '"\\u0001"']
  ])('writes %s', (_name, value, expected) => {
    expect(writeFragment({ value }, 'terraform')).toBe(`{\n  value = ${expected}\n}\n`)
  })

  test.each(['for', 'a b', 'a.b', '1a', '', dollar('{x}'), 'ü'])('quotes the key %j', key => {
    const text = writeFragment({ [key]: 1 }, 'terraform')
    expect(text).toMatch(/^\{\n {2}"/)
    expect(readHcl(text)).toStrictEqual({ [key]: 1 })
  })

  test('leaves out what has no value', () => {
    expect(writeFragment({ a: undefined, b: null }, 'terraform')).toBe('{\n  b = null\n}\n')
  })

  test('gives back whatever is in it', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[$%{}"\\\n]{1,8}$/))
    const { value } = fc.letrec<{ value: unknown }>(tie => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(text, tie('value'), { maxKeys: 3 })
      )
    }))
    fc.assert(
      fc.property(value, content => {
        const plain: unknown = JSON.parse(JSON.stringify({ content }))
        expect(readHcl(writeFragment({ content }, 'terraform'))).toEqual(plain)
      }),
      { numRuns: 1000 }
    )
  })
})

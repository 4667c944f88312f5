import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runIn, type Said } from '../support/command-run.ts'
import { shop } from '../support/flow-definitions.ts'

const ACCOUNT = ['--account', '123456789012']
const WAITING = ['--wait-for-service-stability']

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'policy-'))
  writeFileSync(join(folder, 'shop.json'), JSON.stringify(shop()))
})
afterAll(() => rmSync(folder, { recursive: true }))

const run = (...argv: readonly string[]): Promise<Said> => runIn(folder, ['policy', ...argv])

interface Printed {
  Version: string
  Statement: { Sid: string; Resource: string | string[] }[]
}

async function policy(...argv: readonly string[]): Promise<Printed> {
  const { stdout, stderr, status } = await run(...argv)
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Printed
}

const sids = ({ Statement }: Printed): string[] => Statement.map(({ Sid }) => Sid)
const resourceOf = ({ Statement }: Printed, sid: string) => Statement.find(({ Sid }) => Sid === sid)?.Resource

describe('the whole document', () => {
  const ecs = (resource: string): string => `arn:aws:ecs:eu-west-1:123456789012:${resource}`

  test('of registering a file', async () => {
    const family = [ecs('task-definition/shop'), ecs('task-definition/shop:*')]
    expect(await policy('--task-definition', 'shop.json')).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'ReadTaskDefinition', Effect: 'Allow', Action: 'ecs:DescribeTaskDefinition', Resource: '*' },
        { Sid: 'RegisterTaskDefinition', Effect: 'Allow', Action: 'ecs:RegisterTaskDefinition', Resource: family },
        {
          Sid: 'TagNewTaskDefinition',
          Effect: 'Allow',
          Action: 'ecs:TagResource',
          Resource: family,
          Condition: { StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' } }
        },
        {
          Sid: 'PassTaskRoles',
          Effect: 'Allow',
          Action: 'iam:PassRole',
          Resource: ['arn:aws:iam::123456789012:role/shop-task', 'arn:aws:iam::123456789012:role/shop-execution'],
          Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } }
        }
      ]
    })
  })

  test('of verifying a service', async () => {
    expect(await policy('--mode', 'verify', '--cluster', 'blue', '--service', 'web', ...ACCOUNT)).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'ReadTaskDefinition', Effect: 'Allow', Action: 'ecs:DescribeTaskDefinition', Resource: '*' },
        { Sid: 'ReadServices', Effect: 'Allow', Action: 'ecs:DescribeServices', Resource: ecs('service/blue/web') },
        {
          Sid: 'ListTasks',
          Effect: 'Allow',
          Action: 'ecs:ListTasks',
          Resource: '*',
          Condition: { ArnEquals: { 'ecs:cluster': ecs('cluster/blue') } }
        },
        { Sid: 'ReadTasks', Effect: 'Allow', Action: 'ecs:DescribeTasks', Resource: ecs('task/blue/*') },
        {
          Sid: 'OptionalReadSensorLog',
          Effect: 'Allow',
          Action: 'logs:GetLogEvents',
          Resource: 'arn:aws:logs:eu-west-1:123456789012:log-group:LOG_GROUP:log-stream:*'
        }
      ]
    })
  })
})

describe('its statements', () => {
  const REGISTERS = ['ReadTaskDefinition', 'RegisterTaskDefinition', 'TagNewTaskDefinition', 'PassTaskRoles']
  const MOVES = [...REGISTERS, 'ReadServices', 'UpdateServices', 'OptionalMarkServices']
  const LOOKS = ['ListTasks', 'ReadTasks', 'OptionalReadServiceDeployments', 'OptionalReadSensorLog']
  const DELIVERS = [
    ...['ReadCodeDeploy', 'DeployThroughCodeDeploy', 'ReadCodeDeployConfiguration', 'RegisterCodeDeployRevision']
  ]
  test.each<[string, readonly string[], readonly string[]]>([
    ['without any option', [], REGISTERS],
    ['--service', ['--service', 'web'], MOVES],
    ['waiting', ['--service', 'web', ...WAITING], [...MOVES, ...LOOKS]],
    [
      'rolling back',
      ['--service', 'web', ...WAITING, '--rollback-on-failure'],
      [...MOVES, ...LOOKS, 'OptionalReadServiceRevisions', 'OptionalStopServiceDeployment']
    ],
    [
      'waiting without the proof',
      ['--service', 'web', ...WAITING, '--verify-sensor', 'warn'],
      [...MOVES, ...LOOKS.map(sid => `Optional${sid}`.replace('OptionalOptional', 'Optional'))]
    ],
    [
      'CodeDeploy',
      ['--service', 'web', '--codedeploy-appspec', 'spec.yaml'],
      [...MOVES.filter(sid => sid !== 'UpdateServices'), ...DELIVERS]
    ],
    [
      'CodeDeploy, with a setting of the service',
      ['--service', 'web', '--codedeploy-appspec', 'spec.yaml', '--desired-count', '3'],
      [...MOVES, ...DELIVERS]
    ],
    ['a dry run', ['--service', 'web', '--dry-run'], ['ReadTaskDefinition', 'ReadServices']],
    ['a dry run of a file', ['--task-definition', 'shop.json', '--dry-run'], ['OptionalReadTaskDefinition']],
    [
      'removing',
      ['--service', 'web', '--mode', 'remove', ...WAITING],
      [...MOVES, ...LOOKS].filter(sid => sid !== 'OptionalReadSensorLog')
    ]
  ])('%s', async (_name, argv, expected) => {
    expect(sids(await policy(...argv))).toEqual(expected)
  })
})

describe('its resources', () => {
  test.each([
    ['us-west-2', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eusc-de-east-1', 'aws-eusc']
  ])('are of the partition of %s', async (region, partition) => {
    const printed = await policy('--aws-region', region, '--service', 'web', '--role', 'shop', ...ACCOUNT)
    expect(resourceOf(printed, 'ReadServices')).toBe(`arn:${partition}:ecs:${region}:123456789012:service/default/web`)
    expect(resourceOf(printed, 'PassTaskRoles')).toBe(`arn:${partition}:iam::123456789012:role/shop`)
  })

  test('take cluster, names and account from ARNs', async () => {
    const service = 'arn:aws:ecs:us-east-1:210987654321:service/blue/web'
    const printed = await policy('--service', service, '--task-definition-family', 'shop')
    expect(resourceOf(printed, 'UpdateServices')).toBe(service)
    expect(resourceOf(printed, 'RegisterTaskDefinition')).toContain(
      'arn:aws:ecs:us-east-1:210987654321:task-definition/shop'
    )
  })

  test('are a family by the ARN of one of its revisions', async () => {
    const arn = 'arn:aws:ecs:us-east-1:210987654321:task-definition/shop:7'
    expect(resourceOf(await policy('--task-definition-arn', arn), 'RegisterTaskDefinition')).toEqual([
      arn.replace(/:7$/, ''),
      arn.replace(/7$/, '*')
    ])
  })

  test('are the roles that were given, instead of those of the file', async () => {
    const printed = await policy('--task-definition', 'shop.json', '--role', 'one,two', ...ACCOUNT)
    expect(resourceOf(printed, 'PassTaskRoles')).toEqual([
      'arn:aws:iam::123456789012:role/one',
      'arn:aws:iam::123456789012:role/two'
    ])
  })

  test("are the sensor's own streams, in the group that the file or the options name", async () => {
    const moved = ['--service', 'web', ...WAITING, ...ACCOUNT, '--task-definition', 'shop.json', '--aws-region']
    const streams = ':log-stream:ecs-pcap/levo-pcap-sensor/*'
    expect(resourceOf(await policy(...moved, 'us-east-1'), 'OptionalReadSensorLog')).toBe(
      `arn:aws:logs:us-east-1:123456789012:log-group:/shop${streams}`
    )
    expect(resourceOf(await policy(...moved, 'us-east-1', '--log-group', '/pcap'), 'OptionalReadSensorLog')).toBe(
      `arn:aws:logs:us-east-1:123456789012:log-group:/pcap${streams}`
    )
  })

  test.each([
    ['a log in another Region', ['--aws-region', 'eu-west-1']],
    ['a log that is not in CloudWatch', ['--aws-region', 'us-east-1', '--log-configuration-log-driver', 'splunk']]
  ])('leave out %s, which is not read', async (_name, argv) => {
    const printed = await policy('--service', 'web', ...WAITING, '--task-definition', 'shop.json', ...argv)
    expect(sids(printed)).not.toContain('OptionalReadSensorLog')
  })

  test('are the deployment group by its usual or its given name', async () => {
    const delivered = ['--cluster', 'blue', '--service', 'web', ...ACCOUNT, '--codedeploy-appspec', 'spec.yaml']
    const start = 'arn:aws:codedeploy:eu-west-1:123456789012:'
    expect(resourceOf(await policy(...delivered), 'ReadCodeDeploy')).toBe(
      `${start}deploymentgroup:AppECS-blue-web/DgpECS-blue-web`
    )
    const named = await policy(
      ...delivered,
      ...['--codedeploy-application', 'a', '--codedeploy-deployment-group', 'g', '--codedeploy-deployment-config', 'c']
    )
    expect(resourceOf(named, 'DeployThroughCodeDeploy')).toBe(`${start}deploymentgroup:a/g`)
    expect(resourceOf(named, 'RegisterCodeDeployRevision')).toBe(`${start}application:a`)
    expect(resourceOf(named, 'ReadCodeDeployConfiguration')).toBe(`${start}deploymentconfig:c`)
  })

  test('do not hold a role where the file names none', async () => {
    const { taskRoleArn: _task, executionRoleArn: _execution, ...bare } = shop()
    writeFileSync(join(folder, 'bare.json'), JSON.stringify(bare))
    expect(sids(await policy('--task-definition', 'bare.json'))).not.toContain('PassTaskRoles')
  })
})

describe('on stderr', () => {
  test('what is left to fill in, and where it may come from', async () => {
    const { stdout, stderr } = await run('--service', 'web', ...WAITING)
    for (const name of ['ACCOUNT', 'FAMILY', 'TASK_ROLE_ARN', 'EXECUTION_ROLE_ARN', 'LOG_GROUP']) {
      expect(stdout).toContain(name)
      expect(stderr).toMatch(new RegExp(`^- ${name}: .* \\(--`, 'm'))
    }
    expect(stderr).toContain('Left to fill in:')
    expect(stderr).toContain('whose Sid begins with Optional may be taken out')
    expect(stderr).toContain('give --codedeploy-appspec')
  })

  test('nothing when nothing is left', async () => {
    expect(await run('--task-definition', 'shop.json')).toMatchObject({ stderr: '', status: 0 })
  })

  test('all that is wrong at once, with status 2', async () => {
    const { stdout, stderr, status } = await run('--account', '12', '--role', 'a b', '--rollback-on-failure')
    expect([stdout, status]).toEqual(['', 2])
    expect(stderr).toContain('3 problems with the input')
    expect(stderr).toContain('--account: must be the twelve digits of an account, not "12"')
    expect(stderr).toContain('--role: must be the name or the ARN of a role, not "a b"')
    expect(stderr).toContain('rollback-on-failure: needs wait-for-service-stability')
  })
})

describe('the right to look the image up', () => {
  const image = (name: string) => ['--image', name, '--service', 'web', ...ACCOUNT]
  const inEcr = '210987654321.dkr.ecr.cn-north-1.amazonaws.com.cn/mirror/pcap-sensor:1'

  test.each<[string, string[]]>([
    ['moving a service', []],
    ['a dry run', ['--dry-run']]
  ])('is that on its repository, wherever that is: %s', async (_name, more) => {
    const printed = await policy(...image(inEcr), ...more)
    expect(printed.Statement).toContainEqual({
      Sid: 'OptionalReadImage',
      Effect: 'Allow',
      Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: 'arn:aws-cn:ecr:cn-north-1:210987654321:repository/mirror/pcap-sensor'
    })
  })

  test('of the image that overrides give', async () => {
    const overrides = ['--container-overrides', JSON.stringify({ image: inEcr })]
    expect(sids(await policy(...image('mirror/pcap-sensor:1'), ...overrides))).toContain('OptionalReadImage')
  })

  test.each<[string, string[]]>([
    ['a public image', image('levoai/pcap-sensor:1')],
    ['an image that is not looked up', [...image(inEcr), '--check-image', 'off']],
    ['taking the sensor out', [...image(inEcr), '--mode', 'remove']]
  ])('is not needed for %s', async (_name, argv) => {
    expect(sids(await policy(...argv))).not.toContain('OptionalReadImage')
  })
})

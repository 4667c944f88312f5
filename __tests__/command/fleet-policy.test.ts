import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { PolicyDocument, Statement } from '../../src/policy/policy.ts'
import { runIn, type Said } from '../support/command-run.ts'

const run = (...argv: readonly string[]): Promise<Said> => runIn('/workspace', ['policy', ...argv])

async function policy(...argv: readonly string[]): Promise<PolicyDocument> {
  const { stdout, stderr, status } = await run('--account', '123456789012', ...argv)
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as PolicyDocument
}

const sids = ({ Statement }: PolicyDocument): string[] => Statement.map(({ Sid }) => Sid)

function statement({ Statement }: PolicyDocument, sid: string): Statement {
  const found = Statement.find(({ Sid }) => Sid === sid)
  if (found === undefined) throw new Error(`no ${sid}`)
  return found
}

const ecs = (resource: string, region = 'eu-west-1'): string => `arn:aws:ecs:${region}:123456789012:${resource}`

const REGISTERS = ['ReadTaskDefinition', 'RegisterTaskDefinition', 'TagNewTaskDefinition', 'PassTaskRoles']
const MOVES = ['ReadServices', 'UpdateServices', 'OptionalMarkServices']
const FOLLOWS = ['ListTasks', 'ReadTasks', 'OptionalReadServiceDeployments', 'OptionalReadSensorLog']
const PUTS_BACK = ['OptionalReadServiceRevisions', 'OptionalStopServiceDeployment']
const LOOKS = ['OptionalListTasks', 'OptionalReadTasks']

describe('its statements', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      'install',
      ['--regions', 'all'],
      [
        ...[...REGISTERS, 'OptionalListRegions', 'ListClusters', 'ListServices'],
        ...[...MOVES, ...FOLLOWS, ...PUTS_BACK]
      ]
    ],
    ['clusters by name', ['--clusters', 'prod'], [...REGISTERS, 'ListServices', ...MOVES, ...FOLLOWS, ...PUTS_BACK]],
    [
      'clusters and services by name',
      ['--clusters', 'prod', '--services', 'web'],
      [...REGISTERS, ...MOVES, ...FOLLOWS, ...PUTS_BACK]
    ],
    [
      'services by name alone, whose clusters have to be found',
      ['--services', 'web'],
      [...REGISTERS, 'ListClusters', 'ListServices', ...MOVES, ...FOLLOWS, ...PUTS_BACK]
    ],
    [
      'putting nothing back, and no proof',
      ['--clusters', 'prod', '--rollback-on-failure=false', '--verify-sensor', 'warn'],
      [...REGISTERS, 'ListServices', ...MOVES, ...LOOKS, ...FOLLOWS.slice(2)]
    ],
    [
      'remove',
      ['--clusters', 'prod', '--mode', 'remove'],
      [...REGISTERS, 'ListServices', ...MOVES, ...FOLLOWS.slice(0, -1), ...PUTS_BACK]
    ],
    ['a dry run', ['--clusters', 'prod', '--dry-run'], ['ReadTaskDefinition', 'ListServices', 'ReadServices']],
    [
      'discover',
      ['--mode', 'discover'],
      ['ReadTaskDefinition', 'ListClusters', 'ListServices', 'ReadServices', ...LOOKS]
    ],
    ['restore', ['--mode', 'restore'], ['ReadTaskDefinition', ...MOVES, ...LOOKS, ...FOLLOWS.slice(2), ...PUTS_BACK]],
    ['a dry run of restore', ['--mode', 'restore', '--dry-run'], ['ReadTaskDefinition', 'ReadServices']]
  ])('%s', async (_name, argv, expected) => {
    expect(sids(await policy(...argv))).toEqual(expected)
  })
})

describe('its resources', () => {
  test('are in each Region that is named', async () => {
    const printed = await policy('--regions', 'us-east-1,us-east-2,!us-east-2,eu-west-1', '--clusters', 'prod,blue')
    expect(statement(printed, 'UpdateServices').Resource).toEqual([
      ecs('service/prod/*'),
      ecs('service/blue/*'),
      ecs('service/prod/*', 'us-east-1'),
      ecs('service/blue/*', 'us-east-1')
    ])
    expect(statement(printed, 'ListServices')).toMatchObject({
      Resource: '*',
      Condition: {
        ArnEquals: {
          'ecs:cluster': [
            ecs('cluster/prod'),
            ecs('cluster/blue'),
            ecs('cluster/prod', 'us-east-1'),
            ecs('cluster/blue', 'us-east-1')
          ]
        }
      }
    })
  })

  test('are in all Regions where these are listed, and of all families', async () => {
    const printed = await policy('--regions', 'us-*')
    expect(statement(printed, 'OptionalListRegions')).toMatchObject({ Action: 'ec2:DescribeRegions', Resource: '*' })
    expect(statement(printed, 'ListClusters')).toEqual({
      ...{ Sid: 'ListClusters', Effect: 'Allow', Action: 'ecs:ListClusters', Resource: '*' }
    })
    expect(statement(printed, 'RegisterTaskDefinition').Resource).toBe(ecs('task-definition/*', '*'))
    expect(statement(printed, 'ListTasks').Condition).toEqual({ ArnLike: { 'ecs:cluster': ecs('cluster/*', '*') } })
  })

  test.each([
    ['prod-*', 'prod-*'],
    ['prod-?', 'prod-?'],
    ['**-a', '*-a'],
    ['web-{1..3}-x', 'web-*-x'],
    ['web-[ab]', 'web-*'],
    ['?(a)-*', '*-*'],
    ['@(web|api)', '*'],
    ['!(web)', '*']
  ])('are at least what a pattern means: %s', async (glob, pattern) => {
    expect(statement(await policy('--services', glob), 'ReadServices').Resource).toBe(ecs(`service/*/${pattern}`))
  })

  test('are of families by name or pattern', async () => {
    const printed = await policy('--families', 'shop-*,web,!shop-old')
    expect(statement(printed, 'RegisterTaskDefinition').Resource).toEqual([
      ecs('task-definition/shop-*'),
      ecs('task-definition/web'),
      ecs('task-definition/web:*')
    ])
    expect(statement(printed, 'UpdateServices').Resource).toBe(ecs('service/*/*'))
  })

  test('take Region, account and cluster from ARNs', async () => {
    const arn = 'arn:aws-us-gov:ecs:us-gov-west-1:210987654321:service/blue/web'
    const { stdout } = await run('--services', arn)
    const printed = JSON.parse(stdout) as PolicyDocument
    expect(statement(printed, 'UpdateServices').Resource).toBe(arn)
    expect(statement(printed, 'ListTasks').Condition).toEqual({
      ArnEquals: { 'ecs:cluster': 'arn:aws-us-gov:ecs:us-gov-west-1:210987654321:cluster/blue' }
    })
  })

  test('leave out names that are excluded', async () => {
    const printed = await policy('--clusters', 'prod,blue,!blue')
    expect(statement(printed, 'ReadServices').Resource).toBe(ecs('service/prod/*'))
  })

  test('of restore may be anywhere without the results', async () => {
    expect(statement(await policy('--mode', 'restore'), 'UpdateServices').Resource).toBe(ecs('service/*/*', '*'))
  })

  test('of restore are the services that the results tell of', async () => {
    const { stdout, stderr, status } = await restorePolicy(['a', 'b'])
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('ACCOUNT')])
    const printed = JSON.parse(stdout) as PolicyDocument
    expect(statement(printed, 'UpdateServices').Resource).toEqual([ecs('service/prod/a'), ecs('service/prod/b')])
    expect(statement(printed, 'ReadTaskDefinition').Resource).toBe('*')
  })

  test('of restore are none, where the results tell of no service', async () => {
    const { stdout, stderr, status } = await restorePolicy([])
    expect([stdout, status]).toEqual(['', 2])
    expect(stderr).toContain('results-file: results.json tells of no service that was moved')
  })

  test('of restore are all of the clusters, where the results tell of many', async () => {
    const { stdout, stderr } = await restorePolicy(Array.from({ length: 200 }, (_, index) => `s${index}`))
    expect(statement(JSON.parse(stdout) as PolicyDocument, 'UpdateServices').Resource).toBe(ecs('service/prod/*'))
    expect(stderr).not.toContain('warning')
  })
})

/** Printed for results of a run that moved these services of one cluster. */
async function restorePolicy(services: readonly string[]): Promise<Said> {
  const workspace = await mkdtemp(join(tmpdir(), 'fleet-policy-'))
  const results = services.map(service => ({
    ...{ region: 'eu-west-1', cluster: 'prod', service, outcome: 'deployed' },
    taskDefinition: ecs(`task-definition/${service}:2`),
    previousTaskDefinition: ecs(`task-definition/${service}:1`)
  }))
  await writeFile(join(workspace, 'results.json'), JSON.stringify(results))
  try {
    return await runIn(workspace, ['policy', '--mode', 'restore', '--results-file', 'results.json'])
  } finally {
    await rm(workspace, { recursive: true })
  }
}

describe('on stderr', () => {
  test.each([
    ['two clusters', 2, false],
    ['more than IAM takes in one policy', 60, true]
  ])('%s', async (_name, count, isTooLarge) => {
    const clusters = Array.from({ length: count }, (_, index) => `cluster-number-${index}`).join()
    const { stdout, stderr, status } = await run('--account', '123456789012', '--clusters', clusters)
    const { length } = JSON.stringify(JSON.parse(stdout))
    expect([status, length > 6144]).toEqual([0, isTooLarge])
    if (isTooLarge) expect(stderr).toMatch(/^warning: this has \d+ characters .*IAM takes 6144/m)
    else expect(stderr).not.toContain('IAM takes')
  })

  test('no word of CodeDeploy, which is none of a fleet', async () => {
    const { stderr } = await run('--services', 'web')
    expect(stderr).not.toContain('codedeploy')
    expect(stderr).toContain('Left to fill in:')
  })

  test('all that is wrong at once, with status 2', async () => {
    const { stdout, stderr, status } = await run('--services', 'a b', '--cluster', 'x', '--account', '1')
    expect([stdout, status]).toEqual(['', 2])
    expect(stderr).toContain('3 problems with the input')
  })
})

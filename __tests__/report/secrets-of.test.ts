import { describe, expect, test } from '@jest/globals'
import { secretsIn, secretsOf } from '../../src/report/secrets-of.ts'
import type { JsonObject } from '../../src/task-definition/definition.ts'
import { appContainer, fargateDefinition } from '../fixtures/definitions.ts'
import { createRendering, createReport } from '../support/report.ts'

const found = (container: JsonObject, shown?: readonly string[]) =>
  secretsOf(fargateDefinition({ containerDefinitions: [appContainer(container)] }), shown)

const env = (value: unknown) => ({ environment: [{ name: 'A', value }] })

describe('is secret', () => {
  test.each<[string, JsonObject, readonly string[]]>([
    ['a value of the environment', env('s3cret-value'), ['s3cret-value']],
    ['each line of one', env('first-line\r\n second-line \nx'), ['first-line', 'second-line']],
    ['a number', env(12345678), ['12345678']],
    ['a value in another spelling', { environment: [{ Name: 'A', Value: 's3cret' }] }, ['s3cret']],
    ['a value in a map', { environment: { A: 's3cret' } }, ['s3cret']],
    ['an environment that is a text', { environment: 's3cret' }, ['s3cret']],
    ['a secret', { secrets: [{ name: 'A', valueFrom: 'arn:x' }] }, ['arn:x']],
    ['the value of an unknown flag', { command: ['run', '--token', 's3cret'] }, ['s3cret']],
    ['what is assigned before a program', { command: ['env', 'TOKEN=s3cret', 'run'] }, ['s3cret']],
    ['the org id', { command: ['--levoai-org-id', 's3cret'] }, ['s3cret']],
    ['an option of a log driver', { logConfiguration: { logDriver: 'x', options: { token: 's3cret' } } }, ['s3cret']],
    ['credentials of an image', { image: 'user:s3cret@host/app:1' }, ['user:s3cret', 's3cret']],
    [
      'credentials in a health check',
      { healthCheck: { command: ['CMD', 'https://u:s3cret@h'] } },
      ['u:s3cret', 's3cret']
    ],
    ['credentials in a label', { dockerLabels: { url: 'https://u:s3cret@h' } }, ['u:s3cret', 's3cret']]
  ])('%s', (_name, container, secrets) => {
    expect(found(container)).toEqual(secrets)
  })

  test('the password of a URL, as it is written and decoded', () => {
    const url = 'postgres://user:p%40ss/word@host:5432/db?x=a@b'
    expect(found(env(url))).toEqual(
      expect.arrayContaining([url, 'p%40ss/word@host:5432/db?x=a', 'user:p@ss/word@host:5432/db?x=a'])
    )
    expect(found(env('postgres://user:p%40ssword@host/db?x=a@b'))).toEqual(
      expect.arrayContaining(['user:p%40ssword', 'p%40ssword', 'p@ssword'])
    )
  })
})

describe('is none', () => {
  test.each<[string, JsonObject]>([
    ['what is short', env('abc')],
    ['a common word', env('Production')],
    ['a port', env('9090')],
    ["an account's number", env('123456789012')],
    ['a program and its files', { command: ['gunicorn', 'app:main'] }],
    ['a label', { dockerLabels: { team: 'checkout-team' } }],
    ['what names the container', env('shop')],
    ['a part of its image', env('111122223333.dkr.ecr.eu-west-1.amazonaws.com')],
    ['its log group', { ...env('/ecs/my-group'), logConfiguration: { options: { 'awslogs-group': '/ecs/my-group' } } }]
  ])('%s', (_name, container) => {
    expect(found(container)).toEqual([])
  })

  test('what is shown anyway, but not as a part of a word', () => {
    expect(found(env('my-cluster'), ['arn:aws:ecs:eu-west-1:1:cluster/my-cluster'])).toEqual([])
    expect(found(env('my-cluster'), ['my-clusters'])).toEqual(['my-cluster'])
  })
})

test('of a report, what was there and what is put there count', () => {
  const before = fargateDefinition({ containerDefinitions: [appContainer(env('old-value'))] })
  const rendering = createRendering(
    {
      environment: new Map([
        ['B', 'new-value'],
        ['C', 'blue-cluster']
      ])
    },
    before
  )
  const report = createReport({ rendering, cluster: 'blue-cluster', tags: [{ key: 'k', value: 'old-tag' }] })
  const secrets = secretsIn(report)
  expect(secrets).toEqual(expect.arrayContaining(['old-value', 'new-value']))
  expect(secrets).not.toContain('blue-cluster')
  const { rendering: _rendering, ...nothing } = report
  expect(secretsIn(nothing)).toEqual([])
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { InputError } from '../../src/errors.ts'
import { putRevision, readAppSpec } from '../../src/source/app-spec.ts'
import type { JsonObject } from '../../src/task-definition/definition.ts'
import { APP_SPEC } from '../support/code-deploy.ts'

const ARN = 'arn:aws:ecs:us-east-1:123456789012:task-definition/shop:7'
let workspace = ''

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'app-spec-'))
})
afterAll(() => rm(workspace, { recursive: true, force: true }))

async function read(content: string | JsonObject, name = 'appspec.yaml') {
  await writeFile(join(workspace, name), typeof content === 'string' ? content : JSON.stringify(content))
  return readAppSpec(name, workspace)
}

async function filled(content: string | JsonObject, name?: string): Promise<unknown> {
  return JSON.parse(putRevision(await read(content, name), ARN))
}

async function problem(content: string | JsonObject, name?: string): Promise<string> {
  const error = await read(content, name).catch((thrown: unknown) => thrown)
  if (!(error instanceof InputError)) throw new Error(`no InputError: ${String(error)}`)
  return error.message
}

function serving(Properties: JsonObject, more: JsonObject = {}): JsonObject {
  return { version: 0, Resources: [{ TargetService: { Type: 'AWS::ECS::Service', Properties } }], ...more }
}

describe('the revision is put in', () => {
  test('of YAML', async () => {
    const LoadBalancerInfo = { ContainerName: 'counter', ContainerPort: 8080 }
    expect(await filled(APP_SPEC)).toEqual(serving({ TaskDefinition: ARN, LoadBalancerInfo }))
  })

  test('of JSON, whatever the file is called', async () => {
    const json = JSON.stringify(serving({ TaskDefinition: 'old' }))
    expect(await filled(json, 'appspec.json')).toEqual(serving({ TaskDefinition: ARN }))
    expect(await filled(json, 'appspec.yml')).toEqual(serving({ TaskDefinition: ARN }))
  })

  test('and everything else is as it was, in its order', async () => {
    const more = { Hooks: [{ AfterAllowTraffic: 'check' }], unknown: [null, { Deep: 1.5 }] }
    const content = serving(
      { LoadBalancerInfo: { ContainerName: 'a' }, TaskDefinition: '', PlatformVersion: '1.4.0' },
      more
    )
    const text = putRevision(await read(content), ARN)
    expect(text).toBe(JSON.stringify(content).replace('"TaskDefinition":""', `"TaskDefinition":"${ARN}"`))
  })

  test('however the keys are capitalised', async () => {
    const content = (arn: string) => ({
      version: 0,
      RESOURCES: [{ s: { type: 'x', properties: { taskdefinition: arn } } }]
    })
    expect(await filled(content('old'))).toEqual(content(ARN))
  })

  test('into every resource', async () => {
    const content = (arn: string) => ({
      resources: [{ a: { Properties: { TaskDefinition: arn } } }, { b: { Properties: { TaskDefinition: arn, x: 1 } } }]
    })
    expect(await filled(content('<>'))).toEqual(content(ARN))
  })

  test('without a change to what was read', async () => {
    const spec = await read(APP_SPEC)
    const before = structuredClone(spec)
    putRevision(spec, ARN)
    expect(spec).toEqual(before)
  })
})

describe('what is wrong is said with the name of the file', () => {
  const EXPECTED = 'an AppSpec for ECS lists its service under Resources'

  test.each<[string, string | JsonObject, string]>([
    ['no object', '- a\n- b', 'has no list of resources'],
    ['no resources', { version: 0 }, 'has no list of resources'],
    ['resources as an object', { Resources: { a: {} } }, 'has no list of resources'],
    ['an empty list', { Resources: [] }, 'has no list of resources'],
    ['a resource without a name', { Resources: [{}] }, 'has a resource without a name (number 1 of its resources)'],
    ['a resource that is a text', { Resources: ['a'] }, 'has a resource without a name (number 1 of its resources)'],
    ['no properties', { Resources: [{ web: { Type: 'x' } }] }, 'has a resource without Properties.TaskDefinition, web'],
    ['no task definition', serving({}), 'has a resource without Properties.TaskDefinition, TargetService'],
    ['properties as a text', { Resources: [{ web: { Properties: 'x' } }] }, 'has a resource without Properties']
  ])('%s', async (_, content, words) => {
    const message = await problem(content, 'spec.yaml')
    expect(message).toContain(`codedeploy-appspec: spec.yaml ${words}`)
    expect(message).toContain(EXPECTED)
  })

  test.each([
    ['', 'codedeploy-appspec: spec.yaml is empty'],
    ['a: [', 'codedeploy-appspec: spec.yaml is not valid YAML: '],
    ['\0', 'codedeploy-appspec: spec.yaml is a binary file, not JSON or YAML'],
    [`"${'x'.repeat(1024 * 1024)}"`, 'codedeploy-appspec: spec.yaml has 1048578 bytes; an AppSpec has a few KiB'],
    ['['.repeat(200) + ']'.repeat(200), 'codedeploy-appspec: spec.yaml is nested deeper than 100 levels; no AppSpec is']
  ])('%#', async (content, words) => {
    expect(await problem(content, 'spec.yaml')).toContain(words)
  })

  test('a file that is not there, at its usual place', async () => {
    const words = 'codedeploy-appspec: appspec.yaml cannot be read: there is no such file'
    await expect(readAppSpec(undefined, join(workspace, 'empty'))).rejects.toThrow(words)
  })
})

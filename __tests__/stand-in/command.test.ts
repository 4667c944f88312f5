import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DescribeServicesCommand, RegisterTaskDefinitionCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { fargate } from './definitions.ts'
import { sdkClientAt } from './sdk-client.ts'

const REGION = 'eu-west-1'
const PREFIX = `arn:aws:ecs:${REGION}:123456789012`

let folder = ''
let command: ChildProcess | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stand-in-'))
})

afterEach(() => {
  command?.kill()
  rmSync(folder, { recursive: true, force: true })
})

/** What it says until all of its seed is listed. */
async function start(...args: string[]): Promise<string[]> {
  const seed = join(folder, 'seed.json')
  const services = [{ cluster: 'prod', name: 'web', taskDefinition: 'web' }]
  writeFileSync(seed, JSON.stringify({ clusters: ['prod'], taskDefinitions: [{ definition: fargate() }], services }))
  const child = spawn(process.execPath, ['stand-in/main.ts', '--region', REGION, '--seed', seed, ...args], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  command = child
  const lines: string[] = []
  for await (const line of createInterface(child.stdout)) {
    lines.push(line)
    if (line.includes(':service/')) break
  }
  return lines
}

const clientOf = ([first = '']: readonly string[]) =>
  sdkClientAt(first.replace('export AWS_ENDPOINT_URL_ECS=', ''), REGION)

test('it starts with a seed and says where it is', async () => {
  const lines = await start()
  const client = clientOf(lines)
  const answer = await client.send(new DescribeServicesCommand({ cluster: 'prod', services: ['web'] }))
  client.destroy()
  expect(lines[0]).toMatch(/^export AWS_ENDPOINT_URL_ECS=http:\/\/127\.0\.0\.1:\d+$/)
  expect(answer.services).toHaveLength(1)
  expect(lines.slice(1)).toEqual([
    `# ${PREFIX}:cluster/prod`,
    `# ${PREFIX}:task-definition/web:1 ACTIVE`,
    `# ${PREFIX}:service/prod/web runs ${PREFIX}:task-definition/web:1`
  ])
})

test('deployments take the time that it is told, and each request is a line of a file', async () => {
  const requests = join(folder, 'requests')
  const client = clientOf(await start('--rollout-seconds', '0', '--requests', requests))
  const service = { cluster: 'prod', service: 'web', taskDefinition: 'web:1', forceNewDeployment: true }
  await client.send(new UpdateServiceCommand(service))
  const answer = await client.send(new DescribeServicesCommand({ cluster: 'prod', services: ['web'] }))
  const refused = client.send(new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions: [] }))
  await expect(refused).rejects.toThrow()
  client.destroy()
  expect(answer.services?.[0]?.deployments).toEqual([expect.objectContaining({ rolloutState: 'COMPLETED' })])
  const lines = readFileSync(requests, 'utf8').trimEnd().split('\n')
  expect(lines.map(line => JSON.parse(line))).toEqual([
    { operation: 'UpdateService', region: REGION, status: 200, body: service },
    { operation: 'DescribeServices', region: REGION, status: 200, body: { cluster: 'prod', services: ['web'] } },
    expect.objectContaining({ operation: 'RegisterTaskDefinition', status: 400 })
  ])
})

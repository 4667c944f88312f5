// What the cases of npm run test:moto work on: an account that is filled by the real SDK, and read back as moto answers it.
import assert from 'node:assert/strict'
import { execFile as execFileLater } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  type CreateServiceCommandInput,
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput
} from '@aws-sdk/client-ecs'
import { type ActionRun, runAction } from './runner.ts'

const execFile = promisify(execFileLater)

export const REGION = 'us-east-1'
export const OTHER_REGION = 'eu-west-1'
const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' }

export type Json = Record<string, unknown>

/** What the sensor needs. */
export const SENSOR = {
  'satellite-url': 'https://satellite.example.com',
  'levo-env': 'staging',
  'levoai-org-id': 'moto-organization',
  // Its registry is not part of what is tried, and may be out of reach.
  'check-image': 'off'
} as const

export class MotoScene {
  readonly url: string
  private readonly workspace: string
  private readonly dist: string
  private readonly runs: ActionRun[] = []
  private readonly clients = new Map<string, ECSClient>()

  constructor(url: string, dist: string, workspace: string) {
    this.url = url
    this.dist = dist
    this.workspace = workspace
  }

  /** What a job has after configure-aws-credentials, with all of AWS in one place. */
  get environment(): Record<string, string> {
    return {
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL_ECS: this.url,
      AWS_ENDPOINT_URL_EC2: this.url
    }
  }

  /** The built action as the runner starts it; it must end with the status. */
  async act(inputs: Readonly<Record<string, string>>, status = 0): Promise<ActionRun> {
    const all = { ...SENSOR, 'max-retries': '2', ...inputs }
    const { workspace, environment: env } = this
    const run = await runAction({ entry: join(this.dist, 'index.js'), inputs: all, env, workspace })
    this.runs.push(run)
    assert.equal(run.status, status, run.stdout)
    assert.equal(run.stderr, '')
    return run
  }

  /** The built command with the sensor's options as flags; gives its result. */
  async command(args: readonly string[]): Promise<string> {
    const flags = Object.entries(SENSOR).flatMap(([name, value]) => [`--${name}`, value])
    const env = { PATH: process.env.PATH, HOME: this.workspace, ...this.environment }
    const file = join(this.dist, 'cli.js')
    const { stdout } = await execFile(process.execPath, [file, ...args, ...flags], { cwd: this.workspace, env })
    return stdout
  }

  sdk(region = REGION): ECSClient {
    const known = this.clients.get(region)
    if (known !== undefined) return known
    const client = new ECSClient({ region, endpoint: this.url, credentials: CREDENTIALS })
    this.clients.set(region, client)
    return client
  }

  async cluster(clusterName: string, region = REGION): Promise<void> {
    await this.sdk(region).send(new CreateClusterCommand({ clusterName }))
  }

  /** Gives its ARN. */
  async register(definition: RegisterTaskDefinitionCommandInput, region = REGION): Promise<string> {
    const { taskDefinition } = await this.sdk(region).send(new RegisterTaskDefinitionCommand(definition))
    return taskDefinition?.taskDefinitionArn ?? ''
  }

  async service(members: CreateServiceCommandInput, region = REGION): Promise<void> {
    const fargate = { desiredCount: 1, launchType: 'FARGATE' } as const
    await this.sdk(region).send(new CreateServiceCommand({ ...fargate, ...members }))
  }

  /** An answer of moto as it is on the wire, past any SDK. */
  async raw(operation: string, body: Json, region = REGION): Promise<Json> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}`,
        authorization: `AWS4-HMAC-SHA256 Credential=key/20260101/${region}/ecs/aws4_request, SignedHeaders=host, Signature=0`
      },
      body: JSON.stringify(body)
    })
    assert.equal(response.status, 200, `${operation}: ${response.status}`)
    return (await response.json()) as Json
  }

  /** A revision with its tags. */
  async revision(taskDefinition: string, region = REGION): Promise<{ definition: Json; tags: Json }> {
    const answer = await this.raw('DescribeTaskDefinition', { taskDefinition, include: ['TAGS'] }, region)
    const tags = listOf(answer.tags).map(({ key, value }) => [String(key), value])
    return { definition: answer.taskDefinition as Json, tags: Object.fromEntries(tags) }
  }

  async revisions(familyPrefix: string, region = REGION): Promise<string[]> {
    const { taskDefinitionArns } = await this.raw('ListTaskDefinitions', { familyPrefix }, region)
    return taskDefinitionArns as string[]
  }

  /** A service as it is now. */
  async serviceNow(cluster: string, name: string, region = REGION): Promise<Json> {
    const request = { cluster, services: [name], include: ['TAGS'] }
    const [service] = listOf((await this.raw('DescribeServices', request, region)).services)
    assert.ok(service, `no service ${cluster}/${name}`)
    return service
  }

  async close(): Promise<void> {
    for (const run of this.runs) await run.dispose()
    for (const client of this.clients.values()) client.destroy()
  }
}

export function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : []
}

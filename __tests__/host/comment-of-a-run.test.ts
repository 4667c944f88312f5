import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { type ActionRun, runAction } from '../../scripts/runner.ts'
import { type StandIn, startStandIn } from '../../stand-in/server.ts'
import { certificateFor } from '../support/certificate.ts'
import { ConnectProxy } from '../support/connect-proxy.ts'
import { shop } from '../support/flow-definitions.ts'
import { SENSOR } from '../support/flow-scene.ts'
import { GithubStandIn } from '../support/github-api.ts'

// Each run is a process that reads its sources.
jest.setTimeout(30_000)

const ENTRY = join(import.meta.dirname, '../support/action-from-source.ts')
const TOKEN = 'ghs_planted-token'
const ORG = 'planted-org-id'
const INPUTS = {
  ...SENSOR,
  'levoai-org-id': ORG,
  'task-definition': 'task.json',
  'comment-on-pull-request': 'true',
  'github-token': TOKEN
}

let workspace = ''
let github: GithubStandIn
let aws: StandIn
const runs: ActionRun[] = []

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'comment-of-a-run-'))
  await writeFile(join(workspace, 'task.json'), JSON.stringify(shop()))
  await writeFile(join(workspace, 'event.json'), JSON.stringify({ pull_request: { number: 17 } }))
  await writeFile(join(workspace, 'push.json'), JSON.stringify({ ref: 'refs/heads/main' }))
})
beforeEach(async () => {
  github = await GithubStandIn.start()
  aws = await startStandIn()
})
afterEach(async () => {
  await Promise.all([github.close(), aws.close(), ...runs.splice(0).map(run => run.dispose())])
})
afterAll(() => rm(workspace, { recursive: true, force: true }))

async function run(inputs: Record<string, string> = {}, env: Record<string, string> = {}): Promise<ActionRun> {
  const done = await runAction({
    entry: ENTRY,
    workspace,
    inputs: { ...INPUTS, ...inputs },
    env: {
      AWS_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      GITHUB_API_URL: github.url,
      GITHUB_EVENT_PATH: join(workspace, 'event.json'),
      GITHUB_WORKFLOW_REF: 'example/web/.github/workflows/deploy.yml@refs/pull/17/merge',
      GITHUB_JOB: 'plan',
      ...env
    }
  })
  runs.push(done)
  return done
}

const inAws = () => ({ AWS_ENDPOINT_URL_ECS: aws.url, AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'x' })

/** What people can read, without the lines that tell the runner what to mask. */
function readable({ stdout, stderr, summary }: ActionRun): string {
  const lines = stdout.split('\n').filter(line => !line.startsWith('::add-mask::'))
  return [...lines, stderr, summary, ...github.comments.map(({ body }) => body)].join('\n')
}

describe('the pull request gets a comment', () => {
  test('from a dry run: the plan, as the summary has it', async () => {
    const { status, stdout, summary } = await run({ 'dry-run': 'true' })
    expect(status).toBe(0)
    expect(stdout).toContain('Pull request comment: https://github.example.com/example/web/pull/17#issuecomment-1000')
    const [body = ''] = github.comments.map(comment => comment.body)
    expect(body).toContain(summary)
    expect(body).toContain('+  "name": "levo-pcap-sensor"')
    expect(body).toContain('task.json')
  })

  test('from a real run: the outcome, in the same place', async () => {
    aws.account.addTaskDefinition(shop())
    aws.account.addService({ name: 'web', taskDefinition: 'shop:1' })
    await run({ service: 'web', 'dry-run': 'true' }, inAws())
    const { status } = await run({ service: 'web' }, inAws())
    expect(status).toBe(0)
    expect(github.comments).toHaveLength(1)
    expect(github.comments[0]?.body).toContain('### ⏳ Levo PCAP sensor: deployment started')
    expect(github.comments[0]?.body).toContain('shop:2')
  })

  test('also when the run fails, which it does as without one', async () => {
    const { status, stdout } = await run({ 'dry-run': 'true', memory: '8192' })
    expect(status).toBe(1)
    expect(stdout).toContain('::error::')
    expect(github.comments[0]?.body).toContain('### ❌ Levo PCAP sensor: failed')
  })

  test('one for each job of a matrix', async () => {
    const services = ['web', 'api']
    aws.account.addTaskDefinition(shop())
    for (const name of services) aws.account.addService({ name, taskDefinition: 'shop:1' })
    const each = () => Promise.all(services.map(service => run({ service, 'dry-run': 'true' }, inAws())))
    await each()
    await each()
    expect(github.comments).toHaveLength(2)
  })
})

describe('the step goes on without one', () => {
  test('when the permission is missing', async () => {
    github.faults.set('POST', { status: 403, body: '{"message":"Resource not accessible by integration"}' })
    const { status, stdout, outputs } = await run({ 'dry-run': 'true' })
    expect(status).toBe(0)
    expect(stdout).toMatch(/::warning::no pull request comment: .*`pull-requests: write`.*fork/)
    expect(outputs['container-definition']).toContain('levo-pcap-sensor')
  })

  test('when GitHub fails', async () => {
    github.faults.set('*', { status: 500, body: '{"message":"Server Error"}' })
    const { status, stdout } = await run({ 'dry-run': 'true' })
    expect(status).toBe(0)
    expect(stdout).toContain('::warning::no pull request comment: GitHub answered 500: Server Error')
  })

  test('when there is no pull request', async () => {
    const { status, stdout } = await run({ 'dry-run': 'true' }, { GITHUB_EVENT_PATH: join(workspace, 'push.json') })
    expect(status).toBe(0)
    expect(stdout).toContain('\nno pull request comment: this run belongs to no pull request\n')
    expect(stdout).not.toContain('::warning::no pull request comment')
  })

  test('when none is asked for', async () => {
    const { status, stdout } = await run({ 'dry-run': 'true', 'comment-on-pull-request': 'false' })
    expect(status).toBe(0)
    expect(stdout).not.toContain('pull request')
    expect(github.requests).toEqual([])
  })
})

describe('through a proxy', () => {
  const host = 'github.example.com'
  const tls = certificateFor(host)
  const PASSWORD = 'planted%2Fproxy-password'
  let enterprise: GithubStandIn
  let proxy: ConnectProxy
  const env = (name: string) => ({
    GITHUB_API_URL: `https://${host}/api/v3`,
    NODE_EXTRA_CA_CERTS: join(workspace, 'ca.pem'),
    RUNNER_DEBUG: '1',
    [name]: proxy.url(`someone:${PASSWORD}`)
  })

  beforeEach(async () => {
    await writeFile(join(workspace, 'ca.pem'), tls.cert)
    enterprise = await GithubStandIn.start('/api/v3', tls)
    proxy = await ConnectProxy.start(() => enterprise.port)
  })
  afterEach(() => Promise.all([enterprise.close(), proxy.close()]))

  test.each(['HTTPS_PROXY', 'https_proxy'])('of %s, to an Enterprise Server', async name => {
    const done = await run({ 'dry-run': 'true' }, env(name))
    expect(done.status).toBe(0)
    expect(done.stdout).toContain('Pull request comment: ')
    expect(new Set(proxy.asked)).toEqual(new Set([`${host}:443`]))
    expect(proxy.authorizations[0]).toBe(`Basic ${btoa('someone:planted/proxy-password')}`)
    expect(enterprise.calls()).toEqual([
      'GET /api/v3/repos/example/web/issues/17/comments?per_page=100&page=1',
      'POST /api/v3/repos/example/web/issues/17/comments'
    ])
    const shown = readable(done) + enterprise.comments.map(({ body }) => body).join('\n')
    for (const secret of [TOKEN, ORG, PASSWORD, 'planted/proxy-password']) expect(shown).not.toContain(secret)
  })

  test('that refuses: a warning without its password', async () => {
    proxy.refusal = '407 Proxy Authentication Required'
    const done = await run({ 'dry-run': 'true' }, env('HTTPS_PROXY'))
    expect(done.status).toBe(0)
    expect(done.stdout).toMatch(/::warning::no pull request comment: GitHub was not reached: .*407/)
    for (const secret of [TOKEN, PASSWORD, 'planted/proxy-password']) expect(readable(done)).not.toContain(secret)
    for (const secret of [PASSWORD, 'planted/proxy-password']) {
      expect(done.stdout).toContain(`::add-mask::${secret.replaceAll('%', '%25')}`)
    }
  })

  test('that is no URL: a warning without its password', async () => {
    const bad = { ...env('HTTPS_PROXY'), HTTPS_PROXY: 'http://someone:planted/proxy-password@' }
    const done = await run({ 'dry-run': 'true' }, bad)
    expect(done.status).toBe(0)
    expect(done.stdout).toContain('::warning::no pull request comment: ')
    expect(readable(done)).not.toContain('planted/proxy-password')
  })
})

test('token and org id are in nothing that people read, also when GitHub repeats them', async () => {
  const message = `Bad credentials: ${TOKEN} of ${ORG}`
  github.faults.set('POST', { status: 401, body: JSON.stringify({ message }) })
  const refused = await run({ 'dry-run': 'true' }, { RUNNER_DEBUG: '1' })
  expect(refused.stdout).toContain('Bad credentials: *** of ***')
  github.faults.clear()
  const done = await run({ 'dry-run': 'true' }, { RUNNER_DEBUG: '1' })
  expect(github.comments).toHaveLength(1)
  for (const secret of [TOKEN, ORG]) expect(readable(refused) + readable(done)).not.toContain(secret)
  expect(done.stdout.split('\n')[0]).toMatch(/^::add-mask::/)
})

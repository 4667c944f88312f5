import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { useStage } from '../support/bundle-stage.ts'
import { shop } from '../support/flow-definitions.ts'

const stage = useStage()

/** Where tunnels were asked for. The proxy opens none, so nothing ever leaves this machine. */
const asked: string[] = []
let proxy: Server
let port = 0

beforeAll(async () => {
  proxy = createServer((_request, response) => {
    asked.push('a plain request')
    response.writeHead(502).end()
  })
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  await new Promise<void>(resolve => void proxy.listen(0, '127.0.0.1', resolve))
  port = (proxy.address() as AddressInfo).port
})
beforeEach(() => {
  asked.length = 0
})
afterAll(() => new Promise<void>(resolve => void proxy.close(() => resolve())))

const INPUTS = { 'task-definition-family': 'shop', 'max-retries': '1' }
const proxyUrl = () => `http://someone:planted-proxy-password@127.0.0.1:${port}`

/** The environment of a job whose endpoint is that of AWS. */
function inAws(): Record<string, string> {
  const { AWS_ENDPOINT_URL_ECS: _standIn, ...others } = stage().credentials
  return others
}

describe('a call to AWS goes through the proxy', () => {
  test.each(['HTTPS_PROXY', 'https_proxy'])('of %s', async name => {
    const run = await stage().action(INPUTS, { ...inAws(), [name]: proxyUrl(), RUNNER_DEBUG: '1' })
    expect(asked).toEqual(['ecs.us-east-1.amazonaws.com:443'])
    expect(run.status).toBe(1)
    expect(run.stdout).toContain('ecs:DescribeTaskDefinition on shop failed')
    expect(run.stdout).toContain('proxy')
    const visible = run.stdout.split('\n').filter(line => !line.startsWith('::add-mask::'))
    expect(visible.join('\n') + run.stderr + run.summary).not.toContain('planted-proxy-password')
  })

  test('and so does the one for credentials', async () => {
    const s = stage()
    await s.file('token', 'an.identity.token')
    const env = {
      AWS_REGION: 'us-east-1',
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/deployer',
      AWS_WEB_IDENTITY_TOKEN_FILE: join(s.workspace, 'token'),
      AWS_EC2_METADATA_DISABLED: 'true',
      HTTPS_PROXY: proxyUrl()
    }
    const run = await s.action(INPUTS, env)
    expect(run.status).toBe(1)
    expect(asked.length).toBeGreaterThan(0)
    expect(new Set(asked)).toEqual(new Set(['sts.us-east-1.amazonaws.com:443']))
  }, 20_000)
})

describe('a proxy URL that is no URL is an error that does not print its password', () => {
  test.each(['http://someone:planted/proxy-password@127.0.0.1:1', 'http://someone:planted/proxy-password@'])(
    '%s',
    async url => {
      const run = await stage().action(INPUTS, { ...inAws(), HTTPS_PROXY: url, RUNNER_DEBUG: '1' })
      expect(run.status).toBe(1)
      expect(run.stdout).toMatch(/::error::.*proxy/i)
      const visible = run.stdout.split('\n').filter(line => !line.startsWith('::add-mask::'))
      expect(visible.join('\n') + run.stderr + run.summary).not.toContain('planted/proxy-password')
    }
  )
})

test('loopback never goes through one', async () => {
  const s = stage()
  s.standIn.account.addTaskDefinition(shop())
  const env = { ...s.credentials, HTTP_PROXY: proxyUrl(), HTTPS_PROXY: proxyUrl(), http_proxy: proxyUrl() }
  const run = await s.action(INPUTS, env)
  expect(run.status).toBe(0)
  expect(asked).toEqual([])
})

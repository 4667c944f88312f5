import { get } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { agentsThrough } from '../../src/proxy.ts'
import { ConnectProxy } from '../support/connect-proxy.ts'

let proxy: ConnectProxy
beforeAll(async () => {
  proxy = await ConnectProxy.start(() => 9)
})
beforeEach(() => {
  proxy.asked.length = 0
})
afterAll(() => proxy.close())

/** Sends a request that nobody need answer, and gives the proxy as long as it takes to be asked. */
async function send(url: string): Promise<void> {
  const { httpAgent } = agentsThrough({ HTTP_PROXY: proxy.url('a:b'), HTTPS_PROXY: proxy.url('a:b') })
  await new Promise<void>(resolve => {
    const request = get(url, { agent: httpAgent, signal: AbortSignal.timeout(500) }, response => {
      response.resume().on('end', resolve)
    })
    request.on('error', () => resolve())
  })
}

test.each([
  'http://169.254.169.254/latest/meta-data/',
  'http://169.254.170.2/v2/credentials/x',
  'http://169.254.170.23/v1/credentials',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'http://[fd00:ec2::23]/v1/credentials'
])('%s is never asked for through a proxy', async url => {
  await send(url)
  expect(proxy.asked).toEqual([])
})

test('any other address is', async () => {
  await send('http://metadata.example.com/')
  expect(proxy.asked).toEqual(['http://metadata.example.com/'])
})

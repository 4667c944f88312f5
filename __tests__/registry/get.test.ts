import { expect, test } from '@jest/globals'
import { agentsThrough } from '../../src/proxy.ts'
import { getThrough, mayGo } from '../../src/registry/get.ts'
import { ConnectProxy } from '../support/connect-proxy.ts'

test('a host that nothing comes from is given up before the limit of all', async () => {
  const proxy = await ConnectProxy.start(() => 9)
  proxy.refusal = 'never'
  const agents = agentsThrough({ HTTPS_PROXY: proxy.url('someone:word') }, 1)
  const get = getThrough(agents, 'test', new AbortController().signal, 50)
  await expect(get(new URL('https://registry.example.com/v2/'), {})).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  expect(proxy.asked).toEqual(['registry.example.com:443'])
  await proxy.close()
})

test.each([
  ['https://a.example.com/', 'https://b.example.com/', true],
  ['https://127.0.0.1:5000/', 'http://127.0.0.1:5000/', true],
  ['http://127.0.0.1:5001/', 'http://localhost:5000/', true],
  ['http://127.0.0.1:5001/', 'https://a.example.com/', false],
  ['http://a.example.com/', 'http://127.0.0.1:5000/', false],
  ['http://169.254.169.254/', 'http://127.0.0.1:5000/', false],
  ['http://a.example.com/', 'https://a.example.com/', false],
  ['ftp://127.0.0.1/', 'http://127.0.0.1/', false]
])('to %s from %s: %s', (to, from, may) => expect(mayGo(new URL(to), new URL(from))).toBe(may))

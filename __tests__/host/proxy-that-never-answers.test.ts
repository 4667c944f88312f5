import { get } from 'node:https'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, test } from '@jest/globals'
import { agentsThrough } from '../../src/proxy.ts'

test('its socket is closed when a request was given up, so that no process stays alive for it', async () => {
  const reached: Socket[] = []
  const server = createServer(socket => void reached.push(socket.resume()))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = server.address() as AddressInfo
    const { httpsAgent } = agentsThrough({ HTTPS_PROXY: `http://127.0.0.1:${port}` }, 0.3)
    const request = get({ host: 'ecs.us-east-1.amazonaws.com', agent: httpsAgent })
    request.on('error', () => {})
    setTimeout(() => request.destroy(), 100)
    const closed = async () => {
      for (let look = 0; look < 40; look++) {
        if (reached.length > 0 && reached.every(socket => socket.closed)) return true
        await new Promise(resolve => setTimeout(resolve, 50))
      }
      return false
    }
    expect(await closed()).toBe(true)
  } finally {
    for (const socket of reached) socket.destroy()
    await new Promise(resolve => server.close(resolve))
  }
})

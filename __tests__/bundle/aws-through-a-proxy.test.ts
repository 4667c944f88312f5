import { type AddressInfo, connect, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { useStage } from '../support/bundle-stage.ts'
import { certificateFor } from '../support/certificate.ts'
import { ConnectProxy } from '../support/connect-proxy.ts'
import { shop } from '../support/flow-definitions.ts'

const HOST = 'ecs.us-east-1.amazonaws.com'
const { key, cert } = certificateFor(HOST)

const stage = useStage()
let aws: Server
let proxy: ConnectProxy
const sockets = new Set<Socket>()

/** What AWS would be at the end of the tunnel: TLS under its own name, the stand-in behind it. */
beforeEach(async () => {
  aws = createServer({ key, cert }, socket => {
    const behind = connect(Number(new URL(stage().standIn.url).port), '127.0.0.1')
    for (const end of [socket, behind]) sockets.add(end.on('error', () => end.destroy()))
    socket.pipe(behind).pipe(socket)
  })
  await new Promise<void>(resolve => void aws.listen(0, '127.0.0.1', resolve))
  proxy = await ConnectProxy.start(() => (aws.address() as AddressInfo).port)
})
afterEach(async () => {
  await proxy.close()
  for (const socket of sockets) socket.destroy()
  await new Promise(resolve => aws.close(resolve))
})

test('a service is moved through the tunnel of a proxy, whose password is nowhere shown', async () => {
  const s = stage()
  s.standIn.account.addTaskDefinition(shop())
  s.standIn.account.addService({ name: 'web', taskDefinition: 'shop:1' })
  await s.file('ca.pem', cert)
  const { AWS_ENDPOINT_URL_ECS: _direct, ...others } = s.credentials
  const run = await s.action(
    { service: 'web' },
    {
      ...others,
      HTTPS_PROXY: proxy.url('someone:planted-proxy-password'),
      NODE_EXTRA_CA_CERTS: join(s.workspace, 'ca.pem'),
      RUNNER_DEBUG: '1'
    }
  )
  expect(run.status).toBe(0)
  expect(s.calls()).toContain('UpdateService')
  expect(new Set(proxy.asked)).toEqual(new Set([`${HOST}:443`]))
  expect(proxy.authorizations[0]).toBe(`Basic ${Buffer.from('someone:planted-proxy-password').toString('base64')}`)
  const visible = run.stdout.split('\n').filter(line => !line.startsWith('::add-mask::'))
  expect(visible.join('\n') + run.stderr + run.summary + JSON.stringify(run.outputs)).not.toContain('planted-proxy')
})

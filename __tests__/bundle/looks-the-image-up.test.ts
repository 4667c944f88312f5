import { writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { startRegistry } from '../../stand-in/registry/registry.ts'
import { useStage } from '../support/bundle-stage.ts'
import { certificateFor } from '../support/certificate.ts'
import { ConnectProxy } from '../support/connect-proxy.ts'
import { shop } from '../support/flow-definitions.ts'
import { SENSOR } from '../support/flow-scene.ts'
import { push, SENSOR_REPOSITORY, useRegistry } from '../support/registry.ts'

const stage = useStage()
const registry = useRegistry()
const FILE = { 'task-definition': 'shop.json' }

beforeEach(() => stage().file('shop.json', shop()))

describe('the action', () => {
  test('finds the image, and registers', async () => {
    const s = stage()
    const image = push(registry(), 'linux/amd64', 'linux/arm64')
    const run = await s.action({ ...FILE, image, 'check-image': '' })
    expect(run.status).toBe(0)
    expect(run.stdout).toContain(`image: ${image} is there, for linux/amd64 and linux/arm64`)
    expect(run.summary).toContain('is there, for linux/amd64 and linux/arm64')
    expect(s.revisions('shop')).toBe(1)
  })

  test('warns of one that is not there', async () => {
    const s = stage()
    const image = push(registry(), 'linux/amd64').replace('0.1.9', '0.1.99')
    const run = await s.action({ ...FILE, image, 'check-image': 'warn' })
    expect(run.status).toBe(0)
    expect(run.stdout).toMatch(/::warning.*::image: \S+ is not there: .*\(MANIFEST_UNKNOWN\)/)
    expect(run.summary).toContain('MANIFEST_UNKNOWN')
    expect(run.stdout + run.stderr + run.summary).not.toMatch(/planted-token|planted text/)
    expect(s.revisions('shop')).toBe(1)
  })
})

test('the command fails with require, and registers nothing', async () => {
  const s = stage()
  const image = push(registry(), 'linux/arm64')
  const options = { ...SENSOR, ...FILE, image, 'check-image': 'require' }
  const run = await s.command(['install', ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])])
  expect(run).toMatchObject({ status: 1, stdout: '' })
  expect(run.stderr).toContain('is there, for linux/arm64 only, and the tasks run on linux/amd64')
  expect(s.calls()).toEqual(['DescribeTaskDefinition'])
})

test.each([
  ['warn', false],
  ['require', true]
])('a registry that is not to be reached stops nothing (%s)', async (check, warns) => {
  const s = stage()
  const image = push(registry(), 'linux/amd64')
  await registry().close()
  const run = await s.action({ ...FILE, image, 'check-image': check })
  expect(run.status).toBe(0)
  expect(run.stdout).toContain('is not known: ')
  expect(run.stdout).toContain('could not be reached (ECONNREFUSED)')
  expect(run.stdout.includes('::warning::image')).toBe(warns)
})

test('Docker Hub is asked by TLS, through the proxy, whose password nobody sees', async () => {
  const s = stage()
  const hub = await startRegistry({ scheme: 'https' })
  hub.repository(SENSOR_REPOSITORY).pushIndex('0.1.9', ['linux/amd64'])
  const { key, cert } = certificateFor('registry-1.docker.io')
  await writeFile(join(s.workspace, 'ca.pem'), cert)
  const sockets = new Set<Socket>()
  const front = createServer({ key, cert }, socket => {
    const behind = connect(Number(hub.host.split(':')[1]), '127.0.0.1')
    for (const end of [socket, behind]) sockets.add(end.on('error', () => end.destroy()))
    socket.pipe(behind).pipe(socket)
  })
  await new Promise<void>(resolve => void front.listen(0, '127.0.0.1', resolve))
  const proxy = await ConnectProxy.start(() => (front.address() as AddressInfo).port)
  const env = {
    ...s.credentials,
    HTTPS_PROXY: proxy.url('someone:planted-password'),
    NODE_EXTRA_CA_CERTS: join(s.workspace, 'ca.pem'),
    RUNNER_DEBUG: '1'
  }
  const run = await s.action({ ...FILE, 'check-image': 'require' }, env)
  await proxy.close()
  for (const socket of sockets) socket.destroy()
  await new Promise(resolve => front.close(resolve))
  await hub.close()
  expect(run.stdout).toContain('image: levoai/pcap-sensor:0.1.9 is there, for linux/amd64')
  expect(new Set(proxy.asked)).toEqual(new Set(['registry-1.docker.io:443']))
  expect(hub.requests.map(({ kind }) => kind)).toEqual(['manifest', 'token', 'manifest'])
  const visible = run.stdout.split('\n').filter(line => !line.startsWith('::add-mask::'))
  expect(visible.join('\n') + run.stderr + run.summary).not.toMatch(/planted-(password|token)/)
})

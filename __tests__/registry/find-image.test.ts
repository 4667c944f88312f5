import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { imageFinder } from '../../src/registry/find-image.ts'
import type { Found } from '../../src/registry/found.ts'
import { DOCKER_LIST, DOCKER_MANIFEST, OCI_INDEX, OCI_MANIFEST } from '../../stand-in/registry/contents.ts'
import type { Fault } from '../../stand-in/registry/loopback.ts'
import { type Registry, type RegistryOptions, startRegistry } from '../../stand-in/registry/registry.ts'
import { ConnectProxy } from '../support/connect-proxy.ts'

let registry: Registry
const others: Registry[] = []

beforeEach(async () => {
  registry = await startRegistry()
})
afterEach(async () => {
  await Promise.all([registry, ...others.splice(0)].map(each => each.close()))
})

async function other(options: RegistryOptions): Promise<Registry> {
  const made = await startRegistry(options)
  others.push(made)
  return made
}

/** With a limit that only a test of the limit reaches. */
function find(image: string, { limit = 30_000, proxy = {}, at = registry } = {}): Promise<Found> {
  const connection = { region: 'us-east-1', maxAttempts: 1, userAgent: 'fargate-pcap-action/test', proxy }
  return imageFinder(connection, limit)(`${at.host}/${image}`)
}

const BOTH: Found = { kind: 'found', platforms: ['linux/amd64', 'linux/arm64'] }
const AMD64: Found = { kind: 'found', platforms: ['linux/amd64'] }

describe('an image that is there', () => {
  test.each([OCI_INDEX, DOCKER_LIST])('by an index of the type %s', async type => {
    registry.repository('team/tap').pushIndex('1', ['linux/amd64', 'linux/arm64/v8', 'unknown/unknown'], type)
    expect(await find('team/tap:1')).toEqual(BOTH)
    expect(registry.requests.map(({ kind }) => kind)).toEqual(['manifest', 'token', 'manifest'])
  })

  test.each([OCI_MANIFEST, DOCKER_MANIFEST])('by a manifest of the type %s, whose configuration tells', async type => {
    registry.repository('team/tap').pushImage('1', 'linux/amd64', type)
    expect(await find('team/tap:1')).toEqual(AMD64)
    // The token stays with the registry: the storage refuses any that comes.
    expect(registry.storage.requests.map(({ authorization }) => authorization)).toEqual([undefined])
    expect(registry.requests.at(-1)?.headers.authorization).toMatch(/^Bearer planted-token/)
  })

  test('by its digest, whatever the tag', async () => {
    const contents = registry.repository('tap')
    const digest = contents.pushImage('1', 'linux/amd64')
    contents.pushImage('2', 'linux/arm64')
    expect(await find(`tap:2@${digest}`)).toEqual(AMD64)
  })

  test('in a registry that wants no token', async () => {
    const open = await other({ access: 'open' })
    open.repository('tap').pushImage('latest', 'linux/amd64')
    expect(await find('tap', { at: open })).toEqual(AMD64)
    expect(open.requests.map(({ kind }) => kind)).toEqual(['manifest', 'blob'])
  })

  test('in a registry whose tokens have the other name', async () => {
    const named = await other({ tokenMember: 'access_token' })
    named.repository('tap').pushImage('latest', 'linux/amd64')
    expect(await find('tap', { at: named })).toEqual(AMD64)
  })

  test('in one that sends on to another', async () => {
    const open = await other({ access: 'open' })
    open.repository('tap').pushImage('1', 'linux/amd64')
    const location = `http://${open.host}/v2/tap/manifests/1`
    registry.faults.manifest = { status: 307, headers: { location } }
    registry.faults.blob = {
      status: 307,
      headers: { location: registry.storage.urlOf('{"os":"linux","architecture":"amd64"}') }
    }
    expect(await find('tap:1')).toEqual(AMD64)
  })

  test('is asked for once, however often it is looked up', async () => {
    registry.repository('tap').pushIndex('1', ['linux/amd64', 'linux/arm64'])
    const finder = imageFinder({ region: 'us-east-1', maxAttempts: 1, userAgent: 'test', proxy: {} })
    const image = `${registry.host}/tap:1`
    expect(await Promise.all([finder(image), finder(image)])).toEqual([BOTH, BOTH])
    expect(await finder(image)).toEqual(BOTH)
    expect(registry.requests.filter(({ headers }) => headers.authorization !== undefined)).toHaveLength(1)
  })

  test('with HTTP proxies set, past which this machine is reached', async () => {
    registry.repository('tap').pushImage('1', 'linux/amd64')
    const proxy = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' }
    expect(await find('tap:1', { proxy })).toEqual(AMD64)
  })
})

describe('an image that is not there', () => {
  test.each([
    ['no such tag', 'tap:2', 'MANIFEST_UNKNOWN'],
    ['no such digest', `tap@sha256:${'0'.repeat(64)}`, 'MANIFEST_UNKNOWN'],
    ['no such repository', 'cap:1', 'NAME_UNKNOWN']
  ])('%s', async (_name, image, code) => {
    registry.repository('tap').pushImage('1', 'linux/amd64')
    expect(await find(image)).toEqual({ kind: 'absent', says: `${registry.host} does not have it (${code})` })
  })
})

describe('what says nothing about the image', () => {
  const HTML = { status: 200, body: '<html>Sign in</html>', type: 'text/html' }
  test.each<[string, 'manifest' | 'token', Fault, string]>([
    ['an answer that is a page', 'manifest', HTML, 'no manifest of an image'],
    ['a page with the status of an image that is not there', 'manifest', { ...HTML, status: 404 }, 'HTTP 404'],
    ['not there, for another reason', 'manifest', { status: 404, body: '{"errors":[{"code":"DENIED"}]}' }, 'HTTP 404'],
    [
      'unknown, with another status',
      'manifest',
      { status: 500, body: '{"errors":[{"code":"NAME_UNKNOWN"}]}' },
      'HTTP 500'
    ],
    ['a denial', 'manifest', { status: 403, body: '{"errors":[{"code":"DENIED"}]}' }, 'HTTP 403 without an account'],
    ['too many requests', 'manifest', { status: 429 }, 'HTTP 429: too many requests'],
    ['a failure', 'manifest', { status: 503 }, 'HTTP 503'],
    ['a reset', 'manifest', 'reset', 'could not be reached (ECONNRESET)'],
    ['an answer without an end', 'manifest', 'endless', 'too long for a manifest'],
    [
      'a challenge for a password',
      'manifest',
      { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } },
      'HTTP 401'
    ],
    ['a redirect to nowhere', 'manifest', { status: 307, headers: { location: 'http://[' } }, 'HTTP 307'],
    [
      'a redirect away without TLS',
      'manifest',
      { status: 307, headers: { location: 'http://registry.example.com/' } },
      'HTTP 307'
    ],
    [
      'a redirect to another scheme',
      'manifest',
      { status: 307, headers: { location: 'file:///etc/passwd' } },
      'HTTP 307'
    ],
    [
      'a redirect without an end',
      'manifest',
      { status: 302, headers: { location: '/v2/tap/manifests/1' } },
      'HTTP 302'
    ],
    ['no token', 'token', { status: 403 }, 'HTTP 401'],
    ['a token that is none', 'token', { status: 200, body: '{"token":17}' }, 'HTTP 401'],
    ['a token that breaks a header', 'token', { status: 200, body: '{"token":"a\\r\\nb"}' }, 'HTTP 401'],
    ['a token that is not taken', 'token', { status: 200, body: '{"token":"other"}' }, 'HTTP 401'],
    ['a page for a token', 'token', HTML, 'HTTP 401'],
    ['a token server that resets', 'token', 'reset', 'could not be reached']
  ])('%s', async (_name, kind, fault, why) => {
    registry.repository('tap').pushImage('1', 'linux/amd64')
    registry.faults[kind] = fault
    const found = await find('tap:1')
    expect(found).toEqual({ kind: 'unknown', why: expect.stringContaining(why) })
    expect(JSON.stringify(found)).not.toContain('planted')
  })

  test('Docker Hub, which has the same answer for what is private and for what is not there', async () => {
    const hub = await other({ hidesRepositories: true })
    const why = `${hub.host} answers HTTP 401 without an account: it is private, or not there`
    expect(await find('levoai/cap:1', { at: hub })).toEqual({ kind: 'unknown', why })
  })

  test('a realm that is not of this machine, and without TLS', async () => {
    const header = 'Bearer realm="http://169.254.169.254/latest/meta-data",service="x"'
    registry.faults.manifest = { status: 401, headers: { 'www-authenticate': header } }
    expect(await find('tap:1')).toMatchObject({ kind: 'unknown', why: expect.stringContaining('HTTP 401') })
  })

  test('nobody there', async () => {
    const closed = await startRegistry()
    await closed.close()
    const why = `${closed.host} could not be reached (ECONNREFUSED)`
    expect(await find('tap:1', { at: closed })).toEqual({ kind: 'unknown', why })
  })

  test('a proxy variable that is none', async () => {
    const found = await find('tap:1', { proxy: { HTTPS_PROXY: 'socks5://user:planted@127.0.0.1:9' } })
    expect(found).toMatchObject({ kind: 'unknown' })
    expect(JSON.stringify(found)).not.toContain('planted')
  })

  test.each(['TAP:1', 'tap:', 'a//b'])('a name that no registry knows: %s', async image => {
    expect(await find(image)).toEqual({ kind: 'unknown', why: 'its name is none that a registry could be asked for' })
    expect(registry.requests).toEqual([])
  })

  test.each(['manifest', 'token', 'blob'] as const)(
    'no answer for a %s: it is waited for no longer than the limit',
    async kind => {
      registry.repository('tap').pushImage('1', 'linux/amd64')
      registry.faults[kind] = 'hang'
      expect(await find('tap:1', { limit: 50 })).toEqual({ kind: 'unknown', why: 'there was no answer within 0.05 s' })
    }
  )
})

describe('an image that is there, for nobody knows what', () => {
  test.each<[string, Fault, string]>([
    ['refused', { status: 403 }, 'HTTP 403'],
    ['gone', { status: 404 }, 'HTTP 404']
  ])('its configuration is %s', async (_name, fault, why) => {
    registry.repository('tap').pushImage('1', 'linux/amd64')
    registry.faults.blob = fault
    expect(await find('tap:1')).toEqual({ kind: 'found', platforms: [], unsure: expect.stringContaining(why) })
  })

  test('its configuration is a page', async () => {
    registry.repository('tap').pushImage('1', 'linux/amd64')
    registry.storage.fault = { status: 200, body: '<html>' }
    expect(await find('tap:1')).toMatchObject({ kind: 'found', unsure: 'it does not say what it is for' })
  })

  test('its digest would lead elsewhere', async () => {
    const config = { digest: '../../../token?x' }
    registry.repository('tap').push('1', { mediaType: OCI_MANIFEST, config, layers: [] })
    expect(await find('tap:1')).toMatchObject({ kind: 'found', platforms: [] })
    expect(registry.requests.map(({ kind }) => kind)).toEqual(['manifest', 'token', 'manifest'])
  })
})

describe('a registry elsewhere', () => {
  test.each([
    ['levoai/pcap-sensor:0.1.9', 'registry-1.docker.io:443'],
    ['public.ecr.aws/levo/pcap-sensor:0.1.9', 'public.ecr.aws:443'],
    ['registry.example.com:5000/tap', 'registry.example.com:5000']
  ])('%s is asked through the proxy, by TLS', async (image, tunnel) => {
    const proxy = await ConnectProxy.start(() => 9)
    proxy.refusal = '502 Bad Gateway'
    const variables = { HTTPS_PROXY: proxy.url('someone:planted-password') }
    const connection = { region: 'us-east-1', maxAttempts: 1, userAgent: 'test', proxy: variables }
    const found = await imageFinder(connection)(image)
    await proxy.close()
    expect(proxy.asked).toEqual([tunnel])
    expect(found).toEqual({
      kind: 'unknown',
      why: expect.stringMatching(/ could not be reached \(ERR_PROXY_TUNNEL\)$/)
    })
  })
})

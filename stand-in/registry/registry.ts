import type { IncomingHttpHeaders } from 'node:http'
import { Contents } from './contents.ts'
import { type Fault, listen, misbehave } from './loopback.ts'
import { type Storage, startStorage } from './storage.ts'

type Kind = 'token' | 'manifest' | 'blob'

export interface RegistryRequest {
  kind: Kind | 'other'
  method: string
  path: string
  headers: IncomingHttpHeaders
}

export interface Registry {
  /** `127.0.0.1:PORT`: what the name of an image of it begins with. */
  host: string
  /** What a repository holds; made when somebody first comes to it. */
  repository(name: string): Contents
  storage: Storage
  /** In the order of their arrival. */
  requests: RegistryRequest[]
  /** What it answers requests of a kind with from now on. */
  faults: Partial<Record<Kind, Fault>>
  close(): Promise<void>
}

export interface RegistryOptions {
  /** `token`: anybody is given one, as Docker Hub does; `open`: none is asked for. */
  access?: 'token' | 'open'
  /** As Docker Hub: whoever has no account is not told whether a repository is there. */
  hidesRepositories?: boolean
  /** The member of the token's answer; some registries have the one, some the other. */
  tokenMember?: 'token' | 'access_token'
  /** Of the address that tokens are to be had from: `https` when something in front of it ends TLS. */
  scheme?: 'http' | 'https'
}

interface Answer {
  status: number
  headers?: Record<string, string>
  body?: string
}

/** A registry by the OCI distribution specification, as far as pulling goes, and as strict as they are. */
export async function startRegistry(options: RegistryOptions = {}): Promise<Registry> {
  const storage = await startStorage()
  const shelves = new Shelves(options, storage)
  const requests: RegistryRequest[] = []
  const faults: Registry['faults'] = {}
  const server = await listen(({ url = '', method = '', headers, socket }, response) => {
    const address = new URL(url, `http://${headers.host}`)
    const asked = readPath(address)
    requests.push({ kind: asked.kind, method, path: address.pathname, headers })
    const fault = asked.kind === 'other' ? undefined : faults[asked.kind]
    if (fault !== undefined) misbehave(fault, socket, response)
    else {
      const { status, headers: own, body } = method === 'GET' ? shelves.answer(asked, address, headers) : NOT_ALLOWED
      response.writeHead(status, { 'content-type': 'application/json', ...own }).end(body)
    }
  })
  return {
    host: server.host,
    repository: name => shelves.repository(name),
    storage,
    requests,
    faults,
    close: async () => {
      await Promise.all([server.close(), storage.close()])
    }
  }
}

type Asked =
  | { kind: 'token' }
  | { kind: 'other' }
  | { kind: 'manifest'; repository: string; reference: string }
  | { kind: 'blob'; repository: string; reference: string }

function readPath({ pathname }: URL): Asked {
  if (pathname === '/token') return { kind: 'token' }
  const parts = /^\/v2\/([a-z0-9._/-]+)\/(manifest|blob)s\/([^/]+)$/.exec(pathname) ?? []
  const [, repository = '', kind, reference = ''] = parts
  return kind === 'manifest' || kind === 'blob' ? { kind, repository, reference } : { kind: 'other' }
}

const SERVICE = 'registry.example.com'

class Shelves {
  private readonly options: RegistryOptions
  private readonly storage: Storage
  private readonly repositories = new Map<string, Contents>()
  /** By token, the repository that it is for. */
  private readonly tokens = new Map<string, string>()

  constructor(options: RegistryOptions, storage: Storage) {
    this.options = options
    this.storage = storage
  }

  repository(name: string): Contents {
    const contents = this.repositories.get(name) ?? new Contents()
    this.repositories.set(name, contents)
    return contents
  }

  answer(asked: Asked, address: URL, headers: IncomingHttpHeaders): Answer {
    if (asked.kind === 'token') return this.handOut(address)
    if (asked.kind === 'other') return refusal(404, 'UNSUPPORTED')
    const { access = 'token', hidesRepositories = false } = this.options
    const { kind, repository, reference } = asked
    const token = headers.authorization?.replace(/^Bearer /, '') ?? ''
    if (access === 'token' && this.tokens.get(token) !== repository) return this.challenge(address, repository)
    const contents = this.repositories.get(repository)
    if (contents === undefined) {
      return hidesRepositories ? this.challenge(address, repository) : refusal(404, 'NAME_UNKNOWN')
    }
    return kind === 'blob' ? this.blob(contents, reference) : manifestIn(contents, reference, headers)
  }

  private challenge({ host }: URL, repository: string): Answer {
    const realm = `${this.options.scheme ?? 'http'}://${host}/token`
    const value = `Bearer realm="${realm}",service="${SERVICE}",scope="repository:${repository}:pull"`
    return { ...refusal(401, 'UNAUTHORIZED'), headers: { 'www-authenticate': value } }
  }

  private handOut({ searchParams }: URL): Answer {
    const [, repository] = /^repository:([^:]+):pull$/.exec(searchParams.get('scope') ?? '') ?? []
    if (searchParams.get('service') !== SERVICE || repository === undefined) return refusal(400, 'DENIED')
    const token = `planted-token-${this.tokens.size + 1}`
    this.tokens.set(token, repository)
    return { status: 200, body: JSON.stringify({ [this.options.tokenMember ?? 'token']: token }) }
  }

  private blob({ blobs }: Contents, digest: string): Answer {
    const blob = blobs.get(digest)
    if (blob === undefined) return refusal(404, 'BLOB_UNKNOWN')
    return { status: 307, headers: { location: this.storage.urlOf(blob) } }
  }
}

/** One of a kind that is not asked for counts as none. */
function manifestIn({ manifests }: Contents, reference: string, { accept = '' }: IncomingHttpHeaders): Answer {
  const manifest = manifests.get(reference)
  const accepted = accept.split(',').map(type => type.trim())
  if (manifest === undefined || !accepted.includes(manifest.mediaType)) return refusal(404, 'MANIFEST_UNKNOWN')
  return { status: 200, headers: { 'content-type': manifest.mediaType }, body: manifest.text }
}

function refusal(status: number, code: string): Answer {
  return { status, body: JSON.stringify({ errors: [{ code, message: `planted text beside ${code}` }] }) }
}

const NOT_ALLOWED = refusal(405, 'UNSUPPORTED')

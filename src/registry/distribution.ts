import { objectsOf, textOf } from '../task-definition/definition.ts'
import { type Challenge, readChallenge } from './challenge.ts'
import type { Found } from './found.ts'
import { type Answer, follow, type Get, mayGo } from './get.ts'
import { MEDIA_TYPES, parsed, readConfig, readManifest } from './manifest.ts'
import { baseOf, type Reference } from './reference.ts'

const MANIFESTS = MEDIA_TYPES.join(', ')

/**
 * Looks an image up by the API that registries have in common (OCI distribution specification), without an account. Throws what `get`
 * throws.
 *
 * The manifest is asked for once, by GET. Docker Hub counts that as one pull of the runner's address, of 100 in six hours (Docker, "Pull
 * usage and limits"), and would not count HEAD; but HEAD does not tell what an image is for. An index names that itself, so that no manifest
 * of a platform is asked for, and blobs, such as a configuration, do not count.
 */
export async function findInRegistry(reference: Reference, get: Get): Promise<Found> {
  const base = baseOf(reference)
  const session = new Session(reference, base, get)
  const answer = await session.ask(new URL(`manifests/${reference.tagOrDigest}`, base), MANIFESTS)
  if (answer.status !== 200) return notFound(answer, reference.host)
  const manifest = readManifest(answer.body)
  switch (manifest.kind) {
    case 'index':
      return manifest.found
    case 'other':
      return { kind: 'unknown', why: `what ${reference.host} answers is no manifest of an image` }
    case 'image':
      return findPlatform(session, manifest.config, base)
  }
}

/** The image is there; its configuration says what for. */
async function findPlatform(session: Session, digest: string, base: URL): Promise<Found> {
  const unsure = (why: string): Found => ({ kind: 'found', platforms: [], unsure: why })
  if (!/^[a-z0-9+._-]+:[0-9a-fA-F]+$/.test(digest)) return unsure('it does not say what it is for')
  const answer = await session.ask(new URL(`blobs/${digest}`, base), '*/*')
  if (answer.status === 200) return readConfig(answer.body)
  return unsure(`its configuration was not to be had (HTTP ${answer.status})`)
}

/** Requests to one repository, with the token that the registry hands to anybody. */
class Session {
  private token: string | undefined
  private readonly reference: Reference
  private readonly base: URL
  private readonly get: Get

  constructor(reference: Reference, base: URL, get: Get) {
    this.reference = reference
    this.base = base
    this.get = get
  }

  async ask(url: URL, accept: string): Promise<Answer> {
    const answer = await this.send(url, accept)
    if (answer.status !== 401 || this.token !== undefined) return answer
    const challenge = readChallenge(answer.header('www-authenticate'))
    if (challenge === undefined) return answer
    this.token = await this.fetchToken(challenge)
    return this.token === undefined ? answer : this.send(url, accept)
  }

  private send(url: URL, accept: string): Promise<Answer> {
    const authorization = this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }
    return follow(this.get, url, { accept, ...authorization })
  }

  private async fetchToken({ realm, service, scope }: Challenge): Promise<string | undefined> {
    if (!URL.canParse(realm)) return undefined
    const url = new URL(realm)
    if (!mayGo(url, this.base)) return undefined
    if (service !== undefined) url.searchParams.set('service', service)
    url.searchParams.set('scope', scope ?? `repository:${this.reference.repository}:pull`)
    const answer = await follow(this.get, url, { accept: 'application/json' })
    if (answer.status !== 200) return undefined
    const body = parsed(answer.body)
    const token = textOf(body?.token) ?? textOf(body?.access_token)
    // Anything else cannot stand in a header.
    return token !== undefined && /^[\x21-\x7e]+$/.test(token) ? token : undefined
  }
}

/** Codes by which a registry says that there is no such image; with any other it may just not say so. */
const ABSENT = ['MANIFEST_UNKNOWN', 'NAME_UNKNOWN']

function notFound({ status, body }: Answer, host: string): Found {
  const errors = objectsOf(parsed(body)?.errors)
  const code = ABSENT.find(known => errors.some(error => error.code === known))
  if (status === 404 && code !== undefined) return { kind: 'absent', says: `${host} does not have it (${code})` }
  return { kind: 'unknown', why: `${host} answers HTTP ${status}${hintFor(status)}` }
}

function hintFor(status: number): string {
  // Docker Hub says the same of a repository that is private and of one that is not there.
  if (status === 401 || status === 403) return ' without an account: it is private, or not there'
  return status === 429 ? ': too many requests from the address of this runner' : ''
}

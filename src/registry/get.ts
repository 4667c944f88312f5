import { get as getPlain, type IncomingMessage } from 'node:http'
import { get as getSecure } from 'node:https'
import type { Agents } from '../proxy.ts'
import { isLoopback } from './reference.ts'

export interface Answer {
  readonly status: number
  /** Undefined for a header that is not there. */
  readonly header: (name: string) => string | undefined
  readonly body: string
}

export type Headers = Readonly<Record<string, string>>

/** One GET over HTTP, redirects not followed. Throws an error with a `code` when no whole answer comes. */
export type Get = (url: URL, headers: Headers) => Promise<Answer>

/** What registries have to take at least (OCI distribution specification, "Pushing Manifests"); configurations are far smaller. */
const MOST_BYTES = 4 * 1024 * 1024

/** A host that nothing comes from is given up sooner than an answer is. */
const CONNECT_MS = 2000

/** GETs that go the same ways as all that leaves this machine, until the signal ends them. */
export function getThrough(
  { httpAgent, httpsAgent }: Agents,
  userAgent: string,
  signal: AbortSignal,
  connectMs = CONNECT_MS
): Get {
  return (url, headers) =>
    new Promise((resolve, reject) => {
      const options = { headers: { 'user-agent': userAgent, ...headers }, signal }
      const request =
        url.protocol === 'https:'
          ? getSecure(url, { ...options, agent: httpsAgent })
          : getPlain(url, { ...options, agent: httpAgent })
      const giveUp = setTimeout(() => {
        // Said here: a request that waits for a proxy's tunnel tells of its end only when that is over.
        reject(failure('ETIMEDOUT'))
        request.destroy()
      }, connectMs)
      request
        .on('socket', socket => {
          const connected = () => clearTimeout(giveUp)
          if (socket.connecting) socket.once('connect', connected)
          else connected()
        })
        .on('response', response => read(response).then(resolve, reject))
        .on('error', reject)
        .on('close', () => clearTimeout(giveUp))
    })
}

async function read(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length
    // Leaving the loop ends the connection.
    if (length > MOST_BYTES) throw failure('EMSGSIZE')
    chunks.push(chunk)
  }
  return {
    status: response.statusCode ?? 0,
    header: name => {
      const value = response.headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
    body: Buffer.concat(chunks).toString('utf8')
  }
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code })
}

const REDIRECTS = [301, 302, 303, 307, 308]
const MOST_REDIRECTS = 3

/**
 * As `get`, and goes where it is sent: registries keep blobs, and some of them manifests, elsewhere. What proves who asks is for the host
 * that asked for it alone, and nothing goes without TLS, unless it began so on this machine.
 */
export async function follow(get: Get, url: URL, headers: Headers): Promise<Answer> {
  let [at, sent] = [url, headers]
  for (let redirects = 0; ; redirects += 1) {
    const answer = await get(at, sent)
    const location = answer.header('location')
    if (!REDIRECTS.includes(answer.status) || location === undefined || redirects === MOST_REDIRECTS) return answer
    const next = URL.canParse(location, at.href) ? new URL(location, at) : undefined
    if (next === undefined || !mayGo(next, url)) return answer
    if (next.origin !== at.origin) {
      const { authorization: _own, ...others } = sent
      sent = others
    }
    at = next
  }
}

/** Whether what is asked at one address may send on to another one. */
export function mayGo(to: URL, from: URL): boolean {
  if (to.protocol === 'https:') return true
  return to.protocol === 'http:' && isLoopback(to.hostname) && isLoopback(from.hostname)
}

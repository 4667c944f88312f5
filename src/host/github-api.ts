import { type IncomingMessage, request as requestInClear } from 'node:http'
import { request as requestOverTls } from 'node:https'
import { Octokit } from '@octokit/core'
import { type Agents, agentsThrough, type ProxyVariables } from '../proxy.ts'
import { VERSION } from '../version.ts'

export interface Api {
  readonly token: string
  /** `GITHUB_API_URL`: an Enterprise Server has its own. */
  readonly baseUrl: string
  readonly proxy: ProxyVariables
  /** For all requests together. */
  readonly seconds: number
}

/** GitHub's API by its own client, over Node's agents: fetch obeys no proxy that the process was not started with. */
export function githubApi({ token, baseUrl, proxy, seconds }: Api): Octokit {
  const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  return new Octokit({
    auth: token,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    userAgent: `fargate-pcap-action/${VERSION}`,
    log: silent,
    request: { fetch: fetchWith(agentsThrough(proxy), seconds), log: silent }
  })
}

interface Sent {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: string
}

/** As much of fetch as the client uses. */
function fetchWith(agents: Agents, seconds: number): (url: string, sent: Sent) => Promise<Response> {
  const deadline = AbortSignal.timeout(seconds * 1000)
  return async (url, sent) => {
    try {
      const answer = await send(url, sent, agents, { signal: deadline, timeout: seconds * 1000 })
      const chunks: Buffer[] = []
      for await (const chunk of answer) chunks.push(chunk)
      return toResponse(answer, Buffer.concat(chunks))
    } catch (error) {
      throw new Error(deadline.aborted ? `no answer within ${seconds} s` : reasonOf(error), { cause: error })
    }
  }
}

/** Where a name has several addresses and none answers, Node's error has a code and no message. */
function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string }
  return message || code || 'unknown reason'
}

interface Bounds {
  readonly signal: AbortSignal
  /** Of a proxy that opens no tunnel; it does not heed the signal. */
  readonly timeout: number
}

function send(url: string, { method, headers, body }: Sent, agents: Agents, bounds: Bounds) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const { protocol } = new URL(url)
    const options = { method, headers: { ...headers, 'content-length': Buffer.byteLength(body ?? '') }, ...bounds }
    const request =
      protocol === 'https:'
        ? requestOverTls(url, { ...options, agent: agents.httpsAgent }, resolve)
        : requestInClear(url, { ...options, agent: agents.httpAgent }, resolve)
    request.on('error', reject).end(body)
  })
}

function toResponse({ statusCode = 0, headers }: IncomingMessage, body: Buffer<ArrayBuffer>): Response {
  const known = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  const empty = [101, 204, 205, 304].includes(statusCode)
  return new Response(empty ? null : body, { status: statusCode, headers: Object.fromEntries(known) })
}

import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { JsonObject } from '../../stand-in/json.ts'

export interface StandInComment {
  readonly id: number
  body: string
  readonly user: { readonly type: string }
  readonly author_association: string
}

export interface ApiRequest {
  readonly method: string
  readonly url: string
  readonly authorization: string | undefined
  readonly body: JsonObject
}

/** What to answer instead; `never` gives no answer at all. */
type Fault = { readonly status: number; readonly body: string; readonly type?: string } | 'never'

interface Answer {
  readonly status: number
  readonly body: unknown
  readonly link?: string
}

const TOKEN_OF = { user: { type: 'Bot' }, author_association: 'NONE' }

/** GitHub's comments of issues over loopback: listed by pages with a Link header, made, changed. */
export class GithubStandIn {
  readonly requests: ApiRequest[] = []
  readonly comments: StandInComment[] = []
  /** Keyed by method; `*` is every one. */
  readonly faults = new Map<string, Fault>()
  private readonly server: Server
  private readonly scheme: 'http' | 'https'
  /** Where Enterprise Server has its API; github.com has it at the root. */
  private readonly base: string

  private constructor(base: string, tls?: { key: string; cert: string }) {
    const listener: RequestListener = (request, response) => void this.serve(request, response)
    this.server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
    this.scheme = tls === undefined ? 'http' : 'https'
    this.base = base
  }

  static async start(base = '', tls?: { key: string; cert: string }): Promise<GithubStandIn> {
    const standIn = new GithubStandIn(base, tls)
    await new Promise<void>(resolve => void standIn.server.listen(0, '127.0.0.1', resolve))
    return standIn
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  get url(): string {
    return `${this.scheme}://127.0.0.1:${this.port}${this.base}`
  }

  /** A comment that somebody wrote before. */
  add(body: string, by: Omit<StandInComment, 'id' | 'body'> = TOKEN_OF): StandInComment {
    const comment = { id: 1000 + this.comments.length, body, ...by }
    this.comments.push(comment)
    return comment
  }

  /** Method and path of each call, in order. */
  calls(): string[] {
    return this.requests.map(({ method, url }) => `${method} ${url}`)
  }

  close(): Promise<void> {
    this.server.closeAllConnections()
    return new Promise(resolve => void this.server.close(() => resolve()))
  }

  private async serve(request: IncomingMessage, response: Parameters<RequestListener>[1]): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method = '', url = '', headers } = request
    const text = Buffer.concat(chunks).toString()
    this.requests.push({ method, url, authorization: headers.authorization, body: text === '' ? {} : JSON.parse(text) })
    const fault = this.faults.get(method) ?? this.faults.get('*')
    if (fault === 'never') return
    if (fault !== undefined) {
      response.writeHead(fault.status, { 'content-type': fault.type ?? 'application/json; charset=utf-8' })
      return void response.end(fault.body)
    }
    const { status, body, link } = this.answer(method, new URL(url, this.url))
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      ...(link === undefined ? {} : { link })
    })
    response.end(JSON.stringify(body))
  }

  private answer(method: string, url: URL): Answer {
    const list = `${this.base}/repos/example/web/issues/17/comments`
    const one = new RegExp(`^${this.base}/repos/example/web/issues/comments/(\\d+)$`).exec(url.pathname)?.[1]
    const { body = {} } = this.requests.at(-1) ?? {}
    if (method === 'GET' && url.pathname === list) return this.list(url)
    if (method === 'POST' && url.pathname === list) return { status: 201, body: shown(this.add(String(body.body))) }
    const comment = this.comments.find(({ id }) => String(id) === one)
    if (method !== 'PATCH' || comment === undefined) return { status: 404, body: { message: 'Not Found' } }
    comment.body = String(body.body)
    return { status: 200, body: shown(comment) }
  }

  private list(url: URL): Answer {
    const [size, page] = ['per_page', 'page'].map(name => Number(url.searchParams.get(name)))
    const from = ((page ?? 1) - 1) * (size ?? 30)
    const more = from + (size ?? 30) < this.comments.length
    const next = new URL(url)
    next.searchParams.set('page', String((page ?? 1) + 1))
    const link = more ? { link: `<${next}>; rel="next", <${next}>; rel="last"` } : {}
    return { status: 200, body: this.comments.slice(from, from + (size ?? 30)).map(shown), ...link }
  }
}

function shown(comment: StandInComment) {
  return { ...comment, html_url: `https://github.example.com/example/web/pull/17#issuecomment-${comment.id}` }
}

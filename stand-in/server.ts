import { randomUUID } from 'node:crypto'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { ApiError } from './api-error.ts'
import { type Fault, FaultPlan, refusal } from './faults.ts'
import { isObject, type JsonObject } from './json.ts'
import { carryOut, isOperation, operationOf } from './operations.ts'
import { Account } from './state.ts'

export interface RecordedRequest {
  operation: string
  body: JsonObject
  rawBody: string
  headers: IncomingHttpHeaders
  /** `lost` as long as no answer went out. */
  status: number | 'lost'
}

export interface StandIn {
  /** `http://127.0.0.1:PORT` */
  url: string
  /** What it holds: to fill and to look at. */
  account: Account
  /** In the order of their arrival, refused ones too. */
  requests: RecordedRequest[]
  fault(fault: Fault): void
  /** Also ends the connections that are open. */
  close(): Promise<void>
}

export interface StandInOptions {
  region?: string
  accountId?: string
  partition?: string
  /** Any free one if not given. */
  port?: number
  /** The most that a page of a list holds. */
  pageSize?: number
  /** Milliseconds since the epoch: the clock that a test shares with what it tests. */
  now?: () => number
}

const CONTENT_TYPE = 'application/x-amz-json-1.1'

export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { port = 0, pageSize = Infinity, now = Date.now, ...place } = options
  const account = new Account(place)
  account.pageSize = pageSize
  account.now = now
  const requests: RecordedRequest[] = []
  const faults = new FaultPlan()
  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy())
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const recorded = await record(request)
    requests.push(recorded)
    const outcome = outcomeOf(recorded, account, faults)
    if (outcome === 'reset') request.socket.destroy()
    else if (outcome !== 'hang') {
      recorded.status = outcome.status
      response.writeHead(outcome.status, { 'content-type': CONTENT_TYPE, 'x-amzn-requestid': randomUUID() })
      response.end(JSON.stringify(outcome.body))
    }
  }

  await listen(server, port)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    account,
    requests,
    fault: fault => faults.add(fault),
    close: () => close(server)
  }
}

type Outcome = { status: number; body: JsonObject } | 'reset' | 'hang'

/** Checks, faults and the operation itself, in the order in which the service's front end does them. */
function outcomeOf(request: RecordedRequest, account: Account, faults: FaultPlan): Outcome {
  try {
    checkFrame(request)
    account.settle()
    if (!account.mayPass(request.operation)) throw new ApiError('ThrottlingException', 'Rate exceeded')
    return interfered(request, account, faults)
  } catch (error) {
    const refused = error instanceof ApiError ? error : new ApiError('ServerException', String(error), 500)
    return { status: refused.status, body: { __type: refused.code, message: refused.message } }
  }
}

function interfered({ operation, body }: RecordedRequest, account: Account, faults: FaultPlan): Outcome {
  const { before, change, end } = faults.meet(operation)
  for (const act of before) act(account)
  account.settle()
  if (end === undefined) {
    const result = structuredClone(carryOut(account, operation, body))
    return { status: 200, body: change.reduce((answer, alter) => alter(answer), result) }
  }
  if (end.kind === 'lose-answer' || (end.kind === 'server-error' && end.carriedOut)) {
    carryOutUnseen(account, operation, body)
  }
  const refused = refusal(end, operation, account)
  if (refused !== undefined) throw refused
  return end.kind === 'hang' ? 'hang' : 'reset'
}

/** Nobody hears of the result, and so of a refusal neither. */
function carryOutUnseen(account: Account, operation: string, body: JsonObject): void {
  try {
    carryOut(account, operation, body)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
  }
}

/** @throws ApiError for a request that never gets as far as an operation */
function checkFrame({ operation, rawBody, headers }: RecordedRequest): void {
  if (headers['content-type'] !== CONTENT_TYPE) {
    throw new ApiError('UnknownOperationException', `The content type must be ${CONTENT_TYPE}.`)
  }
  if (!isOperation(operation)) throw new ApiError('UnknownOperationException', `Unknown operation '${operation}'.`)
  if (!headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
    throw new ApiError('MissingAuthenticationTokenException', 'Missing Authentication Token')
  }
  if (parsed(rawBody) === undefined) throw new ApiError('SerializationException', 'The request is no JSON object.')
}

async function record(request: IncomingMessage): Promise<RecordedRequest> {
  const rawBody = await text(request)
  const target = String(request.headers['x-amz-target'] ?? '')
  return {
    operation: operationOf(target),
    body: parsed(rawBody) ?? {},
    rawBody,
    headers: request.headers,
    status: 'lost'
  }
}

function parsed(rawBody: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(rawBody)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

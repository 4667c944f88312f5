import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Fault, FaultPlan } from './faults.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import type { Protocol } from './protocols/protocol.ts'
import { type ListedRegion, Regions } from './regions.ts'
import { type RecordedRequest, receive } from './requests.ts'
import type { Account } from './state.ts'

export type { RecordedRequest } from './requests.ts'

export interface StandIn {
  /** `http://127.0.0.1:PORT` */
  url: string
  /** What it holds in its first Region: to fill and to look at. */
  account: Account
  /** As `account`, in any Region: made when a test or a request first comes to it. */
  in(region: string): Account
  /** Those of all Regions that there are by now. */
  accounts(): Account[]
  /** Sets something in every Region, in those that are made later too. */
  everywhere(setting: (account: Account) => void): void
  /**
   * What DescribeRegions lists, by name or with an opt-in status: to be set; until then, the Regions that there are by now.
   * Calls to one that is `not-opted-in` are refused, those to one that is not listed are not.
   */
  regions: readonly (string | ListedRegion)[]
  /** In the order of their arrival, refused ones too. */
  requests: RecordedRequest[]
  fault(fault: Fault): void
  /** Also ends the connections that are open. */
  close(): Promise<void>
}

export interface StandInOptions {
  /** The first one, in which also lands what is not signed. */
  region?: string
  accountId?: string
  partition?: string
  /** Any free one if not given. */
  port?: number
  /** The most that a page of a list holds. */
  pageSize?: number
  /** Milliseconds since the epoch: the clock that a test shares with what it tests. */
  now?: () => number
  /** Whether calls are throttled, in each Region by buckets of its own. */
  enforceBuckets?: boolean
  /** Is given each request once its status is known; `requests` then stays empty, so that thousands need no memory. */
  record?: (request: RecordedRequest) => void
}

export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { port = 0, record, ...rest } = options
  const regions = regionsOf(rest)
  const requests: RecordedRequest[] = []
  const faults = new FaultPlan()
  const server = createServer((message, response) => {
    answer(message, response).catch(() => message.socket.destroy())
  })

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const received = await receive(message, regions.first.region)
    const { request, protocol } = received
    if (record === undefined) requests.push(request)
    const outcome = outcomeOf(received, regions, faults)
    if (typeof outcome === 'object') {
      request.status = outcome.status
      write(response, protocol, request.operation, outcome)
    } else if (outcome === 'reset') message.socket.destroy()
    record?.(request)
  }

  await listen(server, port)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    account: regions.first,
    in: region => regions.in(region),
    accounts: () => regions.all(),
    everywhere: setting => regions.everywhere(setting),
    get regions() {
      return regions.list()
    },
    set regions(listed) {
      regions.listed = listed
    },
    requests,
    fault: fault => faults.add(fault),
    close: () => close(server)
  }
}

function regionsOf(options: Omit<StandInOptions, 'port' | 'record'>): Regions {
  const { pageSize = Infinity, now = Date.now, enforceBuckets = false, ...place } = options
  const regions = new Regions(place)
  regions.everywhere(account => Object.assign(account, { pageSize, now, enforceBuckets }))
  return regions
}

function write(
  response: ServerResponse,
  protocol: Protocol,
  operation: string,
  outcome: Exclude<Outcome, string>
): void {
  if ('page' in outcome) {
    response.writeHead(outcome.status, { 'content-type': 'text/html' }).end(outcome.page)
    return
  }
  const requestId = randomUUID()
  response.writeHead(outcome.status, { 'content-type': protocol.contentType, 'x-amzn-requestid': requestId })
  response.end(
    'answer' in outcome
      ? protocol.write(operation, outcome.answer, requestId)
      : protocol.writeRefusal(outcome.error, requestId)
  )
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

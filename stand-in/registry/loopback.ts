import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** What a host that is out of order answers in the place of its own answer. */
export type Fault =
  | { status: number; body?: string; type?: string; headers?: Record<string, string> }
  /** The connection is gone. */
  | 'reset'
  /** No answer ever. */
  | 'hang'
  /** An answer without an end. */
  | 'endless'

export interface Loopback {
  /** `127.0.0.1:PORT` */
  host: string
  close(): Promise<void>
}

/** A server on this machine, on a port of its own. */
export async function listen(answer: (message: IncomingMessage, response: ServerResponse) => void): Promise<Loopback> {
  const server = createServer(answer)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

export function misbehave(fault: Fault, socket: Socket, response: ServerResponse): void {
  if (fault === 'reset') socket.destroy()
  else if (fault === 'endless') sendForEver(response)
  else if (fault !== 'hang') {
    const { status, body = '', type = 'application/json', headers = {} } = fault
    response.writeHead(status, { 'content-type': type, ...headers }).end(body)
  }
}

function sendForEver(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const chunk = ' '.repeat(64 * 1024)
  const more = (): void => {
    while (!response.destroyed && response.write(chunk)) {}
  }
  response.on('drain', more)
  more()
}

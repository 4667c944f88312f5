import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/** A proxy on loopback that opens real tunnels, all of them to one port of this machine, whatever host is asked for. */
export class ConnectProxy {
  /** `host:port` of each tunnel, and the URL of each request in clear. */
  readonly asked: string[] = []
  readonly authorizations: (string | undefined)[] = []
  /** The status to refuse tunnels with; `never` answers nothing, undefined opens them. */
  refusal: string | undefined
  private readonly sockets = new Set<Socket>()
  private readonly server: Server

  private constructor(target: () => number) {
    this.server = createServer((request, response) => {
      this.asked.push(request.url ?? '')
      response.writeHead(502).end()
    })
    this.server.on('connection', socket => this.sockets.add(socket))
    this.server.on('connect', (request, socket, head) => {
      this.asked.push(request.url ?? '')
      this.authorizations.push(request.headers['proxy-authorization'])
      if (this.refusal === 'never') return
      if (this.refusal !== undefined) return void socket.end(`HTTP/1.1 ${this.refusal}\r\n\r\n`)
      const tunnel = connect(target(), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        tunnel.write(head)
        tunnel.pipe(socket).pipe(tunnel)
      })
      this.sockets.add(tunnel)
      for (const end of [tunnel, socket]) end.on('error', () => end.destroy())
    })
  }

  static async start(target: () => number): Promise<ConnectProxy> {
    const proxy = new ConnectProxy(target)
    await new Promise<void>(resolve => void proxy.server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  url(credentials: string): string {
    return `http://${credentials}@127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    return new Promise(resolve => void this.server.close(() => resolve()))
  }
}

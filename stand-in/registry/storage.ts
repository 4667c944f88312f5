import type { IncomingHttpHeaders } from 'node:http'
import { type Fault, listen, misbehave } from './loopback.ts'

export interface Storage {
  /** A URL under which the text can be had by whoever knows it. */
  urlOf(text: string): string
  /** The headers of each request. */
  requests: IncomingHttpHeaders[]
  /** What it answers all requests with from now on. */
  fault: Fault | undefined
  close(): Promise<void>
}

/** Where registries keep blobs: another host, which knows nothing of their tokens. */
export async function startStorage(): Promise<Storage> {
  const objects: string[] = []
  const requests: IncomingHttpHeaders[] = []
  const server = await listen((message, response) => {
    requests.push(message.headers)
    if (storage.fault !== undefined) return misbehave(storage.fault, message.socket, response)
    // The signature in the URL is one way to prove who asks; S3 takes no second one beside it.
    if (message.headers.authorization !== undefined)
      return void response.writeHead(400).end('<Error>InvalidArgument</Error>')
    const [, index, signature] = /^\/objects\/(\d+)\?X-Amz-Signature=(\w+)$/.exec(message.url ?? '') ?? []
    const text = signature === SIGNATURE ? objects[Number(index)] : undefined
    if (text === undefined) return void response.writeHead(403).end('<Error>AccessDenied</Error>')
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(text)
  })
  const storage: Storage = {
    urlOf: text => `http://${server.host}/objects/${objects.push(text) - 1}?X-Amz-Signature=${SIGNATURE}`,
    requests,
    fault: undefined,
    close: server.close
  }
  return storage
}

/** Never to be seen anywhere else. */
const SIGNATURE = 'plantedsignature'

import type { Connection } from '../ecs/client.ts'
import { agentsThrough } from '../proxy.ts'
import { findInRegistry } from './distribution.ts'
import { findInEcr } from './ecr.ts'
import type { FindImage, Found } from './found.ts'
import { type Get, getThrough } from './get.ts'
import { readEcrReference, readReference } from './reference.ts'

/** No run is to wait longer for a registry, whatever that does. */
const LIMIT_MS = 5000

/** Looks images up, each once, in ECR with the credentials of the run and everywhere else without an account. */
export function imageFinder(connection: Connection, limitMs = LIMIT_MS): FindImage {
  const known = new Map<string, Promise<Found>>()
  return image => {
    const found = known.get(image) ?? find(image, connection, limitMs)
    known.set(image, found)
    return found
  }
}

async function find(image: string, connection: Connection, limitMs: number): Promise<Found> {
  const limit = new AbortController()
  let timer: NodeJS.Timeout | undefined
  // Not everything that may be waited for heeds the signal, such as where credentials come from.
  const late = new Promise<Found>(resolve => {
    timer = setTimeout(() => {
      resolve({ kind: 'unknown', why: `there was no answer within ${limitMs / 1000} s` })
      limit.abort()
    }, limitMs)
  })
  try {
    return await Promise.race([lookUp(image, connection, limit.signal, limitMs), late])
  } catch (error) {
    return { kind: 'unknown', why: reasonOf(error, image) }
  } finally {
    clearTimeout(timer)
  }
}

async function lookUp(image: string, connection: Connection, signal: AbortSignal, limitMs: number): Promise<Found> {
  // No socket, such as that to a proxy that never answers, keeps the process longer than the answer is waited for.
  const agents = agentsThrough(connection.proxy, limitMs / 1000)
  try {
    return await ask(image, connection, getThrough(agents, connection.userAgent, signal), signal)
  } finally {
    agents.httpAgent.destroy()
    agents.httpsAgent.destroy()
  }
}

async function ask(image: string, connection: Connection, get: Get, signal: AbortSignal): Promise<Found> {
  const inEcr = readEcrReference(image)
  if (inEcr !== undefined) return findInEcr(inEcr, connection, get, signal)
  const reference = readReference(image)
  if (reference === undefined) return { kind: 'unknown', why: 'its name is none that a registry could be asked for' }
  return findInRegistry(reference, get)
}

/** Messages of the network may repeat a proxy's URL with its password; codes never do. */
function reasonOf(error: unknown, image: string): string {
  const { code } = error as { code?: unknown }
  const host = readReference(image)?.host ?? 'the registry'
  if (code === 'EMSGSIZE') return `what ${host} answers is too long for a manifest`
  return `${host} could not be reached${typeof code === 'string' ? ` (${code})` : ''}`
}

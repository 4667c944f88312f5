import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { InputError } from './errors.ts'

/** The environment's variables, of which the proxies' are taken. */
export type ProxyVariables = Readonly<Record<string, string | undefined>>

export interface Agents {
  readonly httpAgent: HttpAgent
  readonly httpsAgent: HttpsAgent
}

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']

/** Loopback, and where instances, tasks and pods ask for their credentials. */
const NEVER_THROUGH_A_PROXY = [
  '127.0.0.1',
  'localhost',
  '::1',
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  'fd00:ec2::254',
  'fd00:ec2::23'
]

/** A proxy that never answers would keep its socket, and with it the process, for ever; no answer takes longer than this. */
const IDLE_SECONDS = 35

/**
 * Agents that go through the proxies that the variables name; metadata addresses and loopback never do. A socket on which nothing
 * comes for `idleSeconds` is closed.
 */
export function agentsThrough(proxy: ProxyVariables, idleSeconds = IDLE_SECONDS): Agents {
  const noProxy = [proxy.no_proxy ?? proxy.NO_PROXY, ...NEVER_THROUGH_A_PROXY].filter(Boolean).join(',')
  const proxyEnv = { ...proxy, NO_PROXY: noProxy, no_proxy: noProxy }
  // Node takes no proxy of another kind, and would go past it without a word.
  if (PROXIES.some(name => proxy[name] && !/^https?:\/\//i.test(proxy[name]))) throw badProxy()
  try {
    return {
      httpAgent: new HttpAgent({ keepAlive: true, proxyEnv, timeout: idleSeconds * 1000 }),
      httpsAgent: new HttpsAgent({ keepAlive: true, proxyEnv, timeout: idleSeconds * 1000 })
    }
  } catch {
    // Node's own message repeats the URL with its password, so it is not kept as the cause either.
    throw badProxy()
  }
}

function badProxy(): InputError {
  return new InputError([
    'HTTPS_PROXY, HTTP_PROXY: must be a URL such as http://proxy.example.com:8080; what is set is none'
  ])
}

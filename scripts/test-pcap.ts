// npm run test:pcap: compiles composed packet filters with the real pcap compiler (`tcpdump -d`; on Debian, apt-get install tcpdump).
import { spawnSync } from 'node:child_process'
import { composeFilter } from '../src/sensor/packet-filter.ts'
import type { Container } from '../src/task-definition/definition.ts'

interface Ports {
  readonly essential?: boolean
  readonly ports: readonly (number | string)[]
}

/** A number is a container port, a text a range of them. */
function container({ essential = false, ports }: Ports, index: number): Container {
  const portMappings = ports.map(port =>
    typeof port === 'number' ? { containerPort: port } : { containerPortRange: port }
  )
  return { name: `container-${index}`, essential, portMappings }
}

const FILTERS = [
  undefined,
  'port 8080',
  'port 8080 or port 8081',
  'tcp port 80 and not (host 10.0.0.1 or host 10.0.0.2)',
  'not port 9999',
  'tcp[13] & 2 != 0 or udp',
  'portrange 8000-8999 or icmp'
]

const TASKS: readonly (readonly Ports[])[] = [
  [],
  [{ ports: [8126] }],
  [{ ports: [8126, 8125, 8126] }, { ports: [9901] }],
  [{ ports: ['15000-15010', 15005] }, { ports: ['15008-15020'] }],
  [{ ports: ['8000-9000'] }, { essential: true, ports: [8080, 8443] }],
  [{ ports: ['1-65535'] }, { essential: true, ports: ['8080-8090'] }],
  [{ ports: [1, 65535] }],
  [{ ports: Array.from({ length: 100 }, (_, index) => `${20000 + index * 20}-${20000 + index * 20 + 9}`) }]
]

function compile(expression: string): string | undefined {
  const { status, stderr, error } = spawnSync('tcpdump', ['-d', '-y', 'EN10MB', expression], { encoding: 'utf8' })
  if (error !== undefined) throw new Error(`tcpdump is needed: ${error.message}`)
  return status === 0 ? undefined : stderr.trim()
}

let compiled = 0
for (const filter of FILTERS) {
  for (const task of TASKS) {
    const expression = composeFilter(filter, task.map(container))
    if (expression === undefined) continue
    const refusal = compile(expression)
    compiled += 1
    if (refusal === undefined) continue
    console.error(`${expression}\n  ${refusal}`)
    process.exitCode = 1
  }
}
// The compiler itself is tried, so that a check which takes everything cannot pass.
if (compile('port and') === undefined) throw new Error('tcpdump took an expression that is none')
console.log(`${compiled} packet filters compiled`)

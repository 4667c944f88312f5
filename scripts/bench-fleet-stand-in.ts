// The stand-in of the fleet benchmark as a process of its own: node bench-fleet-stand-in.ts SERVICES [CLOCK-FILE],
// driven over IPC. Without a file time passes as it does.
import { openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { tell } from '../stand-in/events.ts'
import { serviceOf } from '../stand-in/lookups.ts'
import { completes } from '../stand-in/scripts.ts'
import { type StandIn, startStandIn } from '../stand-in/server.ts'
import type { Account, Service } from '../stand-in/state.ts'
import {
  type Asked,
  EVENTS_OF_A_SERVICE,
  HOURS_BETWEEN_EVENTS,
  REGIONS,
  RUNNING_AFTER,
  servicesOf,
  TASKS_OF_A_SERVICE
} from './bench-fleet-scene.ts'

const [, , count = '', clockFile] = process.argv
const calls: Record<string, Record<string, number>> = Object.fromEntries(REGIONS.map(region => [region, {}]))
const standIn = await startStandIn({
  region: REGIONS[0],
  ...(clockFile !== undefined && { now: clockIn(clockFile) }),
  enforceBuckets: true,
  record: ({ region, operation }) => {
    calls[region] ??= {}
    const ofRegion = calls[region]
    ofRegion[operation] = (ofRegion[operation] ?? 0) + 1
  }
})
seed(standIn, Number(count))
process.on('message', () => process.send?.({ calls, throttled: throttled() } satisfies Asked))
process.send?.(standIn.url)

/** The fleet's process writes what time it is; a file is read at once, where a message would come after the request. */
function clockIn(path: string): () => number {
  const file = openSync(path, 'r')
  const bytes = Buffer.alloc(8)
  return () => {
    readSync(file, bytes, 0, 8, 0)
    return bytes.readDoubleBE()
  }
}

function seed({ in: inRegion }: StandIn, count: number): void {
  const definition = JSON.parse(readFileSync(join(import.meta.dirname, '../examples/task-definition.json'), 'utf8'))
  for (const { region, cluster, name, family, rollout } of servicesOf(count)) {
    const account = inRegion(region)
    if (!account.families.has(family)) account.addTaskDefinition({ ...definition, family })
    const desiredCount = TASKS_OF_A_SERVICE
    const arn = account.addService({ cluster, name, taskDefinition: `${family}:1`, desiredCount })
    addEvents(account, serviceOf(account, arn))
    account.scriptRollouts(arn, completes({ after: rollout, running: rollout * RUNNING_AFTER }))
  }
}

/** A service that has run for weeks has as many as ECS keeps, and shows them at every look. */
function addEvents(account: Account, service: Service): void {
  for (let event = 0; event < EVENTS_OF_A_SERVICE; event++) tell(account, service, 'has reached a steady state.')
  for (const [index, event] of service.events.entries()) event.createdAt -= (index + 1) * HOURS_BETWEEN_EVENTS * 3600
}

function throttled(): number {
  return standIn
    .accounts()
    .flatMap(account => [...account.throttled.values()])
    .reduce((sum, each) => sum + each, 0)
}

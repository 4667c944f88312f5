import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { RecordedRequest } from './requests.ts'
import { completes } from './scripts.ts'
import { inventory, plant, type Seed } from './seed.ts'
import { startStandIn } from './server.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    region: { type: 'string' },
    seed: { type: 'string' },
    /** A file that gets a line of JSON for each request, once it is answered. */
    requests: { type: 'string' },
    /** What a deployment takes; not given, none goes on by itself. */
    'rollout-seconds': { type: 'string' }
  }
})

const standIn = await startStandIn({
  ...(values.port !== undefined && { port: Number(values.port) }),
  ...(values.region !== undefined && { region: values.region }),
  ...(values.requests !== undefined && { record: recordIn(values.requests) })
})
const after = values['rollout-seconds']
if (after !== undefined) {
  standIn.everywhere(account => {
    account.everyRollout = completes({ after: Number(after) })
  })
}
if (values.seed !== undefined) plant(standIn.account, JSON.parse(readFileSync(values.seed, 'utf8')) as Seed)

console.log(`export AWS_ENDPOINT_URL_ECS=${standIn.url}`)
for (const line of inventory(standIn.account)) console.log(`# ${line}`)

function recordIn(file: string): (request: RecordedRequest) => void {
  writeFileSync(file, '')
  return ({ operation, region, status, body }) =>
    appendFileSync(file, `${JSON.stringify({ operation, region, status, body })}\n`)
}

import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { inventory, plant, type Seed } from './seed.ts'
import { startStandIn } from './server.ts'

const { values } = parseArgs({
  options: { port: { type: 'string' }, region: { type: 'string' }, seed: { type: 'string' } }
})

const standIn = await startStandIn({
  ...(values.port !== undefined && { port: Number(values.port) }),
  ...(values.region !== undefined && { region: values.region })
})
if (values.seed !== undefined) plant(standIn.account, JSON.parse(readFileSync(values.seed, 'utf8')) as Seed)

console.log(`export AWS_ENDPOINT_URL_ECS=${standIn.url}`)
for (const line of inventory(standIn.account)) console.log(`# ${line}`)

import {
  DescribeServiceDeploymentsCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  type ECSClient,
  ListTasksCommand,
  UpdateServiceCommand
} from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { completes } from '../../stand-in/scripts.ts'
import { type StandIn, startStandIn } from '../../stand-in/server.ts'
import { fargate } from './definitions.ts'
import { sdkClient } from './sdk-client.ts'
import { one } from './stage.ts'

const SERVICES = 1000
const CLUSTERS = 10
const REGIONS = ['us-east-1', 'eu-west-1', 'ap-southeast-2']

interface Placed {
  region: string
  cluster: string
  name: string
}

let standIn: StandIn
let clients: Map<string, ECSClient>
let clock: { time: number }
let calls: number
beforeEach(async () => {
  clock = { time: 0 }
  calls = 0
  const record = () => {
    calls += 1
  }
  standIn = await startStandIn({ now: () => clock.time, record })
  standIn.everywhere(account => {
    account.everyRollout = completes({ after: 90 })
    account.addTaskDefinition(fargate())
    account.addTaskDefinition(fargate())
  })
  clients = new Map(REGIONS.map(region => [region, sdkClient(standIn, region)]))
})
afterEach(async () => {
  for (const client of clients.values()) client.destroy()
  await standIn.close()
})

function seed(): Placed[] {
  return Array.from({ length: SERVICES }, (_, index) => {
    const region = one(REGIONS[index % REGIONS.length])
    const placed = { region, cluster: `c${Math.floor((index * CLUSTERS) / SERVICES)}`, name: `s${index}` }
    const { cluster, name } = placed
    standIn.in(region).addService({ cluster, name, taskDefinition: 'web:1', desiredCount: 2 })
    return placed
  })
}

const clientOf = ({ region }: Placed) => one(clients.get(region))

test('a thousand services move at once, and what they leave behind is forgotten after an hour', async () => {
  const services = seed()
  for (const placed of services) {
    const { cluster, name: service } = placed
    await clientOf(placed).send(new UpdateServiceCommand({ cluster, service, taskDefinition: 'web:2' }))
  }
  for (let minute = 0; minute < 60; minute += 1) {
    clock.time += 60_000
    const placed = one(services[minute])
    const { cluster, name } = placed
    const client = clientOf(placed)
    const described = await client.send(new DescribeServicesCommand({ cluster, services: [name] }))
    const { deployments = [], currentServiceDeployment = '' } = one(described.services?.[0])
    expect(deployments).toHaveLength(minute === 0 ? 2 : 1)
    const command = new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [currentServiceDeployment] })
    const { serviceDeployments } = await client.send(command)
    expect(serviceDeployments?.[0]?.targetServiceRevision).toMatchObject({ runningTaskCount: 2 })
  }
  const stopped = { cluster: 'c0', serviceName: 's0', desiredStatus: 'STOPPED' } as const
  const { taskArns: tasks = [] } = await clientOf(one(services[0])).send(new ListTasksCommand(stopped))
  expect(tasks).toHaveLength(2)
  clock.time += 90_000
  const { failures } = await clientOf(one(services[0])).send(new DescribeTasksCommand({ cluster: 'c0', tasks }))
  expect(failures).toMatchObject(tasks.map(arn => ({ arn, reason: 'MISSING' })))
  for (const account of standIn.accounts()) account.settle()
  expect(one(standIn.accounts()[0]).tasks.all()).toHaveLength(2 * Math.ceil(SERVICES / REGIONS.length))
  expect(calls).toBe(SERVICES + 2 * 60 + 2)
  expect(standIn.requests).toEqual([])
}, 60_000)

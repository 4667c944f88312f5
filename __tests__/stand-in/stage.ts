import {
  DescribeServiceDeploymentsCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  type DesiredStatus,
  type ECSClient,
  ListTasksCommand,
  type Service,
  type ServiceDeployment,
  type Task,
  UpdateServiceCommand
} from '@aws-sdk/client-ecs'
import { afterEach, beforeEach } from '@jest/globals'
import type { Script } from '../../stand-in/script.ts'
import { type StandIn, startStandIn } from '../../stand-in/server.ts'
import type { ServiceSeed } from '../../stand-in/state.ts'
import { app, fargate } from './definitions.ts'
import { sdkClient } from './sdk-client.ts'

export const PREFIX = 'arn:aws:ecs:us-east-1:123456789012'
export const WEB = `${PREFIX}:task-definition/web`
export const SENSOR = 'levo-pcap-sensor'

/** Fifty thousand seconds after the epoch, and no other time than what a test lets pass. */
const BEGINNING = 50_000_000

export function sensor(): Record<string, unknown> {
  return {
    name: SENSOR,
    image: 'levoai/pcap-sensor:0.2.1',
    essential: false,
    logConfiguration: {
      logDriver: 'awslogs',
      options: { 'awslogs-group': '/ecs/pcap', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'ecs-pcap' }
    }
  }
}

/** The service `web` with two tasks of `web:1`, a revision `web:2` with the sensor, and a clock that a test moves. */
export class Stage {
  readonly standIn: StandIn
  readonly client: ECSClient
  readonly serviceArn: string
  private readonly clock: { time: number }

  constructor(standIn: StandIn, clock: { time: number }, seed: Partial<ServiceSeed>) {
    this.standIn = standIn
    this.clock = clock
    this.client = sdkClient(standIn)
    standIn.account.addTaskDefinition(fargate())
    standIn.account.addTaskDefinition(fargate({ containerDefinitions: [app(), sensor()] }))
    const service = { cluster: 'prod', name: 'web', taskDefinition: 'web:1', desiredCount: 2 }
    this.serviceArn = standIn.account.addService({ ...service, ...seed })
  }

  get account() {
    return this.standIn.account
  }

  /** Brings the clock to so many seconds from the beginning. */
  at(seconds: number): void {
    this.clock.time = BEGINNING + seconds * 1000
  }

  script(...scripts: Script[]): void {
    this.account.scriptRollouts(this.serviceArn, ...scripts)
  }

  async update(taskDefinition = 'web:2'): Promise<Service> {
    const request = { cluster: 'prod', service: 'web', taskDefinition }
    return one((await this.client.send(new UpdateServiceCommand(request))).service)
  }

  async service(): Promise<Service> {
    const command = new DescribeServicesCommand({ cluster: 'prod', services: ['web'] })
    return one((await this.client.send(command)).services?.[0])
  }

  async messages(): Promise<string[]> {
    return ((await this.service()).events ?? []).map(({ message = '' }) => message)
  }

  /** The course in short: of each deployment its status, revision, state and counts. */
  async deployments(): Promise<string[]> {
    return ((await this.service()).deployments ?? []).map(
      ({ status, taskDefinition = '', rolloutState, desiredCount, pendingCount, runningCount, failedTasks }) =>
        `${status} ${taskDefinition.replace(/.*\//, '')} ${rolloutState} ` +
        `${pendingCount}+${runningCount}/${desiredCount} failed ${failedTasks}`
    )
  }

  /** Those of the revision `web:2` unless told otherwise. */
  async tasks(desiredStatus: DesiredStatus = 'RUNNING', taskDefinition = `${WEB}:2`): Promise<Task[]> {
    const list = new ListTasksCommand({ cluster: 'prod', serviceName: 'web', desiredStatus })
    const { taskArns = [] } = await this.client.send(list)
    if (taskArns.length === 0) return []
    const { tasks = [] } = await this.client.send(new DescribeTasksCommand({ cluster: 'prod', tasks: taskArns }))
    return tasks.filter(task => task.taskDefinitionArn === taskDefinition)
  }

  /** The service's current service deployment. */
  async serviceDeployment(): Promise<ServiceDeployment> {
    const arn = one((await this.service()).currentServiceDeployment)
    const command = new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] })
    return one((await this.client.send(command)).serviceDeployments?.[0])
  }

  async close(): Promise<void> {
    this.client.destroy()
    await this.standIn.close()
  }
}

/** A fresh stage for each test of the file. */
export function useStage(seed: Partial<ServiceSeed> = {}): () => Stage {
  let stage: Stage | undefined
  beforeEach(async () => {
    const clock = { time: BEGINNING }
    stage = new Stage(await startStandIn({ now: () => clock.time }), clock, seed)
  })
  afterEach(() => stage?.close())
  return () => one(stage)
}

/** In seconds from the beginning. */
export function seconds(date: Date | undefined): number {
  return (one(date).getTime() - BEGINNING) / 1000
}

export function sensorOf(task: Task | undefined) {
  return one(task?.containers?.find(({ name }) => name === SENSOR))
}

export function one<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('it is not there')
  return value
}

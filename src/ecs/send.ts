import {
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  type ECSClientConfig,
  ListClustersCommand,
  ListServicesCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  StopServiceDeploymentCommand,
  TagResourceCommand,
  UpdateServiceCommand
} from '@aws-sdk/client-ecs'
import type { Operation } from './ecs.ts'
import { type Pace, paceAttempts, sendRaw } from './wire.ts'

/** What every client of one patience shares: its Region, credentials, request handler and retries. */
export type Shared = Pick<
  ECSClientConfig,
  'region' | 'maxAttempts' | 'requestHandler' | 'customUserAgent' | 'retryStrategy' | 'credentials'
>

/** The clients of one patience. Those that few runs need are loaded when they are. */
export interface Clients {
  readonly ecs: ECSClient
  readonly logs: () => Promise<import('./logs-client.ts').CloudWatchLogsClient>
  readonly codeDeploy: () => Promise<import('./code-deploy-client.ts').CodeDeployClient>
}

/** `pace` is waited for before each attempt of each call to ECS; what the others are asked is in no bucket of ECS. */
export function clientsOf(shared: Shared, pace?: Pace): Clients {
  const ecs = new ECSClient(shared as ECSClientConfig)
  // It copies whatever is sent and answered, by the model, for a logger that there is none of.
  ecs.middlewareStack.remove('loggerMiddleware')
  if (pace !== undefined) paceAttempts(ecs.middlewareStack, pace)
  const others = { ...shared, credentials: ecs.config.credentials } as ECSClientConfig
  return {
    ecs,
    logs: once(async () => new (await import('./logs-client.ts')).CloudWatchLogsClient(others)),
    codeDeploy: once(async () => new (await import('./code-deploy-client.ts')).CodeDeployClient(others))
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}

type Send = (clients: Clients, body: string) => Promise<unknown>

/** Each command is made with the least that its type demands: what is sent is our own JSON, not the serializer's. */
export const SEND: Readonly<Record<Operation, Send>> = {
  DescribeTaskDefinition: ({ ecs }, body) =>
    sendRaw(ecs, new DescribeTaskDefinitionCommand({ taskDefinition: '' }), body),
  RegisterTaskDefinition: ({ ecs }, body) =>
    sendRaw(ecs, new RegisterTaskDefinitionCommand({ family: '', containerDefinitions: [] }), body),
  DescribeServices: ({ ecs }, body) => sendRaw(ecs, new DescribeServicesCommand({ services: [] }), body),
  UpdateService: ({ ecs }, body) => sendRaw(ecs, new UpdateServiceCommand({ service: '' }), body),
  TagResource: ({ ecs }, body) => sendRaw(ecs, new TagResourceCommand({ resourceArn: '', tags: [] }), body),
  ListClusters: ({ ecs }, body) => sendRaw(ecs, new ListClustersCommand({}), body),
  ListServices: ({ ecs }, body) => sendRaw(ecs, new ListServicesCommand({}), body),
  ListTasks: ({ ecs }, body) => sendRaw(ecs, new ListTasksCommand({}), body),
  DescribeTasks: ({ ecs }, body) => sendRaw(ecs, new DescribeTasksCommand({ tasks: [] }), body),
  DescribeServiceDeployments: ({ ecs }, body) =>
    sendRaw(ecs, new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [] }), body),
  DescribeServiceRevisions: ({ ecs }, body) =>
    sendRaw(ecs, new DescribeServiceRevisionsCommand({ serviceRevisionArns: [] }), body),
  StopServiceDeployment: ({ ecs }, body) =>
    sendRaw(ecs, new StopServiceDeploymentCommand({ serviceDeploymentArn: '' }), body),
  GetLogEvents: async ({ logs }, body) => {
    const { GetLogEventsCommand } = await import('./logs-client.ts')
    return sendRaw(await logs(), new GetLogEventsCommand({ logStreamName: '' }), body)
  },
  GetDeploymentGroup: async ({ codeDeploy }, body) => {
    const { GetDeploymentGroupCommand } = await import('./code-deploy-client.ts')
    return sendRaw(
      await codeDeploy(),
      new GetDeploymentGroupCommand({ applicationName: '', deploymentGroupName: '' }),
      body
    )
  },
  CreateDeployment: async ({ codeDeploy }, body) => {
    const { CreateDeploymentCommand } = await import('./code-deploy-client.ts')
    return sendRaw(await codeDeploy(), new CreateDeploymentCommand({ applicationName: '' }), body)
  },
  GetDeployment: async ({ codeDeploy }, body) => {
    const { GetDeploymentCommand } = await import('./code-deploy-client.ts')
    return sendRaw(await codeDeploy(), new GetDeploymentCommand({ deploymentId: '' }), body)
  },
  ListDeployments: async ({ codeDeploy }, body) => {
    const { ListDeploymentsCommand } = await import('./code-deploy-client.ts')
    return sendRaw(await codeDeploy(), new ListDeploymentsCommand({}), body)
  }
}

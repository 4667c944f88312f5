import type { GetLogEventsCommandInput, GetLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs'
import type {
  CreateDeploymentCommandInput,
  CreateDeploymentCommandOutput,
  GetDeploymentCommandInput,
  GetDeploymentCommandOutput,
  GetDeploymentGroupCommandInput,
  GetDeploymentGroupCommandOutput,
  ListDeploymentsCommandInput,
  ListDeploymentsCommandOutput
} from '@aws-sdk/client-codedeploy'
import type {
  DescribeServiceDeploymentsCommandInput,
  DescribeServiceDeploymentsCommandOutput,
  DescribeServiceRevisionsCommandInput,
  DescribeServiceRevisionsCommandOutput,
  DescribeServicesCommandInput,
  DescribeServicesCommandOutput,
  DescribeTaskDefinitionCommandInput,
  DescribeTaskDefinitionCommandOutput,
  DescribeTasksCommandInput,
  DescribeTasksCommandOutput,
  ListClustersCommandInput,
  ListClustersCommandOutput,
  ListServicesCommandInput,
  ListServicesCommandOutput,
  ListTasksCommandInput,
  ListTasksCommandOutput,
  RegisterTaskDefinitionCommandOutput,
  StopServiceDeploymentCommandInput,
  StopServiceDeploymentCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UpdateServiceCommandInput,
  UpdateServiceCommandOutput
} from '@aws-sdk/client-ecs'
import type { JsonObject } from '../task-definition/definition.ts'

/** An answer as it came over the wire: dates are epoch seconds, and members that the SDK does not know are there too. */
export type Raw<T> = T extends Date
  ? number
  : T extends (infer I)[]
    ? Raw<I>[]
    : T extends object
      ? { [K in keyof T]: Raw<T[K]> }
      : T

interface Operations {
  DescribeTaskDefinition: { input: DescribeTaskDefinitionCommandInput; output: DescribeTaskDefinitionCommandOutput }
  RegisterTaskDefinition: { input: JsonObject; output: RegisterTaskDefinitionCommandOutput }
  DescribeServices: { input: DescribeServicesCommandInput; output: DescribeServicesCommandOutput }
  UpdateService: { input: UpdateServiceCommandInput; output: UpdateServiceCommandOutput }
  TagResource: { input: TagResourceCommandInput; output: TagResourceCommandOutput }
  ListClusters: { input: ListClustersCommandInput; output: ListClustersCommandOutput }
  ListServices: { input: ListServicesCommandInput; output: ListServicesCommandOutput }
  ListTasks: { input: ListTasksCommandInput; output: ListTasksCommandOutput }
  DescribeTasks: { input: DescribeTasksCommandInput; output: DescribeTasksCommandOutput }
  DescribeServiceDeployments: {
    input: DescribeServiceDeploymentsCommandInput
    output: DescribeServiceDeploymentsCommandOutput
  }
  DescribeServiceRevisions: {
    input: DescribeServiceRevisionsCommandInput
    output: DescribeServiceRevisionsCommandOutput
  }
  StopServiceDeployment: { input: StopServiceDeploymentCommandInput; output: StopServiceDeploymentCommandOutput }
  /** CloudWatch Logs. */
  GetLogEvents: { input: GetLogEventsCommandInput; output: GetLogEventsCommandOutput }
  /** CodeDeploy, as the three below. */
  GetDeploymentGroup: { input: GetDeploymentGroupCommandInput; output: GetDeploymentGroupCommandOutput }
  CreateDeployment: { input: CreateDeploymentCommandInput; output: CreateDeploymentCommandOutput }
  GetDeployment: { input: GetDeploymentCommandInput; output: GetDeploymentCommandOutput }
  ListDeployments: { input: Raw<ListDeploymentsCommandInput>; output: ListDeploymentsCommandOutput }
}

export type Operation = keyof Operations
/** All calls that need a right: those above, and those of EC2 and ECR, which have a way of their own. */
export type RightfulCall = Operation | 'DescribeRegions' | 'BatchGetImage' | 'GetDownloadUrlForLayer'
export type Input<O extends Operation> = Operations[O]['input']
export type Output<O extends Operation> = Raw<Omit<Operations[O]['output'], '$metadata'>>

export interface CallOptions {
  /**
   * What the call is about, for messages: an ARN, a family, a service's name.
   */
  readonly on: string
  /**
   * `false`: the call must not be made twice. When its answer is lost (reset, timeout, 5xx) it is not repeated, and a
   * StepError with the code `answer-lost` says so: the caller looks first.
   */
  readonly repeatable?: boolean
  /** `true`: one attempt, whatever comes of it. For looks that are repeated anyway, in a rhythm of their own. */
  readonly single?: boolean
}

/**
 * ECS in one Region, and the little of CloudWatch Logs and CodeDeploy that goes with it. Every call sends our own JSON and gives the raw answer, so nothing is lost to a model that is older
 * than ECS. Throws StepError that names call, resource, reason and remedy.
 */
export interface Ecs {
  readonly region: string
  call<O extends Operation>(operation: O, input: Input<O>, options: CallOptions): Promise<Output<O>>
}

import type {
  DescribeServicesCommandInput,
  DescribeServicesCommandOutput,
  DescribeTaskDefinitionCommandInput,
  DescribeTaskDefinitionCommandOutput,
  RegisterTaskDefinitionCommandOutput,
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
}

export type Operation = keyof Operations
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
}

/**
 * ECS in one Region. Every call sends our own JSON and gives the raw answer, so nothing is lost to a model that is older
 * than ECS. Throws StepError that names call, resource, reason and remedy.
 */
export interface Ecs {
  readonly region: string
  call<O extends Operation>(operation: O, input: Input<O>, options: CallOptions): Promise<Output<O>>
}

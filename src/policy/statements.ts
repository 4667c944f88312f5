import type { RightfulCall } from '../ecs/ecs.ts'
import { partitionOf } from './partition.ts'

/** Where an account is, as its ARNs say it. */
export interface Scope {
  readonly partition: string
  readonly region: string
  /** Twelve digits, or a placeholder. */
  readonly account: string
}

/** What ARNs are made of. */
interface Names extends Scope {
  readonly cluster: string
  readonly service: string
  readonly family: string
  /** `GROUP:log-stream:PREFIX/CONTAINER/TASK`, or patterns of it. */
  readonly logStream: string
  /** `APPLICATION/GROUP` */
  readonly deploymentGroup: string
  /** Of an image. */
  readonly repository: string
}

const RESOURCES = {
  '*': () => '*',
  'task-definition': names => arnOf(names, 'ecs', `task-definition/${names.family}`),
  service: names => arnOf(names, 'ecs', `service/${names.cluster}/${names.service}`),
  task: names => arnOf(names, 'ecs', `task/${names.cluster}/*`),
  'service-deployment': names => arnOf(names, 'ecs', `service-deployment/${names.cluster}/${names.service}/*`),
  'service-revision': names => arnOf(names, 'ecs', `service-revision/${names.cluster}/${names.service}/*`),
  'log-stream': names => arnOf(names, 'logs', `log-group:${names.logStream}`),
  'deployment-group': names => arnOf(names, 'codedeploy', `deploymentgroup:${names.deploymentGroup}`),
  repository: names => arnOf(names, 'ecr', `repository/${names.repository}`)
} as const satisfies Record<string, (names: Names) => string>

export type ResourceKind = keyof typeof RESOURCES

export interface Right {
  readonly action: string
  /** What the right is asked on. */
  readonly resource: ResourceKind
  /** What it is asked on besides. */
  readonly also?: ResourceKind
}

/**
 * Which right each call needs. Source: Service Authorization Reference, "Actions, resources, and condition keys for
 * Amazon ECS", "... for Amazon CloudWatch Logs", "... for AWS CodeDeploy", "... for Amazon EC2", "... for Amazon Elastic Container
 * Registry".
 */
export const RIGHTS: Readonly<Record<RightfulCall, Right>> = {
  DescribeTaskDefinition: { action: 'ecs:DescribeTaskDefinition', resource: '*' },
  RegisterTaskDefinition: { action: 'ecs:RegisterTaskDefinition', resource: 'task-definition' },
  DescribeServices: { action: 'ecs:DescribeServices', resource: 'service' },
  UpdateService: { action: 'ecs:UpdateService', resource: 'service' },
  TagResource: { action: 'ecs:TagResource', resource: 'service' },
  ListClusters: { action: 'ecs:ListClusters', resource: '*' },
  ListServices: { action: 'ecs:ListServices', resource: '*' },
  ListTasks: { action: 'ecs:ListTasks', resource: '*' },
  DescribeTasks: { action: 'ecs:DescribeTasks', resource: 'task' },
  DescribeServiceDeployments: {
    action: 'ecs:DescribeServiceDeployments',
    resource: 'service-deployment',
    also: 'service'
  },
  DescribeServiceRevisions: { action: 'ecs:DescribeServiceRevisions', resource: 'service-revision', also: 'service' },
  StopServiceDeployment: { action: 'ecs:StopServiceDeployment', resource: 'service-deployment', also: 'service' },
  GetLogEvents: { action: 'logs:GetLogEvents', resource: 'log-stream' },
  GetDeploymentGroup: { action: 'codedeploy:GetDeploymentGroup', resource: 'deployment-group' },
  CreateDeployment: { action: 'codedeploy:CreateDeployment', resource: 'deployment-group' },
  GetDeployment: { action: 'codedeploy:GetDeployment', resource: 'deployment-group' },
  ListDeployments: { action: 'codedeploy:ListDeployments', resource: 'deployment-group' },
  DescribeRegions: { action: 'ec2:DescribeRegions', resource: '*' },
  BatchGetImage: { action: 'ecr:BatchGetImage', resource: 'repository' },
  GetDownloadUrlForLayer: { action: 'ecr:GetDownloadUrlForLayer', resource: 'repository' }
}

export const PASS_ROLE = 'iam:PassRole'

/** A role is passed to ECS tasks and to nothing else. */
export const TO_TASKS = { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } } as const

/** Tags are put on a revision when it is made, and never on one that is there. */
export const ON_REGISTERING = { StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' } } as const

export function arnOf({ partition, region, account }: Scope, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`
}

/** An image's repository in ECR, which may be of another account and in another Region than all else. */
export interface Repository {
  readonly account: string
  readonly region: string
  readonly repository: string
}

export function repositoryArn({ account, region, repository }: Repository): string {
  return arnOf({ partition: partitionOf(region), region, account }, 'ecr', `repository/${repository}`)
}

export function resourceArn(kind: ResourceKind, names: Names): string {
  return RESOURCES[kind](names)
}

/** The resource that a call is made on, with placeholders for what its subject does not tell. */
export function resourceFor(operation: RightfulCall, on: string): string {
  if (on.startsWith('arn:')) return on
  const place = { partition: 'aws', region: 'REGION', account: 'ACCOUNT', cluster: 'CLUSTER', service: 'SERVICE' }
  const names = { ...place, family: on, logStream: `${on}:log-stream:*`, deploymentGroup: on, repository: on }
  return resourceArn(RIGHTS[operation].resource, names)
}

/** The statement that would allow a denied call, as one line of JSON to paste into a policy. */
export function statementFor(action: string, resource: string): string {
  const condition =
    action === PASS_ROLE
      ? { Condition: TO_TASKS }
      : action === 'ecs:TagResource' && resource.includes(':task-definition/')
        ? { Condition: ON_REGISTERING }
        : {}
  return JSON.stringify({ Effect: 'Allow', Action: action, Resource: grantable(resource), ...condition })
}

/** A denial names a family with or without revision; the right is given on every revision of it. */
function grantable(resource: string): string {
  return resource.replace(/(:task-definition\/[^:*]+)(:.*)?$/, '$1*')
}

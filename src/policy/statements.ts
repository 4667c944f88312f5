import type { Operation } from '../ecs/ecs.ts'

const RESOURCES = {
  '*': () => '*',
  'task-definition': (family: string) => `arn:aws:ecs:REGION:ACCOUNT:task-definition/${family}`,
  service: () => 'arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/SERVICE',
  task: () => 'arn:aws:ecs:REGION:ACCOUNT:task/CLUSTER/*',
  'service-deployment': () => 'arn:aws:ecs:REGION:ACCOUNT:service-deployment/CLUSTER/SERVICE/*',
  'service-revision': () => 'arn:aws:ecs:REGION:ACCOUNT:service-revision/CLUSTER/SERVICE/*',
  'log-stream': (group: string) => `arn:aws:logs:REGION:ACCOUNT:log-group:${group}:log-stream:*`,
  'deployment-group': (group: string) => `arn:aws:codedeploy:REGION:ACCOUNT:deploymentgroup:${group}`
} as const satisfies Record<string, (on: string) => string>

export interface Right {
  readonly action: string
  /** What the right is asked on. */
  readonly resource: keyof typeof RESOURCES
}

/**
 * Which right each call needs. Source: Service Authorization Reference, "Actions, resources, and condition keys for
 * Amazon ECS", "... for Amazon CloudWatch Logs", "... for AWS CodeDeploy".
 */
export const RIGHTS: Readonly<Record<Operation, Right>> = {
  DescribeTaskDefinition: { action: 'ecs:DescribeTaskDefinition', resource: '*' },
  RegisterTaskDefinition: { action: 'ecs:RegisterTaskDefinition', resource: 'task-definition' },
  DescribeServices: { action: 'ecs:DescribeServices', resource: 'service' },
  UpdateService: { action: 'ecs:UpdateService', resource: 'service' },
  TagResource: { action: 'ecs:TagResource', resource: 'service' },
  ListTasks: { action: 'ecs:ListTasks', resource: '*' },
  DescribeTasks: { action: 'ecs:DescribeTasks', resource: 'task' },
  DescribeServiceDeployments: { action: 'ecs:DescribeServiceDeployments', resource: 'service-deployment' },
  DescribeServiceRevisions: { action: 'ecs:DescribeServiceRevisions', resource: 'service-revision' },
  StopServiceDeployment: { action: 'ecs:StopServiceDeployment', resource: 'service-deployment' },
  GetLogEvents: { action: 'logs:GetLogEvents', resource: 'log-stream' },
  GetDeploymentGroup: { action: 'codedeploy:GetDeploymentGroup', resource: 'deployment-group' },
  CreateDeployment: { action: 'codedeploy:CreateDeployment', resource: 'deployment-group' },
  GetDeployment: { action: 'codedeploy:GetDeployment', resource: 'deployment-group' },
  ListDeployments: { action: 'codedeploy:ListDeployments', resource: 'deployment-group' }
}

/** The resource that a call is made on, with placeholders for what its subject does not tell. */
export function resourceFor(operation: Operation, on: string): string {
  return on.startsWith('arn:') ? on : RESOURCES[RIGHTS[operation].resource](on)
}

/** The statement that would allow a denied call, as one line of JSON to paste into a policy. */
export function statementFor(action: string, resource: string): string {
  const condition =
    action === 'iam:PassRole'
      ? { Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } } }
      : action === 'ecs:TagResource' && resource.includes(':task-definition/')
        ? { Condition: { StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' } } }
        : {}
  return JSON.stringify({ Effect: 'Allow', Action: action, Resource: grantable(resource), ...condition })
}

/** A denial names a family with or without revision; the right is given on every revision of it. */
function grantable(resource: string): string {
  return resource.replace(/(:task-definition\/[^:*]+)(:.*)?$/, '$1*')
}

import type { Operation } from '../ecs/ecs.ts'

export interface Right {
  readonly action: string
  /** What the right is asked on: only `*`, a task definition family, or a service. */
  readonly resource: '*' | 'task-definition' | 'service'
}

/**
 * Which right each call needs. Source: Service Authorization Reference, "Actions, resources, and condition keys for
 * Amazon ECS".
 */
export const RIGHTS: Readonly<Record<Operation, Right>> = {
  DescribeTaskDefinition: { action: 'ecs:DescribeTaskDefinition', resource: '*' },
  RegisterTaskDefinition: { action: 'ecs:RegisterTaskDefinition', resource: 'task-definition' },
  DescribeServices: { action: 'ecs:DescribeServices', resource: 'service' },
  UpdateService: { action: 'ecs:UpdateService', resource: 'service' },
  TagResource: { action: 'ecs:TagResource', resource: 'service' }
}

const RESOURCES: Readonly<Record<Right['resource'], (on: string) => string>> = {
  '*': () => '*',
  'task-definition': family => `arn:aws:ecs:REGION:ACCOUNT:task-definition/${family}`,
  service: () => 'arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/SERVICE'
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

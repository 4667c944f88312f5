import { primaryOf, type ServiceState } from '../ecs/services.ts'
import { bulleted, StepError } from '../errors.ts'
import { type Note, warning } from '../task-definition/definition.ts'

export type OnDeploymentInProgress = 'error' | 'wait' | 'replace'

interface Obstacle {
  readonly code: string
  /** One sentence without the service's name in front, when the service cannot be moved. */
  readonly says: (service: ServiceState, plan: Plan, amongOthers: boolean) => string | undefined
}

export interface Plan {
  readonly onDeploymentInProgress: OnDeploymentInProgress
  /** The revision to move to, when it exists already. */
  readonly arn?: string | undefined
  /** The definition comes from a file of the user's, so the next run of the pipeline brings the sensor again. */
  readonly fromFile: boolean
  /** A sensor is put in, not taken out. */
  readonly installs: boolean
  /** One of many that the same options are for, also where it is looked at alone. */
  readonly amongOthers?: boolean
}

const OBSTACLES: readonly Obstacle[] = [
  { code: 'service-not-active', says: inactive },
  { code: 'controller', says: otherController },
  { code: 'deployment-in-progress', says: underWay }
]

/**
 * Refuses services that cannot be moved, before anything is registered. Throws one StepError with every service's reason;
 * gives the warnings about those that can.
 */
export function inspect(services: readonly ServiceState[], plan: Plan): Note[] {
  const found = services.flatMap(service => {
    const obstacle = OBSTACLES.map(({ code, says }) => ({
      code,
      reason: says(service, plan, plan.amongOthers === true || services.length > 1)
    })).find(({ reason }) => reason !== undefined)
    return obstacle === undefined ? [] : [{ code: obstacle.code, text: `${service.name} ${obstacle.reason}` }]
  })
  const [first] = found
  if (first === undefined)
    return services.flatMap(service => SURPRISES.flatMap(says => says(service, plan) ?? []).map(warning))
  throw new StepError({
    code: first.code,
    what: `nothing was registered or moved.\n${bulleted(found.map(({ text }) => text))}`
  })
}

function inactive(service: ServiceState): string | undefined {
  if (service.status === 'ACTIVE') return undefined
  return `is ${service.status}: a service that was deleted, or is being deleted, cannot be moved. Check service and cluster`
}

function otherController(service: ServiceState, plan: Plan, amongOthers: boolean): string | undefined {
  if (service.controller === 'ECS') return undefined
  if (service.controller === 'CODE_DEPLOY') {
    if (!amongOthers) return undefined
    return (
      'is deployed by CodeDeploy (deployment controller CODE_DEPLOY), which takes an AppSpec, an application and a deployment ' +
      'group for each service. Give it a step of its own'
    )
  }
  const wayOut =
    plan.amongOthers === true
      ? 'Let that tool deploy a revision with the sensor in it: mode: install with task-definition-family registers one'
      : 'Leave service out and give that tool the task-definition-arn output'
  return `has the deployment controller ${service.controller}: its task sets belong to another tool. ${wayOut}`
}

/** Whether a deployment is under way: ECS says so, or (where it gives no rollout state) more than one is there. */
export function isUnderWay(service: ServiceState): boolean {
  const primary = primaryOf(service)
  if (primary?.rolloutState !== undefined) return primary.rolloutState === 'IN_PROGRESS'
  return service.deployments.length > 1
}

function underWay(service: ServiceState, plan: Plan): string | undefined {
  // CodeDeploy itself is asked: its task sets do not tell what is under way.
  if (service.controller === 'CODE_DEPLOY') return undefined
  if (plan.onDeploymentInProgress !== 'error' || !isUnderWay(service)) return undefined
  const primary = primaryOf(service)
  if (plan.arn !== undefined && primary?.taskDefinition === plan.arn) return undefined
  return (
    `has a deployment under way, ${primary?.id} to ${primary?.taskDefinition}. Run again when it has ended, or give ` +
    'on-deployment-in-progress: wait or replace'
  )
}

/** What may surprise later: said now, stops nothing. */
const SURPRISES: readonly ((service: ServiceState, plan: Plan) => string | undefined)[] = [
  (service, { installs }) => {
    const owner = ownerOf(service)
    if (owner === undefined || !installs) return undefined
    return `${service.name} belongs to ${owner}: its next change puts back a revision without the sensor. Add this step there too`
  },
  (service, { fromFile, installs, arn }) => {
    if (fromFile || !installs || ownerOf(service) !== undefined) return undefined
    // What runs the sensor already was told when it got it.
    if (service.taskDefinition === arn) return undefined
    return `a pipeline that deploys a task definition of its own to ${service.name} drops the sensor: add this step there`
  },
  service =>
    service.daemon
      ? `${service.name} is a DAEMON service: each instance's task stops before the new one starts`
      : undefined,
  service =>
    service.minimumHealthyPercent === 0
      ? `${service.name} has minimumHealthyPercent 0: all its tasks may be stopped before new ones run`
      : undefined
]

function ownerOf(service: ServiceState): string | undefined {
  if (service.express) return 'ECS Express'
  const tag = (key: string) => service.tags.find(candidate => candidate.key === key)?.value
  const stack = tag('aws:cloudformation:stack-name')
  if (stack !== undefined) return `the CloudFormation stack ${stack}`
  const terraform = service.tags.some(({ key, value }) => /terraform/i.test(key) || /^terraform$/i.test(value))
  return terraform ? 'Terraform' : undefined
}

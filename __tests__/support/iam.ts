import { runSimulation } from '@cloud-copilot/iam-simulate'
import type { PolicyDocument } from '../../src/policy/policy.ts'
import type { JsonObject } from '../../stand-in/json.ts'
import { actionOf } from '../../stand-in/operations.ts'
import type { RecordedRequest, StandIn } from '../../stand-in/server.ts'
import type { Account } from '../../stand-in/state.ts'
import { listOf, tagsOf } from './flow-definitions.ts'

/** What AWS asks IAM for: one right on one resource. */
export interface Question {
  readonly action: string
  readonly resource: string
  /** Condition keys with the values that the request has for them. */
  readonly context: Readonly<Record<string, string | string[]>>
}

/** A call that was recorded, and all that IAM is asked for before it is carried out. */
export interface Call {
  readonly operation: string
  readonly questions: readonly Question[]
}

/** Which of the account's resources a request is about, by ARN, and what of it conditions may look at. */
type Subjects = (body: JsonObject, account: Account) => readonly Omit<Question, 'action'>[]

const SUBJECTS: Readonly<Record<string, Subjects>> = {
  DescribeTaskDefinition: () => [{ resource: '*', context: {} }],
  RegisterTaskDefinition: (body, account) => [{ resource: nextRevision(body, account), context: {} }],
  DescribeServices: (body, account) => textsOf(body.services).map(service => on(body, account, `service/${service}`)),
  UpdateService: (body, account) => {
    const { resource, context } = on(body, account, `service/${body.service}`)
    const arn = body.taskDefinition
    return [{ resource, context: typeof arn === 'string' ? { ...context, 'ecs:task-definition': arn } : context }]
  },
  ListClusters: () => [{ resource: '*', context: {} }],
  // Of the kinds that rights are given on it has none, but its cluster is a condition.
  ListServices: (body, account) => [{ resource: '*', context: clusterContext(body, account) }],
  DescribeRegions: (_body, { region }) => [{ resource: '*', context: { 'ec2:Region': region } }],
  TagResource: body => [{ resource: String(body.resourceArn), context: tagContext(body) }],
  // The type that the Service Authorization Reference has for it; on Fargate there is no such instance.
  ListTasks: (body, account) => [on(body, account, 'container-instance/0123456789')],
  DescribeTasks: (body, account) => textsOf(body.tasks).map(task => on(body, account, `task/${task}`)),
  DescribeServiceDeployments: body => textsOf(body.serviceDeploymentArns).flatMap(withService),
  DescribeServiceRevisions: body => textsOf(body.serviceRevisionArns).flatMap(withService),
  StopServiceDeployment: body => withService(String(body.serviceDeploymentArn)),
  GetLogEvents: (body, account) => [
    { resource: arn(account, 'logs', `log-group:${body.logGroupName}:log-stream:${body.logStreamName}`), context: {} }
  ],
  BatchGetImage: repository,
  GetDownloadUrlForLayer: repository,
  GetDeploymentGroup: deploymentGroup,
  ListDeployments: deploymentGroup,
  CreateDeployment: deploymentGroup,
  GetDeployment: ({ deploymentId }, account) => {
    const deployment = account.codeDeployments.get(String(deploymentId))
    return deployment === undefined ? [] : deploymentGroup(deployment, account)
  }
}

/** All that a request has to be allowed, by what the account holds; with the stand-in, by what it holds in the request's Region. */
export function callOf({ operation, body, region }: RecordedRequest, at: Account | Pick<StandIn, 'in'>): Call {
  const account = 'in' in at ? at.in(region) : at
  const subjects = SUBJECTS[operation]
  if (subjects === undefined) throw new Error(`it is not known what ${operation} asks IAM for`)
  const own = subjects(body, account).map(subject => ({ action: actionOf(operation), ...subject }))
  const more = operation === 'RegisterTaskDefinition' ? registering(body, account) : []
  return {
    operation,
    questions: [...own, ...more, ...(operation === 'CreateDeployment' ? deploying(body, account) : [])]
  }
}

/** Tags are put on with a right of their own, and every role is passed. */
function registering(body: JsonObject, account: Account): Question[] {
  const tags = listOf(body.tags).length === 0 ? [] : [nextRevision(body, account)]
  const roles = [body.taskRoleArn, body.executionRoleArn].filter(role => typeof role === 'string' && role !== '')
  return [
    ...tags.map(resource => ({
      action: 'ecs:TagResource',
      resource,
      context: { ...tagContext(body), 'ecs:CreateAction': 'RegisterTaskDefinition' }
    })),
    ...roles.map(role => ({
      action: 'iam:PassRole',
      resource: String(role).startsWith('arn:')
        ? String(role)
        : `arn:${account.partition}:iam::${account.accountId}:role/${role}`,
      context: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' }
    }))
  ]
}

/** CodeDeploy asks for the rights to the configuration and to the revision as well. */
function deploying(body: JsonObject, account: Account): Question[] {
  const { applicationName, deploymentGroupName } = body
  const group = account.deploymentGroups.find(({ info }) => info.deploymentGroupName === deploymentGroupName)
  const config = body.deploymentConfigName ?? group?.info.deploymentConfigName
  return [
    { action: 'codedeploy:GetDeploymentConfig', resource: `deploymentconfig:${config}` },
    { action: 'codedeploy:RegisterApplicationRevision', resource: `application:${applicationName}` }
  ].map(({ action, resource }) => ({ action, resource: arn(account, 'codedeploy', resource), context: {} }))
}

function deploymentGroup({ applicationName, deploymentGroupName }: JsonObject, account: Account) {
  const resource = arn(account, 'codedeploy', `deploymentgroup:${applicationName}/${deploymentGroupName}`)
  return [{ resource, context: {} }]
}

function repository({ registryId, repositoryName }: JsonObject, { partition, region, accountId }: Account) {
  const account = registryId ?? accountId
  return [{ resource: `arn:${partition}:ecr:${region}:${account}:repository/${repositoryName}`, context: {} }]
}

/** A resource of a cluster, by its ARN or by its name behind the kind. */
function on(body: JsonObject, account: Account, named: string): Omit<Question, 'action'> {
  const [kind = '', ...rest] = named.split('/')
  const name = lastOf(rest.join('/'))
  return {
    resource: arn(account, 'ecs', `${kind}/${clusterOf(body)}/${name}`),
    context: clusterContext(body, account)
  }
}

function clusterContext(body: JsonObject, account: Account): Question['context'] {
  return { 'ecs:cluster': arn(account, 'ecs', `cluster/${clusterOf(body)}`) }
}

function clusterOf({ cluster = 'default' }: JsonObject): string {
  return lastOf(String(cluster))
}

/** What belongs to a service is asked for together with the service. */
function withService(resource: string): Omit<Question, 'action'>[] {
  const [start, cluster, service] = resource.split('/')
  const serviceArn = `${start?.replace(/:[a-z-]+$/, ':service')}/${cluster}/${service}`
  return [resource, serviceArn].map(each => ({ resource: each, context: {} }))
}

function nextRevision({ family }: JsonObject, account: Account): string {
  return arn(account, 'ecs', `task-definition/${family}:${(account.families.get(String(family))?.length ?? 0) + 1}`)
}

function tagContext(body: JsonObject): Question['context'] {
  const tags = tagsOf(body)
  const values = Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, String(value)])
  return { ...Object.fromEntries(values), 'aws:TagKeys': Object.keys(tags) }
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

function arn({ partition, region, accountId }: Account, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`
}

/** The questions that a role with this policy alone, which is in no organization, is refused. */
export async function refused(
  policy: PolicyDocument,
  questions: readonly Question[],
  { partition, accountId }: Account
): Promise<Question[]> {
  const answers = await Promise.all(
    questions.map(async ({ action, resource, context }) => {
      const principal = `arn:${partition}:iam::${accountId}:role/deployer`
      const answer = await runSimulation(
        {
          request: { principal, action, resource: { resource, accountId }, contextVariables: { ...context } },
          identityPolicies: [{ name: 'policy', policy }],
          serviceControlPolicies: [],
          resourceControlPolicies: []
        },
        {}
      )
      if (answer.resultType === 'error') throw new Error(`${action} on ${resource}: ${JSON.stringify(answer.errors)}`)
      if (answer.resultType === 'single' && (answer.result.ignoredContextKeys ?? []).length > 0) {
        throw new Error(`${action} has no condition keys ${answer.result.ignoredContextKeys}`)
      }
      return answer.overallResult === 'Allowed'
    })
  )
  return questions.filter((_, index) => answers[index] !== true)
}

/** Each question once. */
export function distinct(questions: readonly Question[]): Question[] {
  return [...new Map(questions.map(question => [JSON.stringify(question), question])).values()]
}

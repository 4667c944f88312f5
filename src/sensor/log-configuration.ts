import {
  type Container,
  type Definition,
  isEssential,
  isFargate,
  isObject,
  type JsonObject,
  type Note,
  note,
  textOf,
  warningAt
} from '../task-definition/definition.ts'

/** What the user wants for the sensor's own log. */
export type LogChoice =
  | { readonly kind: 'app'; readonly streamPrefix: string }
  | { readonly kind: 'group'; readonly group: string; readonly streamPrefix: string }
  | { readonly kind: 'whole'; readonly logDriver: string; readonly options: JsonObject }

export interface LogContext {
  readonly region: string
  readonly servicesOnFargate?: boolean | undefined
}

export interface LogDecision {
  readonly logConfiguration?: JsonObject
  readonly notes: readonly Note[]
}

/**
 * The sensor's log configuration, chosen so that it can never keep the application's task from starting: a group that is
 * missing, or that the execution role may not create, stops a Fargate task even for a non-essential container.
 */
export function decideLogs(
  choice: LogChoice,
  definition: Definition,
  app: readonly Container[],
  context: LogContext
): LogDecision {
  if (choice.kind === 'whole' && choice.logDriver !== 'awslogs') return whole(choice)
  if (isFargate(definition, context.servicesOnFargate) && textOf(definition.executionRoleArn) === undefined) {
    const text =
      'the task definition has no executionRoleArn, without which Fargate takes no awslogs configuration: the sensor gets ' +
      'none, and what it prints is lost. Give the task an execution role to keep its log'
    return { notes: [warningAt(text, ['executionRoleArn'])] }
  }
  if (choice.kind === 'whole') return whole(choice)
  if (choice.kind === 'group') return ownGroup(choice.group, choice.streamPrefix, context.region)
  return appsGroup(choice.streamPrefix, app, context.region)
}

function whole(choice: LogChoice & { kind: 'whole' }): LogDecision {
  return { logConfiguration: { logDriver: choice.logDriver, options: choice.options }, notes: [] }
}

/** The documented block, member for member. */
function ownGroup(group: string, streamPrefix: string, region: string): LogDecision {
  const options = {
    'awslogs-group': group,
    'awslogs-create-group': 'true',
    'awslogs-region': region,
    'awslogs-stream-prefix': streamPrefix
  }
  const text = `log-group ${group} is created when missing: the execution role needs logs:CreateLogGroup, else the task cannot start`
  return { logConfiguration: { logDriver: 'awslogs', options }, notes: [note(text)] }
}

function appsGroup(streamPrefix: string, app: readonly Container[], region: string): LogDecision {
  const inOrder = [...app.filter(isEssential), ...app.filter(container => !isEssential(container))]
  const source = inOrder.find(container => awslogsOptions(container) !== undefined)
  const taken = source === undefined ? undefined : awslogsOptions(source)
  if (source === undefined || taken === undefined) {
    const text =
      'no container writes to a CloudWatch log group that the sensor could share: it gets no log configuration. Give ' +
      'log-group to keep its log; the execution role then needs logs:CreateLogGroup, unless the group exists'
    return { notes: [warningAt(text, ['containerDefinitions'])] }
  }
  const options = {
    'awslogs-group': taken['awslogs-group'],
    ...(taken['awslogs-create-group'] === undefined ? {} : { 'awslogs-create-group': taken['awslogs-create-group'] }),
    'awslogs-region': textOf(taken['awslogs-region']) ?? region,
    'awslogs-stream-prefix': streamPrefix
  }
  const text = `the sensor logs to ${taken['awslogs-group']}, the group of ${source.name}, under the stream prefix ${streamPrefix}`
  return { logConfiguration: { logDriver: 'awslogs', options }, notes: [note(text)] }
}

function awslogsOptions(container: Container): JsonObject | undefined {
  const configuration = container.logConfiguration
  if (!isObject(configuration) || configuration.logDriver !== 'awslogs' || !isObject(configuration.options))
    return undefined
  return textOf(configuration.options['awslogs-group']) === undefined ? undefined : configuration.options
}

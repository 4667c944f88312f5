import { DEFAULT_IMAGE, imageFault, sameImage } from '../sensor/image.ts'
import { checkExpressions } from '../sensor/regex.ts'
import { isReserved, TAG_LIMIT } from '../task-definition/tags.ts'
import { oneServiceForCodeDeploy } from './code-deploy.ts'
import { ofOtherModes, onlyInFleet } from './fleet.ts'
import type { OptionName, Values } from './table.ts'

type Rule = (values: Values) => string[]

/** Rules of a run on one target; a fleet has its own. */
const OF_ONE_TARGET: readonly Rule[] = [
  oneSource,
  revisionNeedsFamily,
  sourceSpelling,
  registerAgainstService,
  oneServiceForDesiredCount,
  oneServiceForCodeDeploy,
  waiting,
  verifyAlone,
  onlyInFleet
]

/** Rules of one option's content and rules between options; each gives its problems. */
const RULES: readonly Rule[] = [
  workspaceNeedsNewerImage,
  containerSpelling,
  wholeArguments,
  namedOnce,
  ofOtherModes,
  labels,
  logs,
  tags
]

export async function checkRules(values: Values, inFleet: boolean): Promise<string[]> {
  const problems = [...(inFleet ? [] : OF_ONE_TARGET), ...RULES].flatMap(rule => rule(values))
  for (const name of ['host-allow', 'path-allow', 'host-exclusions', 'path-exclusions'] as const) {
    const found = await checkExpressions(values[name] ?? [])
    problems.push(...found.map(problem => `${name}: ${problem}`))
  }
  return problems
}

const SOURCES = ['task-definition', 'task-definition-family', 'task-definition-arn'] as const satisfies OptionName[]

function oneSource(values: Values): string[] {
  const given = SOURCES.filter(name => values[name] !== undefined)
  return given.length > 1 ? [`${given.join(', ')}: give one source of the task definition, not ${given.length}`] : []
}

/** A source that was given, but badly, has its own problem already. */
export function requireSource(values: Values, given: ReadonlySet<string>): string[] {
  if (values.mode === 'verify' || (values.service?.length ?? 0) > 0 || SOURCES.some(name => given.has(name))) return []
  return [
    `task-definition: give ${SOURCES.join(', ')}, or a service whose task definition to take; for a fleet regions, clusters, services or families; none is given`
  ]
}

function revisionNeedsFamily(values: Values): string[] {
  if (values['task-definition-revision'] === undefined || values['task-definition-family'] !== undefined) return []
  return ['task-definition-revision: goes with task-definition-family only']
}

function sourceSpelling(values: Values): string[] {
  const family = values['task-definition-family']
  const arn = values['task-definition-arn']
  const problems: string[] = []
  if (family !== undefined && !/^[A-Za-z0-9_-]{1,255}$/.test(family)) {
    problems.push(`task-definition-family: must be letters, digits, _ and -, not "${family}"`)
  }
  if (arn !== undefined && !/^arn:aws[a-z-]*:ecs:[a-z0-9-]+:\d{12}:task-definition\/[A-Za-z0-9_-]+:\d+$/.test(arn)) {
    const example = 'arn:aws:ecs:us-west-2:123456789012:task-definition/web:7'
    problems.push(`task-definition-arn: must be a full ARN with its revision, such as ${example}, not "${arn}"`)
  }
  return problems
}

function workspaceNeedsNewerImage(values: Values): string[] {
  if (values['levoai-workspace-id'] === undefined || !sameImage(values.image, DEFAULT_IMAGE)) return []
  return [
    `levoai-workspace-id: must not be given with ${DEFAULT_IMAGE}, which does not know the flag and would exit; give a newer image`
  ]
}

function registerAgainstService(values: Values): string[] {
  if (values.register !== false || (values.service?.length ?? 0) === 0) return []
  return ['register: must not be false with service: a service can only be moved onto a revision that is registered']
}

function oneServiceForDesiredCount(values: Values): string[] {
  const count = new Set(values.service).size
  if (values['desired-count'] === undefined || count <= 1) return []
  return [`desired-count: is for one service only, not for ${count}`]
}

function containerSpelling(values: Values): string[] {
  const name = values['container-name']
  const problems: string[] = []
  if (name !== undefined && !/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
    problems.push(`container-name: must be letters, digits, _ and -, at most 255, not "${name}"`)
  }
  const fault = values.image === undefined ? undefined : imageFault(values.image)
  if (fault === 'characters') {
    problems.push(`image: must be an image name of letters, digits and . _ - : / @, not "${values.image}"`)
  } else if (fault === 'length') problems.push('image: must have at most 255 characters before the digest')
  const credentials = values['repository-credentials']
  if (credentials !== undefined && !/^arn:aws[a-z-]*:secretsmanager:/.test(credentials)) {
    problems.push(
      `repository-credentials: must be the ARN of a Secrets Manager secret, such as arn:aws:secretsmanager:…`
    )
  }
  const [memory, reservation] = [values.memory, values['memory-reservation']]
  if (memory?.kind === 'units' && reservation !== undefined && reservation > memory.units) {
    problems.push(`memory-reservation: must be at most memory (${memory.units} MiB), not ${reservation}`)
  }
  return problems
}

function wholeArguments(values: Values): string[] {
  return (values['extra-args'] ?? []).flatMap((argument, index) =>
    argument.trim() === '' ? [`extra-args: line ${index + 1} is empty: the sensor takes no empty argument`] : []
  )
}

/** What only a step that waits can do. */
function waiting(values: Values): string[] {
  if (values['wait-for-service-stability']) return []
  const problems: string[] = []
  if (values['verify-sensor'] !== undefined && values.mode !== 'verify') {
    problems.push(
      'verify-sensor: needs wait-for-service-stability: true (or mode: verify), since it looks at running tasks'
    )
  }
  if (values['rollback-on-failure'] && values.mode !== 'verify') {
    problems.push('rollback-on-failure: needs wait-for-service-stability: true, since it acts on how a deployment ends')
  }
  return problems
}

/** `mode: verify` takes a service as it stands, and changes nothing. */
function verifyAlone(values: Values): string[] {
  if (values.mode !== 'verify') return []
  const others = SOURCES.filter(name => values[name] !== undefined)
  return [
    ...others.map(name => `${name}: must not be given in mode verify, which looks at what the service runs`),
    ...((values.service?.length ?? 0) === 0 ? ['service: is needed in mode verify, and is empty or not given'] : []),
    ...(values['verify-sensor'] === 'off' ? ['verify-sensor: must not be off in mode verify'] : []),
    ...(values['rollback-on-failure']
      ? ['rollback-on-failure: must not be given in mode verify, which changes nothing']
      : [])
  ]
}

/** ECS refuses a container that gives one name in both ways. */
function namedOnce(values: Values): string[] {
  return [...(values['environment-variables']?.keys() ?? [])]
    .filter(name => values.secrets?.has(name))
    .map(name => `environment-variables, secrets: give ${name} in one of them, not in both`)
}

function labels(values: Values): string[] {
  return [...(values['docker-labels']?.keys() ?? [])]
    .filter(key => key.toLowerCase().startsWith('levoai.'))
    .map(key => `docker-labels: keys must not begin with "levoai.", which is kept for this action, not "${key}"`)
}

function logs(values: Values): string[] {
  const [driver, options] = [values['log-configuration-log-driver'], values['log-configuration-options']]
  const problems: string[] = []
  if (options !== undefined && driver === undefined) {
    problems.push('log-configuration-options: goes with log-configuration-log-driver only')
  }
  if (driver !== undefined && values['log-group'] !== undefined) {
    problems.push(
      'log-group, log-configuration-log-driver: give one of them; a whole log configuration has its own group'
    )
  }
  if (driver === 'awslogs') {
    const lacking = ['awslogs-group', 'awslogs-region', 'awslogs-stream-prefix'].filter(key => !options?.get(key))
    if (lacking.length > 0) problems.push(`log-configuration-options: awslogs needs ${lacking.join(', ')}`)
  }
  return problems
}

function tags(values: Values): string[] {
  const problems: string[] = []
  for (const [key, value] of values.tags ?? []) {
    if (isReserved(key)) problems.push(`tags: keys must not begin with "aws:", which only AWS may set, not "${key}"`)
    if (key.startsWith('levoai:'))
      problems.push(`tags: keys must not begin with "levoai:", which this action sets, not "${key}"`)
    if (key.length > 128 || value.length > 256)
      problems.push(`tags: a key has at most 128, a value 256 characters: "${key}" has more`)
  }
  const count = values.tags?.size ?? 0
  if (count > TAG_LIMIT) problems.push(`tags: a revision has at most ${TAG_LIMIT} tags, not ${count}`)
  return problems
}

import { type JsonObject, objects } from './json.ts'
import { CONTAINER_RULES } from './rules/containers.ts'
import { FARGATE_RULES } from './rules/fargate.ts'
import { LOGGING_RULES } from './rules/logging.ts'
import { RESOURCE_RULES } from './rules/resources.ts'
import { STRUCTURE_RULES } from './rules/structure.ts'
import { TAG_RULES } from './tag-rules.ts'
import { type Rule, type TaskRule, type TaskView, viewTask } from './task-view.ts'

/**
 * What RegisterTaskDefinition enforces, in the order in which a definition that breaks several is refused. The texts are
 * those of ECS as far as AWS pages, public issues and cdk-preflight's rules quote them; that of a rule of which only the
 * limit is documented (lengths, counts, health check ranges, tags) is our own.
 */
export const RULES: readonly Rule[] = [
  ...STRUCTURE_RULES,
  ...TAG_RULES.map(
    (rule): TaskRule => ({
      name: rule.name,
      broken: task => rule.broken(objects(task.definition.tags)),
      text: rule.text
    })
  ),
  ...FARGATE_RULES,
  ...RESOURCE_RULES,
  ...LOGGING_RULES,
  ...CONTAINER_RULES
]

export interface Violation {
  rule: string
  text: string
}

/** All rules that a definition breaks; ECS names the first one only. */
export function violations(definition: JsonObject): Violation[] {
  const task = viewTask(definition)
  return RULES.flatMap(rule => {
    const text = textIfBroken(rule, task)
    return text === undefined ? [] : [{ rule: rule.name, text }]
  })
}

function textIfBroken(rule: Rule, task: TaskView): string | undefined {
  if ('broken' in rule) {
    if (!rule.broken(task)) return undefined
    return typeof rule.text === 'string' ? rule.text : rule.text(task)
  }
  const container = task.containers.find(candidate => rule.brokenBy(candidate, task))
  if (container === undefined) return undefined
  return typeof rule.text === 'string' ? rule.text : rule.text(container, task)
}

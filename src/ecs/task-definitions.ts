import { StepError } from '../errors.ts'
import { type Definition, isObject, type JsonObject, textOf, toDefinition } from '../task-definition/definition.ts'
import { readTags, type Tag } from '../task-definition/tags.ts'
import type { Ecs } from './ecs.ts'

/** A registered revision, read raw: every member that ECS has for it, the response-only ones included. */
export interface Revision {
  readonly arn: string
  readonly family: string
  readonly revision: number
  readonly active: boolean
  readonly definition: Definition
  readonly tags: readonly Tag[]
  /** Who registered it, by ARN. */
  readonly registeredBy?: string | undefined
  /** Epoch seconds. */
  readonly registeredAt?: number | undefined
}

/** `name` is a family (its latest ACTIVE revision), `family:revision` or an ARN. Undefined when there is no such revision. */
export async function describeTaskDefinition(ecs: Ecs, name: string): Promise<Revision | undefined> {
  try {
    const answer = await ecs.call('DescribeTaskDefinition', { taskDefinition: name, include: ['TAGS'] }, { on: name })
    return toRevision(answer.taskDefinition, answer.tags, name)
  } catch (error) {
    if (error instanceof StepError && error.code === 'task-definition-unknown') return undefined
    throw error
  }
}

/** Registers exactly this JSON. It is not repeated when the answer is lost: see {@link CallOptions}. */
export async function registerTaskDefinition(ecs: Ecs, body: JsonObject, family: string): Promise<Revision> {
  const answer = await ecs.call('RegisterTaskDefinition', body, { on: family, repeatable: false })
  return toRevision(answer.taskDefinition, answer.tags, family)
}

function toRevision(value: unknown, tags: unknown, name: string): Revision {
  if (!isObject(value) || typeof value.taskDefinitionArn !== 'string') {
    throw new StepError({ code: 'bad-answer', what: `ECS answered for ${name} without a task definition.` })
  }
  const arn = value.taskDefinitionArn
  return {
    arn,
    family: familyOf(arn),
    revision: Number(arn.slice(arn.lastIndexOf(':') + 1)),
    active: value.status === undefined || value.status === 'ACTIVE',
    definition: toDefinition(value, `task definition ${name}`),
    tags: readTags(tags),
    registeredBy: textOf(value.registeredBy),
    registeredAt: typeof value.registeredAt === 'number' ? value.registeredAt : undefined
  }
}

/** `arn:…:task-definition/web:7` gives `web`. */
export function familyOf(arn: string): string {
  return /task-definition\/([^:]+)/.exec(arn)?.[1] ?? arn
}

import type { RegisterTaskDefinitionCommandInput, TaskDefinition } from '@aws-sdk/client-ecs'
import { type Definition, type JsonObject, type Note, note } from './definition.ts'
import type { Tag } from './tags.ts'

type ResponseOnly = Exclude<keyof TaskDefinition, keyof RegisterTaskDefinitionCommandInput>

/**
 * The members that DescribeTaskDefinition returns and RegisterTaskDefinition does not take. A list of what to drop keeps
 * the members that ECS learns later; `satisfies` makes an SDK that adds a response-only member fail to compile here.
 */
export const RESPONSE_ONLY = {
  compatibilities: true,
  deleteRequestedAt: true,
  deregisteredAt: true,
  registeredAt: true,
  registeredBy: true,
  requiresAttributes: true,
  revision: true,
  status: true,
  taskDefinitionArn: true
} as const satisfies Record<ResponseOnly, true>

const ROLES = ['taskRoleArn', 'executionRoleArn']

/**
 * The definition as it can be registered: response-only members dropped, and a role that is an empty string, which
 * ECS refuses since August 2024 with "Role is not valid" (aws-cli and runner-images issue 10387). Nothing else changes.
 */
export function toRegistrable(described: Definition): { definition: Definition; notes: Note[] } {
  const notes: Note[] = []
  const kept = Object.entries(described).filter(([member, value]) => {
    if (Object.hasOwn(RESPONSE_ONLY, member)) return false
    if (!ROLES.includes(member) || value !== '') return true
    notes.push(note(`${member} is an empty string, which ECS refuses: left out`))
    return false
  })
  return { definition: Object.fromEntries<unknown>(kept) as JsonObject as Definition, notes }
}

/**
 * The JSON that goes on the wire: the definition as it is, its tags behind it when there are any. Only task sizes that YAML reads
 * as numbers become the texts that the API takes (SerializationException otherwise).
 */
export function toBody(definition: Definition, tags: readonly Tag[]): JsonObject {
  const sizes = (['cpu', 'memory'] as const).filter(member => typeof definition[member] === 'number')
  return {
    ...definition,
    ...Object.fromEntries(sizes.map(member => [member, String(definition[member])])),
    ...(tags.length === 0 ? {} : { tags })
  }
}

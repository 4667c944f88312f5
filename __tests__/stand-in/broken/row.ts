import type { JsonObject } from '../../../stand-in/json.ts'
import { app, ec2Bridge, fargate, helper } from '../definitions.ts'

/** A rule, a definition that breaks it, the text, and the rules that cannot but be broken along with it. */
export type Row = [rule: string, definition: JsonObject, text: string, also?: string[]]

export const withApp = (changes: JsonObject) => fargate({ containerDefinitions: [app(changes), helper()] })
export const withHelper = (changes: JsonObject) => fargate({ containerDefinitions: [app(), helper(changes)] })
export const bridged = (changes: JsonObject, task: JsonObject = {}) =>
  ec2Bridge({ containerDefinitions: [{ name: 'app', image: 'nginx', memory: 256, ...changes }], ...task })

export function copies(count: number, make: (index: number) => JsonObject): JsonObject[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

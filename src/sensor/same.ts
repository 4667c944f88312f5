import { canonicalForm } from '../task-definition/canonical.ts'
import type { Container } from '../task-definition/definition.ts'

/** Whether two containers are the same but for their spelling; none is the same as none. */
export function isSameContainer(one: Container | undefined, other: Container | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return spelled(one) === spelled(other)
}

function spelled(container: Container): string {
  return JSON.stringify(canonicalForm({ containerDefinitions: [container] }))
}

import type { Ecs } from '../ecs/ecs.ts'
import type { ServiceState } from '../ecs/services.ts'
import type { Revision } from '../ecs/task-definitions.ts'
import type { Definition, Note } from '../task-definition/definition.ts'
import type { Tag } from '../task-definition/tags.ts'
import { locate, readDefinitionFile } from './file.ts'
import { findInWorkspace, placeReadingFaults } from './place.ts'
import { prepare } from './prepare.ts'

export type TaskDefinitionSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'family'; readonly family: string; readonly revision: number | undefined }
  | { readonly kind: 'arn'; readonly arn: string }
  /** What the services run now; they have to agree. */
  | { readonly kind: 'service' }

export interface Sourced {
  readonly definition: Definition
  readonly tags: readonly Tag[]
  /** One phrase for the report: where the definition comes from. */
  readonly origin: string
  /** The revision that it is, when it came from AWS. */
  readonly revision?: Revision | undefined
  readonly notes: readonly Note[]
}

export interface SourceContext {
  readonly workspace: string
  readonly services: readonly ServiceState[]
  /** Connects only when it is asked for; a file needs no connection. */
  readonly ecs: () => Promise<Ecs>
}

/** Reads the task definition. Throws InputError for a file, StepError for AWS and for services that do not agree. */
export async function readTaskDefinition(source: TaskDefinitionSource, context: SourceContext): Promise<Sourced> {
  if (source.kind === 'file') return readFromFile(source.path, context.workspace)
  const { readFromAws } = await import('./from-aws.ts')
  return readFromAws(source, context)
}

async function readFromFile(path: string, workspace: string): Promise<Sourced> {
  const { absolute, shown } = locate(path, workspace)
  try {
    const read = await readDefinitionFile(absolute, shown)
    return { ...prepare(read.definition), tags: read.tags, origin: `file ${shown}` }
  } catch (error) {
    await placeReadingFaults(error, findInWorkspace(path, workspace))
    throw error
  }
}

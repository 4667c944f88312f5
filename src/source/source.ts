import { basename } from 'node:path'
import type { Ecs } from '../ecs/ecs.ts'
import type { ServiceState } from '../ecs/services.ts'
import { describeTaskDefinition, type Revision } from '../ecs/task-definitions.ts'
import { StepError } from '../errors.ts'
import { type Definition, type Note, warningAt } from '../task-definition/definition.ts'
import { toRegistrable } from '../task-definition/registrable.ts'
import type { Tag } from '../task-definition/tags.ts'
import { unknownMembers } from '../task-definition/unknown-members.ts'
import { locate, readDefinitionFile } from './file.ts'
import { findInWorkspace, placeReadingFaults } from './place.ts'

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
  switch (source.kind) {
    case 'file':
      return readFromFile(source.path, context.workspace)
    case 'family': {
      const name = source.revision === undefined ? source.family : `${source.family}:${source.revision}`
      const revision = await readRevision(name, context)
      const which = source.revision === undefined ? 'latest ACTIVE revision' : 'revision'
      return fromRevision(revision, `family ${source.family}, ${which} ${revision.revision}`)
    }
    case 'arn':
      return fromRevision(await readRevision(source.arn, context), `revision ${source.arn}`)
    case 'service': {
      const arn = commonRevision(context.services)
      return fromRevision(await readRevision(arn, context), `${sayWhat(context.services)}, ${basename(arn)}`)
    }
  }
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

async function readRevision(name: string, context: SourceContext): Promise<Revision> {
  const revision = await describeTaskDefinition(await context.ecs(), name)
  if (revision !== undefined) return revision
  throw new StepError({
    code: 'task-definition-not-found',
    what: `there is no task definition ${name} in this account and Region.`,
    hint: 'Check the name and aws-region. A family needs an ACTIVE revision; a deregistered one is found by its revision only.'
  })
}

function fromRevision(revision: Revision, origin: string): Sourced {
  return { ...prepare(revision.definition), tags: revision.tags, origin, revision }
}

/** What can be registered of it, with a note for each thing that somebody should know. */
function prepare(read: Definition): Pick<Sourced, 'definition' | 'notes'> {
  const { definition, notes } = toRegistrable(read)
  const unknown = unknownMembers(definition).map(({ path, at }) =>
    warningAt(
      `unknown to this version: \`${path}\`; it is kept as it is. Check the spelling, ECS does not use what it does not know`,
      at
    )
  )
  return { definition, notes: [...notes, ...unknown] }
}

/** A service that is being deployed to may well not run it yet. */
function sayWhat(services: readonly ServiceState[]): string {
  const names = services.map(({ name }) => name).join(', ')
  if (services.some(({ deployments }) => deployments.length > 1)) return `what is deployed to ${names} now`
  return `what ${names} ${services.length > 1 ? 'run' : 'runs'} now`
}

function commonRevision(services: readonly ServiceState[]): string {
  const [first, ...others] = services
  if (first === undefined)
    throw new StepError({ code: 'no-service', what: 'there is no service to take the task definition from.' })
  if (others.every(service => service.taskDefinition === first.taskDefinition)) return first.taskDefinition
  const each = services.map(service => `${service.name} runs ${basename(service.taskDefinition)}`).join(', ')
  throw new StepError({
    code: 'services-differ',
    what: `without a source of their own, the services must run one revision: ${each}.`,
    hint: 'Give task-definition, task-definition-family or task-definition-arn, or use one step for each service.'
  })
}

import { basename } from 'node:path'
import type { ServiceState } from '../ecs/services.ts'
import { describeTaskDefinition, type Revision } from '../ecs/task-definitions.ts'
import { StepError } from '../errors.ts'
import { prepare } from './prepare.ts'
import type { SourceContext, Sourced, TaskDefinitionSource } from './source.ts'

/** A revision that is registered already. */
export async function readFromAws(
  source: Exclude<TaskDefinitionSource, { kind: 'file' }>,
  context: SourceContext
): Promise<Sourced> {
  switch (source.kind) {
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

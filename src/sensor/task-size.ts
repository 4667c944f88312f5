import {
  type Container,
  type Definition,
  isFargate,
  isObject,
  type JsonObject,
  type Note,
  note,
  textOf,
  warningAt
} from '../task-definition/definition.ts'
import {
  claimedMemory,
  containerCpu,
  containerMemory,
  sum,
  taskCpu,
  taskMemory,
  wholeNumber
} from '../task-definition/sizes.ts'
import { nameSize, smallestFargateSize, type TaskSize } from './fargate-size.ts'

/**
 * Where the size that a task had before it grew is remembered: on the sensor's container, as `CPU/MEMORY` in the spelling of the
 * definition, so that removing the sensor gives it back. Written only when the task grew.
 */
export const SIZE_BEFORE = 'levoai.task-size.before'
export const SIZE_GROWN = 'levoai.task-size.grown'

export interface Grown {
  readonly definition: Definition
  /** The labels that remember the size before and the one after, when the task grew. */
  readonly labels: JsonObject
  readonly notes: readonly Note[]
}

/**
 * The task in the smallest Fargate size that holds every container, never a smaller one than it has. A task that fits, one that is
 * not for Fargate and one whose size cannot be read stay as they are.
 */
export function growTask(
  definition: Definition,
  containers: readonly Container[],
  servicesOnFargate: boolean | undefined
): Grown {
  const unchanged: Grown = { definition, labels: {}, notes: [] }
  const size = sizeOf(definition)
  if (size === undefined || !isFargate(definition, servicesOnFargate)) return unchanged
  const need = {
    cpu: Math.max(size.cpu, sum(containers.map(containerCpu))),
    memory: Math.max(
      size.memory,
      sum(containers.map(claimedMemory)),
      ...containers.map(each => containerMemory(each) ?? 0)
    )
  }
  if (need.cpu === size.cpu && need.memory === size.memory) return unchanged
  const grown = smallestFargateSize(need)
  if (grown === undefined) return unchanged
  const cpu = grown.cpu === size.cpu ? definition.cpu : respell(definition.cpu, grown.cpu)
  const memory = grown.memory === size.memory ? definition.memory : respell(definition.memory, grown.memory)
  const more = { cpu: (grown.cpu - size.cpu) / 1024, memory: (grown.memory - size.memory) / 1024 }
  const added = [more.cpu > 0 ? `${more.cpu} vCPU` : '', more.memory > 0 ? `${more.memory} GB` : '']
    .filter(Boolean)
    .join(' and ')
  const platform = grown.cpu >= 8192 ? ' It needs Fargate platform version 1.4.0 or later.' : ''
  const text = `the task grows from ${nameSize(size)} to ${nameSize(grown)}: ${added} more for each task.${platform}`
  return {
    definition: { ...definition, cpu, memory },
    labels: { [SIZE_BEFORE]: `${definition.cpu}/${definition.memory}`, [SIZE_GROWN]: `${cpu}/${memory}` },
    notes: [warningAt(text, [grown.cpu === size.cpu ? 'memory' : 'cpu'])]
  }
}

function sizeOf(definition: Definition): TaskSize | undefined {
  const [cpu, memory] = [taskCpu(definition), taskMemory(definition)]
  return cpu === undefined || memory === undefined ? undefined : { cpu, memory }
}

/** ECS takes strings; a definition that writes numbers keeps doing so. */
function respell(before: unknown, units: number): string | number {
  return typeof before === 'number' ? units : String(units)
}

/**
 * Gives a task that grew for one of these sensors its old size back, unless somebody has changed it since. The labels are those that
 * remember it, for a sensor that takes over in a task which is to stay as large as it is.
 */
export function restoreSize(definition: Definition, sensors: readonly Container[]): Grown {
  const unchanged: Grown = { definition, labels: {}, notes: [] }
  const labels = sensors.map(({ dockerLabels }) => dockerLabels).find(each => isObject(each) && SIZE_BEFORE in each)
  if (!isObject(labels)) return unchanged
  const [before, grown] = [readSize(labels[SIZE_BEFORE]), readSize(labels[SIZE_GROWN])]
  if (before === undefined || grown === undefined) return unchanged
  const [then, now] = [sizeOf({ ...definition, ...grown }), sizeOf(definition)]
  if (now === undefined || now.cpu !== then?.cpu || now.memory !== then.memory) {
    const text = `the task size was changed since the sensor made it grow (${grown.cpu}/${grown.memory}): it stays ${definition.cpu}/${definition.memory}`
    return { ...unchanged, notes: [note(text)] }
  }
  const spelled = (member: 'cpu' | 'memory') =>
    typeof definition[member] === 'number' ? (wholeNumber(before[member]) ?? before[member]) : before[member]
  return {
    definition: { ...definition, cpu: spelled('cpu'), memory: spelled('memory') },
    labels: { [SIZE_BEFORE]: labels[SIZE_BEFORE], [SIZE_GROWN]: labels[SIZE_GROWN] },
    notes: [note(`the task gets its size before the sensor back: ${before.cpu}/${before.memory}`)]
  }
}

/** What a label remembers; undefined for a text that holds no size. */
function readSize(label: unknown): { readonly cpu: string; readonly memory: string } | undefined {
  const [cpu = '', memory = '', ...more] = textOf(label)?.split('/') ?? []
  const size = sizeOf({ cpu, memory, containerDefinitions: [] })
  return size === undefined || more.length > 0 ? undefined : { cpu, memory }
}

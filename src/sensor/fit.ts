import { bulleted, type Fault, type Path } from '../errors.ts'
import { type Container, type Definition, isFargate } from '../task-definition/definition.ts'
import { toBody } from '../task-definition/registrable.ts'
import {
  claimedMemory,
  containerCpu,
  containerMemory,
  containerReservation,
  sum,
  taskCpu,
  taskMemory
} from '../task-definition/sizes.ts'
import { isFargateSize, nameSize, smallestFargateSize } from './fargate-size.ts'

/** Containers for each task definition, Amazon ECS service quotas; it cannot be raised. */
export const CONTAINER_LIMIT = 10

export interface Fit {
  /** What does not fit because of the sensor, with numbers; empty when it fits. */
  readonly problems: readonly Fault[]
  /** What is worth knowing but does not stop anything. */
  readonly warnings: readonly Fault[]
  /** What helps, when there are problems. */
  readonly waysOut: string
}

interface Excess {
  readonly text: string
  readonly at: Path
  /** ECS itself refuses it at registration, so nobody can choose to ignore it. */
  readonly refusedByEcs: boolean
  /** The container that is to blame alone, if there is one. */
  readonly container?: Container
}

export interface FitOptions {
  readonly taskSize: 'keep' | 'grow' | 'unchecked'
  readonly servicesOnFargate?: boolean | undefined
}

/** Checks the definition with the sensor in it against what the task has; `app` is every other container. */
export function checkFit(after: Definition, app: readonly Container[], sensor: Container, options: FitOptions): Fit {
  const problems: Fault[] = []
  const warnings: Fault[] = []
  for (const excessOf of [cpuExcess, memoryExcess, limitExcess, countExcess, lengthExcess]) {
    const excess = excessOf(after, [...app, sensor])
    if (excess === undefined) continue
    const without = excessOf === limitExcess && excess.container === sensor ? undefined : excessOf(after, app)
    if (without !== undefined && (without.refusedByEcs || !excess.refusedByEcs))
      warnings.push({ text: `${without.text}, without the sensor already`, at: without.at })
    else if (options.taskSize === 'unchecked' && !excess.refusedByEcs)
      warnings.push({ text: `${excess.text} (unchecked)`, at: excess.at })
    else problems.push({ text: excess.text, at: excess.at })
  }
  problems.push(...reservationProblems(sensor))
  const onFargate = isFargate(after, options.servicesOnFargate)
  if (onFargate) warnings.push(...unknownSize(after))
  return { problems, warnings, waysOut: waysOut(after, [...app, sensor], onFargate) }
}

function cpuExcess(definition: Definition, containers: readonly Container[]): Excess | undefined {
  const task = taskCpu(definition)
  const total = sum(containers.map(containerCpu))
  if (task === undefined || total <= task) return undefined
  return {
    text: `the containers reserve ${total} CPU units (${parts(containers, containerCpu)}), the task has ${task}`,
    at: ['cpu'],
    refusedByEcs: true
  }
}

function memoryExcess(definition: Definition, containers: readonly Container[]): Excess | undefined {
  const task = taskMemory(definition)
  const total = sum(containers.map(claimedMemory))
  if (task === undefined || total <= task) return undefined
  const refusedByEcs = sum(containers.map(container => containerReservation(container) ?? 0)) > task
  return {
    text: `the containers claim ${total} MiB of memory (${parts(containers, claimedMemory)}), the task has ${task}`,
    at: ['memory'],
    refusedByEcs
  }
}

/** A container whose hard limit is above the task's memory, the sensor (which comes last) before others. */
function limitExcess(definition: Definition, containers: readonly Container[]): Excess | undefined {
  const task = taskMemory(definition)
  const above =
    task === undefined ? undefined : containers.findLast(container => (containerMemory(container) ?? 0) > task)
  if (above === undefined) return undefined
  const text = `${above.name} has a memory limit of ${containerMemory(above)} MiB, the task has ${task}`
  return { text, at: ['memory'], refusedByEcs: true, container: above }
}

function countExcess(_definition: Definition, containers: readonly Container[]): Excess | undefined {
  if (containers.length <= CONTAINER_LIMIT) return undefined
  const text = `there are ${containers.length} containers, ECS takes ${CONTAINER_LIMIT} in a task definition`
  return { text, at: ['containerDefinitions'], refusedByEcs: true }
}

/** Bytes of a task definition, Amazon ECS service quotas; it cannot be raised. */
const BYTE_LIMIT = 65536

function lengthExcess(definition: Definition, containers: readonly Container[]): Excess | undefined {
  const body = JSON.stringify(toBody({ ...definition, containerDefinitions: containers }, []))
  const length = new TextEncoder().encode(body).length
  if (length <= BYTE_LIMIT) return undefined
  return { text: `the task definition has ${length} bytes, ECS takes ${BYTE_LIMIT}`, at: [], refusedByEcs: true }
}

function reservationProblems(sensor: Container): Fault[] {
  const [memory, reservation] = [containerMemory(sensor), containerReservation(sensor)]
  if (memory === undefined || reservation === undefined || reservation <= memory) return []
  return [{ text: `the sensor's memory-reservation of ${reservation} MiB is above its memory of ${memory} MiB` }]
}

function unknownSize(definition: Definition): Fault[] {
  const [cpu, memory] = [taskCpu(definition), taskMemory(definition)]
  if (cpu === undefined || memory === undefined) {
    const absent = [cpu === undefined ? 'cpu' : '', memory === undefined ? 'memory' : ''].filter(Boolean).join(' and ')
    const text = `Fargate needs a task-level ${absent} that ECS can read; the definition has none`
    return [{ text, at: [cpu === undefined ? 'cpu' : 'memory'] }]
  }
  if (isFargateSize({ cpu, memory })) return []
  const text = `cpu ${cpu} with memory ${memory} is no Fargate size that this version knows; ECS decides`
  return [{ text, at: ['cpu'] }]
}

function waysOut(definition: Definition, containers: readonly Container[], onFargate: boolean): string {
  const size = { cpu: taskCpu(definition) ?? 0, memory: taskMemory(definition) ?? 0 }
  const limits = containers.map(container => containerMemory(container) ?? 0)
  const need = {
    cpu: Math.max(size.cpu, sum(containers.map(containerCpu))),
    memory: Math.max(size.memory, sum(containers.map(claimedMemory)), ...limits)
  }
  const smaller =
    'a smaller profile (sensor-profile: low-resource) or smaller cpu and memory inputs (cpu: 0 reserves no CPU)'
  if (need.cpu === size.cpu && need.memory === size.memory)
    return `The task is large enough. Ways out:\n${bulleted(['fewer or shorter container definitions', smaller])}`
  const larger = onFargate ? smallestFargateSize(need) : undefined
  const ways = [
    larger
      ? `a task size of ${nameSize(larger)} ("cpu": "${larger.cpu}", "memory": "${larger.memory}")`
      : 'a larger task-level cpu and memory',
    smaller,
    ...(larger ? ['task-size: grow, which takes that size'] : []),
    'task-size: unchecked, which lets ECS decide where only this check objects'
  ]
  return `Ways out:\n${bulleted(ways)}`
}

function parts(containers: readonly Container[], amount: (container: Container) => number): string {
  return containers.map(container => `${container.name} ${amount(container)}`).join(' + ')
}

import { FARGATE_SIZES } from '../fargate-sizes.ts'
import { type JsonObject, number } from '../json.ts'
import { nameOf, type Rule, type TaskView } from '../task-view.ts'

/** AWS API reference, RegisterTaskDefinition, cpu: outside of Fargate 0.125 to 192 vCPU. */
const EC2_CPU = { least: 128, most: 196608 }
const DOCKER_LEAST_MIB = 6

const sum = (task: TaskView, member: string) =>
  task.containers.reduce((total, container) => total + (number(container[member]) ?? 0), 0)

/**
 * CPU and memory. The sum of the hard `memory` limits is deliberately not among them: no refusal of ECS for that is
 * known, only for the sum of the reservations.
 */
export const RESOURCE_RULES: readonly Rule[] = [
  {
    name: 'fargate-cpu-missing',
    broken: task => task.fargate && task.definition.cpu === undefined,
    text: "Fargate requires that 'cpu' be defined at the task level."
  },
  {
    name: 'fargate-memory-missing',
    broken: task => task.fargate && task.definition.memory === undefined,
    text: "Fargate requires that 'memory' be defined at the task level."
  },
  { name: 'cpu-spelling', broken: hasBadCpu, text: "Invalid 'cpu' setting for task." },
  {
    name: 'memory-spelling',
    broken: task => task.definition.memory !== undefined && !task.memory,
    text: "Invalid 'memory' setting for task."
  },
  {
    name: 'fargate-size',
    broken: task => task.fargate && !isFargateSize(task),
    text: (task: TaskView) =>
      `No Fargate configuration exists for given values: ${task.cpu} CPU, ${task.memory} memory. ` +
      'See the Amazon ECS documentation for the valid values.'
  },
  {
    name: 'memory-missing',
    brokenBy: (container, task) =>
      task.memory === undefined && container.memory === undefined && container.memoryReservation === undefined,
    text: (container: JsonObject) =>
      `Invalid setting for container '${nameOf(container)}'. ` +
      "At least one of 'memory' or 'memoryReservation' must be specified."
  },
  {
    name: 'memory-minimum',
    brokenBy: container => memoryLimit(container) < DOCKER_LEAST_MIB,
    text: (container: JsonObject) =>
      `Invalid setting for container '${nameOf(container)}'. 'memory' must be at least 6.`
  },
  {
    name: 'reservation-above-memory',
    brokenBy: container => (number(container.memoryReservation) ?? 0) > memoryLimit(container),
    text: (container: JsonObject) =>
      `Invalid setting for container '${nameOf(container)}'. ` +
      "'memory' must be greater than or equal to 'memoryReservation'."
  },
  {
    name: 'memory-above-task',
    brokenBy: (container, task) => (number(container.memory) ?? 0) > (task.memory ?? Infinity),
    text: (container: JsonObject) =>
      `The 'memory' setting for container '${nameOf(container)}' is greater than for the task.`
  },
  {
    name: 'cpu-sum',
    broken: task => sum(task, 'cpu') > (task.cpu ?? Infinity),
    text: "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'."
  },
  {
    name: 'reservation-sum',
    broken: task => sum(task, 'memoryReservation') > (task.memory ?? Infinity),
    text: "The sum of all container 'memoryReservation' values cannot be greater than the value of the task 'memory'."
  }
]

function memoryLimit(container: JsonObject): number {
  return number(container.memory) ?? Infinity
}

function hasBadCpu(task: TaskView): boolean {
  if (task.definition.cpu === undefined) return false
  if (task.cpu === undefined) return true
  return !task.fargate && (task.cpu < EC2_CPU.least || task.cpu > EC2_CPU.most)
}

function isFargateSize(task: TaskView): boolean {
  const size = FARGATE_SIZES.find(candidate => candidate.cpu === task.cpu)
  if (size === undefined || (task.windows && !size.windows)) return false
  return size.memory.some(memory => memory === task.memory)
}

import { type JsonObject, object, objects, string, strings } from './json.ts'
import { cpuUnits, memoryMib } from './task-sizes.ts'

/** A definition as the rules look at it. */
export interface TaskView {
  definition: JsonObject
  containers: JsonObject[]
  fargate: boolean
  windows: boolean
  networkMode: string | undefined
  /** CPU units; absent also when the text is not a size. */
  cpu: number | undefined
  /** MiB; absent also when the text is not a size. */
  memory: number | undefined
}

export function viewTask(definition: JsonObject): TaskView {
  return {
    definition,
    containers: objects(definition.containerDefinitions),
    fargate: strings(definition.requiresCompatibilities).includes('FARGATE'),
    windows: (string(object(definition.runtimePlatform).operatingSystemFamily) ?? '').startsWith('WINDOWS'),
    networkMode: string(definition.networkMode),
    cpu: cpuUnits(definition.cpu),
    memory: memoryMib(definition.memory)
  }
}

/** A rule of the whole definition. */
export interface TaskRule {
  name: string
  broken(task: TaskView): boolean
  text: string | ((task: TaskView) => string)
}

/** A rule that each container has to keep. */
export interface ContainerRule {
  name: string
  brokenBy(container: JsonObject, task: TaskView): boolean
  text: string | ((container: JsonObject, task: TaskView) => string)
}

export type Rule = TaskRule | ContainerRule

export function nameOf(container: JsonObject): string {
  return string(container.name) ?? ''
}

export function isEssential(container: JsonObject): boolean {
  return container.essential !== false
}

/** What the names in a list such as `dependsOn` or `volumesFrom` refer to. */
export function containerNamed(task: TaskView, name: unknown): JsonObject | undefined {
  return task.containers.find(container => container.name === name)
}

/** Neither absent nor an empty list, and not `false`: a setting that asks for something. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0)
}

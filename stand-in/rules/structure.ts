import { type JsonObject, number, object, objects, string } from '../json.ts'
import { isEssential, nameOf, type Rule, type TaskView } from '../task-view.ts'

const NAME = /^[\w-]*$/
const IMAGE = /^[\w.:/#@-]*$/
// A name or a whole ARN: AWS API reference, RegisterTaskDefinition, taskRoleArn.
const ROLE = /^(arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+|[\w+=,.@-]{1,64})$/
const MOST_BYTES = 65536

const isRole = (value: unknown) => value === undefined || ROLE.test(string(value) ?? '')
const sizeInBytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value))

/** What a definition must be made of, on any launch type. */
export const STRUCTURE_RULES: readonly Rule[] = [
  { name: 'family-missing', broken: task => !task.definition.family, text: 'Family can not be blank.' },
  {
    name: 'family-characters',
    broken: task => !NAME.test(string(task.definition.family) ?? ''),
    text: 'Family contains invalid characters.'
  },
  {
    name: 'family-length',
    broken: task => (string(task.definition.family) ?? '').length > 255,
    text: 'Family should not be longer than 255 characters.'
  },
  { name: 'containers-empty', broken: task => task.containers.length === 0, text: 'Container list cannot be empty.' },
  { name: 'containers-too-many', broken: task => task.containers.length > 10, text: 'Too many containers.' },
  {
    name: 'container-name-missing',
    brokenBy: container => !container.name,
    text: 'Container.name should not be null or empty.'
  },
  {
    name: 'container-name-characters',
    brokenBy: container => !NAME.test(nameOf(container)),
    text: 'Container.name contains invalid characters.'
  },
  {
    name: 'container-name-length',
    brokenBy: container => nameOf(container).length > 255,
    text: 'Container.name should not be longer than 255 characters.'
  },
  {
    name: 'container-names-unique',
    broken: task => new Set(task.containers.map(nameOf)).size < task.containers.length,
    text: 'Container names must be unique within a Task Definition.'
  },
  {
    name: 'image-missing',
    brokenBy: container => !container.image,
    text: 'Container.image should not be null or empty.'
  },
  {
    name: 'image-characters',
    brokenBy: container => !IMAGE.test(string(container.image) ?? ''),
    text: 'Container.image contains invalid characters.'
  },
  {
    name: 'image-length',
    brokenBy: container => (string(container.image) ?? '').replace(/@.*$/, '').length > 255,
    text: 'Container.image should not be longer than 255 characters.'
  },
  {
    name: 'essential-missing',
    broken: task => !task.containers.some(isEssential),
    text: "Task definition doesn't have any essential container."
  },
  { name: 'task-role', broken: task => !isRole(task.definition.taskRoleArn), text: 'Role is not valid' },
  { name: 'execution-role', broken: task => !isRole(task.definition.executionRoleArn), text: 'Role is not valid' },
  {
    name: 'secrets-without-execution-role',
    brokenBy: (container, task) => objects(container.secrets).length > 0 && !task.definition.executionRoleArn,
    text: "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'."
  },
  {
    name: 'placement-constraints-too-many',
    broken: task => objects(task.definition.placementConstraints).length > 10,
    text: 'Too many placement constraints.'
  },
  {
    name: 'ephemeral-storage-minimum',
    broken: task => (ephemeralGib(task.definition) ?? 21) < 21,
    text: 'EphemeralStorage size should be at least 21'
  },
  {
    name: 'ephemeral-storage-maximum',
    broken: task => (ephemeralGib(task.definition) ?? 21) > 200,
    text: 'EphemeralStorage size should be at most 200'
  },
  {
    name: 'definition-size',
    broken: task => sizeInBytes(task.definition) > MOST_BYTES,
    text: (task: TaskView) =>
      `Actual length: '${sizeInBytes(task.definition)}'. Max allowed length is '${MOST_BYTES}' bytes.`
  }
]

function ephemeralGib(definition: JsonObject): number | undefined {
  return number(object(definition.ephemeralStorage).sizeInGiB)
}

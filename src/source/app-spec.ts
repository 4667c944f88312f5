import { InputError } from '../errors.ts'
import { isObject, type JsonObject } from '../task-definition/definition.ts'
import { locate, readDocument, type Wanted } from './file.ts'

/** Where the AppSpec is when no input names it, as for the AWS deploy action. */
const USUAL_PATH = 'appspec.yaml'

const APP_SPEC: Wanted = { input: 'codedeploy-appspec', one: 'an AppSpec', limit: 'a few KiB' }

/** An AppSpec for ECS, whose resources are known to have a place for a task definition. */
export interface AppSpec {
  readonly content: JsonObject
  /** How its file is called in messages. */
  readonly shown: string
}

/** Reads the AppSpec of a service that CodeDeploy deploys, JSON or YAML. Throws InputError that names the file. */
export async function readAppSpec(path = USUAL_PATH, workspace: string): Promise<AppSpec> {
  const { absolute, shown } = locate(path, workspace)
  const content = await readDocument(absolute, shown, APP_SPEC)
  const spec = { content: isObject(content) ? content : {}, shown }
  putRevision(spec, '')
  return spec
}

/**
 * The AppSpec as JSON with `arn` as the task definition of each of its resources; everything else is as it was. Keys may be
 * capitalised in any way, as CodeDeploy and the AWS deploy action take them. Throws InputError that says what is missing.
 */
export function putRevision({ content, shown }: AppSpec, arn: string): string {
  const [key, resources] = memberOf(content, 'resources') ?? []
  if (key === undefined || !Array.isArray(resources) || resources.length === 0) {
    throw incomplete(shown, 'has no list of resources')
  }
  const filled = resources.map((entry: unknown, index) => {
    if (!isObject(entry) || Object.keys(entry).length === 0) {
      throw incomplete(shown, `has a resource without a name (number ${index + 1} of its resources)`)
    }
    return Object.fromEntries(Object.entries(entry).map(([name, resource]) => [name, fill(resource, name, arn, shown)]))
  })
  return JSON.stringify({ ...content, [key]: filled })
}

function fill(resource: unknown, name: string, arn: string, shown: string): JsonObject {
  const [key, properties] = memberOf(resource, 'properties') ?? []
  const [place] = memberOf(properties, 'taskDefinition') ?? []
  if (!isObject(resource) || !isObject(properties) || key === undefined || place === undefined) {
    throw incomplete(shown, `has a resource without Properties.TaskDefinition, ${name}`)
  }
  return { ...resource, [key]: { ...properties, [place]: arn } }
}

function memberOf(value: unknown, name: string): [string, unknown] | undefined {
  if (!isObject(value)) return undefined
  return Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase())
}

function incomplete(shown: string, fault: string): InputError {
  return new InputError([
    `${APP_SPEC.input}: ${shown} ${fault}; an AppSpec for ECS lists its service under Resources, such as ` +
      'Resources: [{ TargetService: { Type: AWS::ECS::Service, Properties: { TaskDefinition: <TASK_DEFINITION>, LoadBalancerInfo: … } } }]'
  ])
}

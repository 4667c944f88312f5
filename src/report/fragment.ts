import { isObject } from '../task-definition/definition.ts'

/** Ways to write one container definition for pasting. */
export const FORMATS = ['ecs', 'cloudformation', 'terraform'] as const
export type Format = (typeof FORMATS)[number]

const WRITERS: Readonly<Record<Format, (container: unknown) => string>> = {
  ecs: container => `${JSON.stringify(container, null, 2)}\n`,
  cloudformation: container => `${JSON.stringify(pascalCase(container), null, 2)}\n`,
  terraform: container => `${toHcl(container, '')}\n`
}

/**
 * The container as ECS JSON (`containerDefinitions`), as members of CloudFormation's `ContainerDefinitions` (JSON, which a YAML template
 * takes too), or as an HCL object for `container_definitions = jsonencode([…])`.
 */
export function writeFragment(container: unknown, format: Format): string {
  return WRITERS[format](container)
}

/** Members whose keys are the user's own, not names of the API. */
const FREE_KEYS = ['options', 'dockerLabels']

/** CloudFormation's names are the API's with a capital first letter (AWS::ECS::TaskDefinition ContainerDefinition). */
function pascalCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascalCase)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.charAt(0).toUpperCase() + key.slice(1),
      FREE_KEYS.includes(key) ? inner : pascalCase(inner)
    ])
  )
}

function toHcl(value: unknown, indent: string): string {
  const deeper = `${indent}  `
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return `[\n${value.map(item => `${deeper}${toHcl(item, deeper)}`).join(',\n')}\n${indent}]`
  }
  if (isObject(value)) {
    const members = Object.entries(value).filter(([, inner]) => inner !== undefined)
    if (members.length === 0) return '{}'
    return `{\n${members.map(([key, inner]) => `${deeper}${hclKey(key)} = ${toHcl(inner, deeper)}`).join('\n')}\n${indent}}`
  }
  return typeof value === 'string' ? hclString(value) : JSON.stringify(value)
}

/** `for` as the first key would begin a `for` expression. */
function hclKey(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(key) && key !== 'for' ? key : hclString(key)
}

/**
 * HCL reads JSON's escapes but for `\b` and `\f`; `${` and `%{` would begin a template (Terraform language, "Strings and
 * Templates").
 */
function hclString(text: string): string {
  return JSON.stringify(text)
    .replace(/\\[\\bf]/g, written => HCL_ESCAPES[written] ?? written)
    .replace(/[$%](?=\{)/g, character => character + character)
}

const HCL_ESCAPES: Readonly<Record<string, string>> = { '\\b': '\\u0008', '\\f': '\\u000c' }

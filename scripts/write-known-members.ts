// Writes src/task-definition/known-members.ts from the schemas of the bundled SDK. With --check it only compares.
import { readFileSync, writeFileSync } from 'node:fs'
import { RegisterTaskDefinitionRequest$ } from '@aws-sdk/client-ecs'
import { NormalizedSchema } from '@smithy/core/schema'

const PATH = 'src/task-definition/known-members.ts'

/** As the formatter breaks them. */
const LINE_WIDTH = 120

/** Structure by name to its members; a member's value names the structure that it holds, alone or in a list. */
const structures = new Map<string, Record<string, string>>()

function walk(schema: NormalizedSchema): string {
  const inner = schema.isListSchema() ? schema.getValueSchema() : schema
  if (!inner.isStructSchema()) return ''
  const name = inner.getName() ?? ''
  if (structures.has(name)) return name
  const members: Record<string, string> = {}
  structures.set(name, members)
  for (const [member, value] of inner.structIterator()) members[member] = walk(value)
  return name
}

const root = walk(NormalizedSchema.of(RegisterTaskDefinitionRequest$))
const { version } = JSON.parse(readFileSync('node_modules/@aws-sdk/client-ecs/package.json', 'utf8'))
const text = `/** What @aws-sdk/client-ecs ${version} knows of a task definition; written by scripts/write-known-members.ts. */
export const ROOT = '${root}'

/** Structure to its members; behind a colon the structure that the member holds, alone or in a list. Texts: V8 takes long for large tables. */
export const KNOWN_MEMBERS: Readonly<Record<string, string>> = ${toSource(Object.fromEntries(structures))}
`

function toSource(value: Record<string, Record<string, string>>): string {
  const structure = ([name, members]: [string, Record<string, string>]) => {
    const all = Object.entries(members).map(([member, of]) => (of === '' ? member : `${member}:${of}`))
    const line = `  ${name}: '${all.join(' ')}'`
    return line.length < LINE_WIDTH ? line : line.replace(': ', ':\n    ')
  }
  return `{\n${Object.entries(value).map(structure).join(',\n')}\n}`
}

if (process.argv.includes('--check')) {
  if (readFileSync(PATH, 'utf8') !== text) {
    console.error(`${PATH} is not what the SDK says: run npm run metadata`)
    process.exitCode = 1
  }
} else writeFileSync(PATH, text)

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { InputError, type Path, StepError } from '../../src/errors.ts'
import { findInWorkspace, linesIn, placeFaults, placeNotes, placeReadingFaults } from '../../src/source/place.ts'
import { readTaskDefinition } from '../../src/source/source.ts'
import { note, warning, warningAt } from '../../src/task-definition/definition.ts'

const JSON_TEXT = `{
  "family": "shop",
  "containerDefinitions": [
    {
      "name": "web",
      "portMappings": [
        { "containerPort": 80 },
        {
          "containerPort": 443
        }
      ]
    }, { "name": "till",
      "cpu": 1 }
  ]
}
`

const COMMENTED = `// ours
/* and
   theirs */
{
  "family": "shop", // "cpu": "256"
  "containerDefinitions": [
    // { "name": "gone" },
    {
      "name": "web", /* "image": "x" */ "image": "y",
      "memory": 256,
    },
  ],
}
`

const YAML_TEXT = `# the shop
---
family: shop

x-defaults: &defaults
  image: web:1
  cpu: 64
containerDefinitions:
  - <<: *defaults
    name: web
    "memory": 128
  # a helper
  - name: helper
    environment: &variables
      - { name: A, value: "1" }
      -
        name: B
  - {name: third,
     environment: *variables}
  - *defaults
`

const lineOf = async (text: string, name: string, at: Path) => (await linesIn(text, name))(at)

const web = (...within: Path): Path => ['containerDefinitions', 0, ...within]

describe('the line of a place in', () => {
  test.each<[string, Path, number]>([
    ['the whole', [], 1],
    ['a member', ['family'], 2],
    ['a list', ['containerDefinitions'], 3],
    ['a container', web(), 4],
    ['a port', web('portMappings', 1), 8],
    ['a member of a port', web('portMappings', 1, 'containerPort'), 9],
    ['a container in the middle of a line', ['containerDefinitions', 1], 12],
    ['a member below it', ['containerDefinitions', 1, 'cpu'], 13],
    ['a member that is not there', ['networkMode'], 1],
    ['one below it', ['runtimePlatform', 'cpuArchitecture'], 1],
    ['an item that is not there', web('portMappings', 7, 'containerPort'), 6],
    ['a member of a list', ['containerDefinitions', 'name'], 3],
    ['an index of an object', [0], 1],
    ['a member of a text', ['family', 'length'], 2]
  ])('JSON: %s', async (_name, at, line) => {
    expect(await lineOf(JSON_TEXT, 'task.json', at)).toBe(line)
    expect(await lineOf(JSON_TEXT.replaceAll('\n', '\r\n'), 'task.json', at)).toBe(line)
    expect(await lineOf(`\uFEFF${JSON_TEXT}`, 'task.json', at)).toBe(line)
    expect(await lineOf(JSON_TEXT, 'task.yaml', at)).toBe(line)
  })

  test.each<[string, Path, number]>([
    ['the whole', [], 4],
    ['a member', ['family'], 5],
    ['a member in a comment only', ['cpu'], 4],
    ['a container', web(), 8],
    ['a member', web('image'), 9],
    ['a member behind it', web('memory'), 10]
  ])('JSON with comments: %s', async (_name, at, line) => {
    expect(await lineOf(COMMENTED, 'task.json', at)).toBe(line)
    expect(await lineOf(COMMENTED.replaceAll('\n', '\r\n'), 'task', at)).toBe(line)
  })

  test.each<[string, Path, number]>([
    ['the whole', [], 3],
    ['a member', ['family'], 3],
    ['a list', ['containerDefinitions'], 8],
    ['a container', web(), 9],
    ['a member of its own', web('name'), 10],
    ['a member in quotes', web('memory'), 11],
    ['a member of its merge key', web('cpu'), 9],
    ['a container below a comment', ['containerDefinitions', 1], 13],
    ['an item in braces', ['containerDefinitions', 1, 'environment', 0], 15],
    ['an item below its hyphen', ['containerDefinitions', 1, 'environment', 1, 'name'], 17],
    ['a container in braces', ['containerDefinitions', 2, 'environment'], 19],
    ['what an alias brings', ['containerDefinitions', 2, 'environment', 1, 'name'], 19],
    ['a container that is an alias', ['containerDefinitions', 3, 'image'], 20],
    ['a member that is not there', ['networkMode'], 3]
  ])('YAML: %s', async (_name, at, line) => {
    expect(await lineOf(YAML_TEXT, 'task.yaml', at)).toBe(line)
    expect(await lineOf(YAML_TEXT.replaceAll('\n', '\r\n'), 'task.yaml', at)).toBe(line)
    expect(await lineOf(`\uFEFF${YAML_TEXT}`, 'task', at)).toBe(line)
  })

  test.each([
    [
      'JSON',
      '{\n  "tags": [],\n  "taskDefinition": {\n    "family": "x",\n    "containerDefinitions": [\n      {}\n    ]\n  }\n}'
    ],
    ['YAML', 'a: 1\ntags: []\ntaskDefinition:\n  family: x\n  containerDefinitions:\n    - name: a\n']
  ])('the answer of describe-task-definition as %s', async (_name, text) => {
    const places: Path[] = [[], ['family'], ['containerDefinitions'], web('cpu')]
    expect(await Promise.all(places.map(at => lineOf(text, 'x', at)))).toEqual([3, 4, 5, 6])
  })

  test('a definition with a member of that name', async () => {
    const text = '{\n"taskDefinition": {\n"family": 1 },\n"family": 2,\n"containerDefinitions": [] }'
    expect(await lineOf(text, 'task.json', ['family'])).toBe(4)
  })

  test('JSON in which a name is there twice: the last, which counts', async () => {
    expect(await lineOf('{ "cpu": 1,\n"cpu": 2 }', 'task.json', ['cpu'])).toBe(2)
  })

  test.each(['', '[', '{', '{"a":', 'a: [', '*x', '"x', '- a\n- b'])('what is no definition: %j', async text => {
    for (const name of ['a.json', 'a.yml']) expect(await lineOf(text, name, web('cpu'))).toBeGreaterThan(0)
  })
})

let workspace = ''
beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'place-'))
  writeFileSync(join(workspace, 'task.json'), JSON_TEXT)
})
afterAll(() => rmSync(workspace, { recursive: true }))

const file = () => findInWorkspace('./task.json', workspace)

describe('a file is one of the workspace', () => {
  test.each([
    ['deploy/task.json', 'deploy/task.json'],
    ['./deploy/../task.json', 'task.json'],
    ['../task.json', undefined],
    ['/elsewhere/task.json', undefined],
    ['.', undefined]
  ])('%s: %s', (path, name) => {
    expect(findInWorkspace(path, '/workspace')?.name).toBe(name)
  })

  test('also by its whole path', () => {
    expect(findInWorkspace('/workspace/deploy/task.json', '/workspace')?.name).toBe('deploy/task.json')
  })
})

describe('given a place is', () => {
  const on = (line: number) => ({ file: 'task.json', line })

  test('a warning that is about something in the file', async () => {
    const notes = [warningAt('a', web('portMappings', 1)), warning('b'), { ...note('c'), at: [] }]
    expect((await placeNotes(notes, file)).map(({ place }) => place)).toEqual([on(8), undefined, undefined])
    expect(await placeNotes(notes, () => undefined)).toEqual(notes)
  })

  test('each thing that is wrong', async () => {
    const error = new InputError([{ text: 'a', at: ['family'] }, 'b', { text: 'c', at: [] }, { text: 'd', line: 7 }])
    await placeFaults(error, file)
    expect(error.faults.map(({ place }) => place)).toEqual([on(2), undefined, on(1), undefined])
    await placeReadingFaults(error, file())
    expect(error.faults.map(({ place }) => place)).toEqual([on(2), undefined, on(1), on(7)])
    expect(error.problems).toEqual(['a', 'b', 'c', 'd'])
  })

  test('a step that failed, whole', async () => {
    const error = new StepError({ code: 'x', what: 'a', hint: 'b', at: web() })
    await placeFaults(error, file)
    expect(error.faults).toEqual([{ text: 'a\nb', at: web(), place: on(4) }])
  })

  test('nothing when the file is gone, or when it is none of the workspace', async () => {
    const error = new StepError({ code: 'x', what: 'a', at: [] })
    await placeFaults(error, () => findInWorkspace('nowhere.json', workspace))
    await placeFaults(error, () => undefined)
    expect(error.faults[0]?.place).toBeUndefined()
    await placeFaults('thrown', file)
  })
})

describe('a file that cannot be read as a definition has its place', () => {
  test.each<[string, string, string, (number | undefined)[]]>([
    ['broken JSON', 'x.json', '{\n  "a": 1\n  "b": 2\n}', [3]],
    ['broken YAML', 'x.yml', 'a: 1\nb: 2\na: 3\n', [3]],
    ['an alias of nothing', 'x.yml', 'a: 1\nb: *c\n', [1]],
    ['empty', 'x.json', ' ', [1]],
    ['binary', 'x.json', 'a\0b', [1]],
    ['too long', 'x.json', ' '.repeat(1024 * 1024 + 1), [1]],
    ['too deep', 'x.json', '['.repeat(200) + ']'.repeat(200), [1]],
    ['a list', 'x.json', '\n[]', [2]],
    ['no containers', 'x.yaml', '# a\n\nfamily: x\n', [3]],
    ['two bad ones', 'x.yaml', 'containerDefinitions:\n- name: a\n- name: a\n- {}\n', [3, 4]],
    ['none within what describes it', 'x.yaml', 'tags: []\ntaskDefinition:\n  containerDefinitions: []\n', [3]]
  ])('%s', async (_name, path, content, lines) => {
    writeFileSync(join(workspace, path), content)
    expect(await linesOf(path)).toEqual(lines)
  })

  test('but one that is not there has none', async () => {
    expect(await linesOf('nowhere.json')).toEqual([undefined])
  })

  async function linesOf(path: string) {
    const context = { workspace, services: [], ecs: () => Promise.reject(new Error('AWS was asked')) }
    const error = await readTaskDefinition({ kind: 'file', path }, context).catch((thrown: unknown) => thrown)
    return error instanceof InputError && error.faults.map(({ place }) => place?.line)
  }
})

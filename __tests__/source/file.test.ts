import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { InputError } from '../../src/errors.ts'
import { readDefinitionFile } from '../../src/source/file.ts'

const fixture = (name: string) => join(import.meta.dirname, '../fixtures/files', name)

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'definition-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Writes a file and reads it back as a definition. */
async function read(content: string | Buffer, name = 'task.json') {
  writeFileSync(join(folder, name), content)
  return readDefinitionFile(join(folder, name), name)
}

async function problemWith(reading: Promise<unknown>): Promise<string> {
  try {
    await reading
  } catch (error) {
    if (error instanceof InputError) return error.problems.join('\n')
    throw error
  }
  throw new Error('it was read')
}

const PLAIN = { family: 'shop', containerDefinitions: [{ name: 'web', image: 'web:1' }] }
const TEAM = [{ key: 'team', value: 'shop' }]

describe('read is', () => {
  test("plain JSON, its tags taken out, AWS's left out, the rest in its order", async () => {
    const { definition, tags } = await readDefinitionFile(fixture('bare.json'), 'bare.json')
    expect(JSON.stringify(definition)).toBe(
      '{"family":"shop","containerDefinitions":[{"name":"web","image":"web:1","unknownMember":{"kept":[]}}]}'
    )
    expect(tags).toEqual(TEAM)
  })

  test('JSON with comments and trailing commas, whatever the file is called', async () => {
    const { definition } = await readDefinitionFile(fixture('comments.txt'), 'comments.txt')
    expect(definition).toEqual(PLAIN)
    const commented = `/* one */ ${JSON.stringify(PLAIN)} // two`
    expect((await read(commented, 'task')).definition).toEqual(PLAIN)
  })

  test('a member named __proto__, with comments and without', async () => {
    const text = `{"__proto__": {"kept": 1}, ${JSON.stringify(PLAIN).slice(1)}`
    for (const content of [text, `${text} // a comment`]) {
      const { definition } = await read(content)
      expect(Object.entries(definition)).toContainEqual(['__proto__', { kept: 1 }])
    }
  })

  test('a file with a byte order mark', async () => {
    expect((await read(`\uFEFF${JSON.stringify(PLAIN)}`)).definition).toEqual(PLAIN)
    expect(
      (await read('\uFEFFfamily: shop\ncontainerDefinitions: [{ name: web, image: "web:1" }]')).definition
    ).toEqual(PLAIN)
  })

  test('YAML with anchors and merge keys', async () => {
    const { definition } = await readDefinitionFile(fixture('anchors.yaml'), 'anchors.yaml')
    expect(definition).toEqual({
      family: 'shop',
      'x-defaults': { image: 'web:1', cpu: 64 },
      containerDefinitions: [
        { name: 'web', image: 'web:1', cpu: 128 },
        { name: 'helper', image: 'web:1', cpu: 64, environment: [{ name: 'A', value: '1' }] },
        { name: 'third', environment: [{ name: 'A', value: '1' }] }
      ]
    })
  })

  test.each(['task.yaml', 'task.YML', 'task.json', 'task'])('YAML in a file called %s', async name => {
    const { definition } = await read(
      '# a comment\n---\nfamily: shop\ncontainerDefinitions:\n- {name: web, image: "web:1"}\n',
      name
    )
    expect(definition).toEqual(PLAIN)
  })

  test('YAML that begins like JSON, when its name says YAML', async () => {
    const { definition } = await read(
      '{ family: shop, containerDefinitions: [{ name: web, image: "web:1" }] }',
      'task.yml'
    )
    expect(definition).toEqual(PLAIN)
  })

  test('the output of describe-task-definition, its tags beside it', async () => {
    const { definition, tags } = await readDefinitionFile(fixture('described.json'), 'described.json')
    expect(definition).toMatchObject({ ...PLAIN, revision: 7 })
    expect(tags).toEqual(TEAM)
  })

  test('that output with the tags inside', async () => {
    const { definition, tags } = await read(JSON.stringify({ taskDefinition: { ...PLAIN, tags: TEAM } }))
    expect(definition).toEqual(PLAIN)
    expect(tags).toEqual(TEAM)
  })

  test('a member called taskDefinition beside containers as what it is', async () => {
    const odd = { ...PLAIN, taskDefinition: { a: 1 } }
    expect((await read(JSON.stringify(odd))).definition).toEqual(odd)
  })

  test('windows line ends and other alphabets', async () => {
    const text = JSON.stringify({ ...PLAIN, family: 'läden-店' }, null, 2).replaceAll('\n', '\r\n')
    expect((await read(text)).definition.family).toBe('läden-店')
  })
})

describe('said about a file that cannot be read', () => {
  test.each([
    ['missing', 'nowhere.json', 'task-definition: shown cannot be read: there is no such file'],
    ['a folder', '.', 'task-definition: shown cannot be read: it is a folder']
  ])('%s', async (_name, path, problem) => {
    expect(await problemWith(readDefinitionFile(join(folder, path), 'shown'))).toBe(problem)
  })

  test.each([
    ['empty', '', 'task-definition: task.json is empty'],
    ['blank', ' \n\t\r\n', 'task-definition: task.json is empty'],
    ['a byte order mark', '\uFEFF', 'task-definition: task.json is empty'],
    ['binary', Buffer.from([0x7b, 0, 1, 2]), 'task-definition: task.json is a binary file, not JSON or YAML'],
    [
      'huge',
      ' '.repeat(1024 * 1024 + 1),
      'task-definition: task.json has 1048577 bytes; a task definition has at most 64 KiB'
    ],
    [
      'JSON with a comma too few',
      '{\n  "a": 1\n  "b": 2\n}',
      'task-definition: task.json is not valid JSON: comma expected at line 3, column 3'
    ],
    ['JSON that ends early', '{"a": [', /^task-definition: task\.json is not valid JSON: .* at line 1, column 8$/],
    [
      'more behind the JSON',
      '{"a": 1}\n{"b": 2}',
      /^task-definition: task\.json is not valid JSON: end of file expected at line 2, column 1$/
    ],
    ['a list', '[1]', 'task-definition: task.json: a task definition is a JSON object, not a list'],
    ['a text', 'just words', 'task-definition: task.json: a task definition is a JSON object, not a string'],
    [
      'an object of something else',
      '{"a": 1}',
      'task-definition: task.json: "containerDefinitions" must be a list of containers, it has none'
    ],
    ['a name for a definition', '{"taskDefinition": "shop:7"}', /must be a list of containers, it has none$/]
  ])('%s', async (_name, content, problem) => {
    const said = await problemWith(read(content))
    if (typeof problem === 'string') expect(said).toBe(problem)
    else expect(said).toMatch(problem)
  })

  test.each([
    [
      'bad YAML, with line and column',
      'family: shop\ncontainerDefinitions: [\n',
      /not valid YAML: .* line \d, column \d+$/
    ],
    ['a tab for a blank', 'a:\n\tb: 1\n', /not valid YAML: .* line 2, column 1$/],
    ['a member twice', 'a: 1\na: 2\n', /not valid YAML: duplicate key at line 2, column 1$/],
    ['several documents', 'family: a\n---\nfamily: b\n', /not valid YAML: multiple docs at line \d/],
    ['an alias of nothing', 'a: *nothing\n', /YAML: an alias names no anchor/]
  ])('%s', async (_name, content, problem) => {
    expect(await problemWith(read(content, 'task.yaml'))).toMatch(problem)
  })

  test('YAML that grows without end', async () => {
    const levels = Array.from({ length: 12 }, (_, index) => {
      const items = Array.from({ length: 9 }, () => `*a${index}`).join(', ')
      return `a${index + 1}: &a${index + 1} [${items}]`
    })
    const bomb = ['a0: &a0 [x, x, x]', ...levels].join('\n')
    expect(await problemWith(read(bomb, 'task.yaml'))).toMatch(/^task-definition: task\.yaml is not usable YAML: /)
  })
})

test('a tag of YAML keeps a number as its text', async () => {
  const { tags } = await read(
    'family: shop\ncontainerDefinitions: [{ name: web }]\ntags: [{ key: cost, value: 1234 }]\n'
  )
  expect(tags).toEqual([{ key: 'cost', value: '1234' }])
})

describe('a file that is nested without end is one clear line', () => {
  const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  test.each([
    [
      'JSON',
      'task.json',
      `{"containerDefinitions":[{"name":"a","x":${deep(400)}}]}`,
      'is nested deeper than 100 levels'
    ],
    ['JSON far deeper', 'task.json', deep(200_000), 'is nested deeper than 100 levels'],
    ['JSON with comments', 'task.json', `// ours\n${deep(100_000)}`, 'is nested deeper than 100 levels'],
    ['YAML', 'task.yaml', `a: ${deep(20_000)}`, 'is not valid YAML: resource exhaustion']
  ])('%s', async (_name, name, content, problem) => {
    const message = await problemWith(read(content, name))
    expect(message).toContain(`task-definition: ${name} ${problem}`)
    expect(message).not.toContain('\n')
  })
})

import { describe, expect, test } from '@jest/globals'
import { writeKeepingLayout } from '../../src/layout/layout.ts'
import { change, install, remove, SENSOR } from './table.ts'

const plain = (value: unknown) => JSON.stringify(value, null, 2)

describe('there is no layout to keep', () => {
  test.each([
    ['an empty text', 'task.json', ''],
    ['blanks', 'task.yaml', ' \n'],
    ['broken JSON', 'task.json', '{"containerDefinitions": ['],
    ['broken YAML', 'task.yaml', 'containerDefinitions: [\n'],
    ['two documents', 'task.yaml', 'containerDefinitions: []\n---\na: 1\n'],
    ['a name used twice in YAML', 'task.yaml', 'a: 1\na: 2\ncontainerDefinitions: []\n'],
    ['an alias without an anchor', 'task.yaml', 'containerDefinitions: [*a]\n'],
    [
      'aliases that multiply',
      'task.yaml',
      `a: &a [1,2,3,4,5,6,7,8,9]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
containerDefinitions: [*d,*d,*d]
`
    ],
    ['a list', 'task.json', '[{"containerDefinitions": []}]'],
    ['a text', 'task.yaml', 'containerDefinitions\n'],
    ['an object without containers', 'package.json', '{"name": "shop"}'],
    ['containers that are no list', 'task.json', '{"containerDefinitions": {"name": "web"}}'],
    ['something wrapped without containers', 'task.json', '{"taskDefinition": {"family": "shop"}}'],
    ['something wrapped twice', 'task.json', '{"taskDefinition": {"taskDefinition": {"containerDefinitions": []}}}'],
    ['brackets a hundred thousand deep', 'task.json', `{"containerDefinitions": ${'['.repeat(1e5)}${']'.repeat(1e5)}}`]
  ])('in %s', async (_name, path, text) => {
    expect(await writeKeepingLayout(text, path, { containerDefinitions: [SENSOR] })).toBeUndefined()
  })
})

describe('an empty list of containers is filled', () => {
  test.each([
    ['task.json', '{"containerDefinitions":[]}', '{"containerDefinitions":[{"name":"sensor","image":"levo:1"}]}'],
    [
      'task.json',
      '{\n  "containerDefinitions": [ // none\n    // yet\n  ]\n}',
      '{\n  "containerDefinitions": [ // none\n    {\n      "name": "sensor",\n      "image": "levo:1"\n    }\n    // yet\n  ]\n}'
    ],
    [
      'task.json',
      '{\n  "containerDefinitions": [/* none */]\n}',
      '{\n  "containerDefinitions": [/* none */ { "name": "sensor", "image": "levo:1" } ]\n}'
    ],
    [
      'task.yaml',
      'containerDefinitions: [] # none\ncpu: x\n',
      'containerDefinitions: # none\n  - name: sensor\n    image: levo:1\ncpu: x\n'
    ]
  ])('%s: %s', async (path, before, after) => {
    const definition = { ...(before.includes('cpu') ? { cpu: 'x' } : {}), containerDefinitions: [SENSOR] }
    expect(await writeKeepingLayout(before, path, definition)).toEqual({ text: after, kept: true })
  })
})

describe('texts are written so that they are read as they were:', () => {
  const texts = [
    '',
    ' ',
    '# no comment',
    'a: b',
    'a #b',
    'a:',
    '- a',
    '* a',
    '*a',
    '&a',
    '!a',
    '|',
    '>',
    '%a',
    '@a',
    '`a`',
    '{a}',
    '[a]',
    'a, b',
    '"quoted"',
    "it's",
    'two\nlines\n',
    'windows\r\n',
    'tab\t',
    '\\',
    '\u0000\u0007\u007F\u0085\u00A0\u2028\u2029\uFEFF',
    '\uD800 alone',
    '😀 läden 店',
    'no',
    'Yes',
    'null',
    '~',
    'true',
    '1.0',
    '1e3',
    '0x10',
    '0o7',
    '017',
    '1_000',
    '1:30',
    '.inf',
    '2024-01-01',
    '=',
    '<<',
    '---',
    '...',
    'x'.repeat(3000)
  ]
  const after = {
    containerDefinitions: [
      {
        name: 'web',
        command: texts,
        dockerLabels: Object.fromEntries(texts.filter(text => text.length < 1000).map(text => [text, text]))
      }
    ]
  }
  test.each([
    ['JSON', 'task.json', '{"containerDefinitions":[{"name":"web"}]}'],
    ['YAML, plain', 'task.yaml', 'containerDefinitions:\n- name: web\n'],
    ['YAML in single quotes', 'task.yaml', "containerDefinitions:\n- 'name': 'web'\n"],
    ['YAML in brackets', 'task.yaml', "{containerDefinitions: [{name: 'web'}]}\n"]
  ])('%s', async (_name, path, text) => {
    const written = await change(text, path, () => after)
    expect(written.kept).toBe(true)
    expect((await change(written.text, path, () => ({ containerDefinitions: [{ name: 'web' }] }))).text).toBe(text)
  })

  test('YAML, names too long to stand before a colon', async () => {
    const long = { containerDefinitions: [{ name: 'web', ['x'.repeat(3000)]: 1 }] }
    expect((await change('containerDefinitions:\n- name: web\n', 'task.yaml', () => long)).kept).toBe(false)
  })

  test.each([
    ['a line that begins with a blank', { y: '\n a' }],
    ['line breaks at the end', { y: 'a\n\n' }],
    ['the name of a merge key', { '<<': 'a' }]
  ])('YAML that is printed anew, with %s', async (_name, members) => {
    const hard = { containerDefinitions: [{ name: 'web' }], x: { ['x'.repeat(3000)]: 1, ...members } }
    const text = 'containerDefinitions:\n    - name: web\nx:\n    z: 1'
    expect((await change(text, 'task.yaml', () => hard)).kept).toBe(false)
  })
})

describe('what does not change stays as it is spelled:', () => {
  test.each([
    [
      'task.json',
      '{"a":12345678901234567890,"b":1.0,"c":1e3,"d":-0,"e":1e999,"f":"\\u0041\\/","containerDefinitions":[{"name":"web"}'
    ],
    ['task.json', '{"__proto__":{"a":1},"x":{"__proto__":null,"constructor":1},"containerDefinitions":[{"name":"web"}'],
    [
      'task.json',
      '{"cpu":"1","cpu":"2","x":{"y":1,"y":2},"containerDefinitions":[],"containerDefinitions":[{"name":"web"}'
    ],
    [
      'task.yaml',
      '{a: 12345678901234567890, b: 1.0, c: 1e3, d: -0, e: .inf, f: 0x10, g: ~, h: .nan, containerDefinitions: [{name: web}'
    ],
    [
      'task.yaml',
      '{__proto__: {a: 1}, x: {__proto__: ~, constructor: 1}, 80: a, true: b, ? q : r, ? s, t, containerDefinitions: [{name: web}'
    ]
  ])('%s: %s', async (path, head) => {
    const written = await change(`${head}]}`, path, install)
    expect(written).toEqual({ text: expect.stringMatching(/levo:1"? ?\}\]\}$/), kept: true })
    expect(written.text.startsWith(head)).toBe(true)
    expect((await change(written.text, path, remove('sensor'))).text).toBe(`${head}]}`)
  })

  test('keys with question marks, in YAML of lines', async () => {
    const text = '? a\n? cpu # c\n: "256" # d\n? containerDefinitions\n: - name: web\n'
    expect(await change(text, 'task.yaml', before => install({ ...before, cpu: '512' }))).toEqual({
      text: `${text.replace('256', '512')}  - name: sensor\n    image: levo:1\n`,
      kept: true
    })
  })

  test('the last one of a name counts, in JSON', async () => {
    const text = '{"cpu":"1","cpu":"2","containerDefinitions":[{"name":"web"}]}'
    expect((await change(text, 'task.json', before => ({ ...before, cpu: '3' }))).text).toBe(text.replace('"2"', '"3"'))
    const without = await change(text, 'task.json', ({ cpu: _, ...rest }) => ({
      ...rest,
      containerDefinitions: rest.containerDefinitions
    }))
    expect(without.text).toBe('{"containerDefinitions":[{"name":"web"}]}')
  })
})

describe('size is no obstacle:', () => {
  const containers = Array.from({ length: 2000 }, (_, index) => ({
    name: `c${index}`,
    image: 'x'.repeat(300),
    environment: [{ name: 'A', value: '\\" # : {' }]
  }))
  const nested = (depth: number): unknown =>
    depth === 0 ? ['web'] : depth % 2 === 0 ? [nested(depth - 1)] : { a: nested(depth - 1) }

  test('a megabyte of JSON', async () => {
    const text = `// ours\n${plain({ containerDefinitions: containers })}`
    expect(text.length).toBeGreaterThan(800_000)
    const written = await change(text, 'task.json', install)
    expect((await change(written.text, 'task.json', remove('sensor'))).text).toBe(text)
  })

  test('a megabyte of YAML', async () => {
    const items = containers.map(each => `- name: ${each.name} # n\n  image: ${each.image}\n  cpu: 1\n`)
    const text = `containerDefinitions:\n${items.join('')}`
    const written = await change(text, 'task.yaml', install)
    expect(written.text).toBe(`${text}- name: sensor\n  image: levo:1\n`)
  })

  test('thousands of values that all change', async () => {
    const text = plain({ containerDefinitions: [{ name: 'web', command: containers.map(each => each.name) }] })
    const command = containers.map(each => `${each.name}x`)
    const written = await change(text, 'task.json', () => ({ containerDefinitions: [{ name: 'web', command }] }))
    expect(written).toEqual({ text: plain({ containerDefinitions: [{ name: 'web', command }] }), kept: true })
  })

  test('two hundred levels', async () => {
    const deep = { x: nested(200), containerDefinitions: [{ name: 'web' }] }
    expect((await change(plain(deep), 'task.json', install)).kept).toBe(true)
    const other = JSON.parse(JSON.stringify(deep).replace('["web"]', '["db",1]'))
    expect((await change(plain(deep), 'task.json', () => other)).text).toBe(plain(other))
    expect((await change(`# y\n${plain(deep)}`, 'task.yaml', () => other)).kept).toBe(true)
  })
})

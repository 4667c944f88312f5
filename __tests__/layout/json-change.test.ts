import { describe, expect, test } from '@jest/globals'
import { writeKeepingLayout } from '../../src/layout/layout.ts'
import { type Change, change, grow, keeps, lines, type Row, rename, upgrade } from './table.ts'

describe('only its own lines change when', () => {
  test.each<Row>([
    [
      'the first container gets another image',
      upgrade,
      lines('    { // s', '      "image": "levo:1", // i', '      "name": "sensor"', '    },', '    { "name": "web" }'),
      lines('    { // s', '      "image": "levo:2", // i', '      "name": "sensor"', '    },', '    { "name": "web" }')
    ],
    [
      'the middle one does',
      upgrade,
      lines('    {"name": "web"},', '    {"name": "sensor", "image": "levo:1"}, // s', '    {"name": "db"}'),
      lines('    {"name": "web"},', '    {"name": "sensor", "image": "levo:2"}, // s', '    {"name": "db"}')
    ],
    [
      'the last one does',
      upgrade,
      lines('    {"name": "web"},', '    {"name": "sensor", "image" : /* i */ "levo:1" /* j */, }'),
      lines('    {"name": "web"},', '    {"name": "sensor", "image" : /* i */ "levo:2" /* j */, }')
    ],
    [
      'the task grows',
      grow,
      '{\n  "memory" : "512",\n\n  "cpu": "256", // small\n  "containerDefinitions": [{"name": "web"}]\n}\n',
      '{\n  "memory" : "1024",\n\n  "cpu": "512", // small\n  "containerDefinitions": [{"name": "web"}]\n}\n'
    ],
    [
      'a task without a size gets one',
      grow,
      '{\n  "family": "shop",\n  "containerDefinitions": [{"name": "web"}]\n}\n',
      '{\n  "family": "shop",\n  "containerDefinitions": [{"name": "web"}],\n  "cpu": "512",\n  "memory": "1024"\n}\n'
    ],
    [
      'the sensor gets another name',
      rename,
      lines(
        '    {"name": "web", "dependsOn": [{"containerName": "db"}, {"containerName": "sensor"}]},',
        '    {',
        '      // ours',
        '      "name": "sensor",',
        '      "image": "levo:1"',
        '    }'
      ),
      lines(
        '    {"name": "web", "dependsOn": [{"containerName": "db"}, {"containerName": "levo"}]},',
        '    {',
        '      // ours',
        '      "name": "levo",',
        '      "image": "levo:1"',
        '    }'
      )
    ],
    [
      'members come to stand where they belong, and others go',
      before => ({
        ...before,
        containerDefinitions: [{ name: 'web', essential: false, image: 'web:1', command: ['a', 'new', 'b', 'c'] }]
      }),
      lines(
        '    {',
        '      "name": "web", // n',
        '      "image": "web:1",',
        '      // c',
        '      "command": [',
        '        "a", // a',
        '        "b",',
        '        "c"',
        '      ],',
        '      "links": [] // l',
        '    }'
      ),
      lines(
        '    {',
        '      "name": "web", // n',
        '      "essential": false,',
        '      "image": "web:1",',
        '      // c',
        '      "command": [',
        '        "a", // a',
        '        "new",',
        '        "b",',
        '        "c"',
        '      ]',
        '    }'
      )
    ]
  ])('%s', async (...row) => keeps(row, 'task.json'))
})

const web = (members: Readonly<Record<string, unknown>>): Change => {
  return before => ({ ...before, containerDefinitions: [{ name: 'web', ...members }] })
}

describe('what is written looks like its neighbours:', () => {
  test.each<Row>([
    [
      'a member of one line',
      web({ image: 'web:1', command: ['a'], links: ['b'] }),
      lines('    { "name": "web", "command": "a", "links": [] }'),
      lines('    { "name": "web", "image": "web:1", "command": ["a"], "links": ["b"] }')
    ],
    [
      'an item that changes, however wide it is',
      web({ command: ['x'.repeat(120)] }),
      lines('    { "name": "web", "command": ["a"] }'),
      lines(`    { "name": "web", "command": ["${'x'.repeat(120)}"] }`)
    ],
    [
      'a container too wide for its line',
      before => ({
        ...before,
        containerDefinitions: [...before.containerDefinitions, { name: 'x'.repeat(100), image: 'y' }]
      }),
      lines('    { "name": "web" }'),
      lines('    { "name": "web" },', '    {', `      "name": "${'x'.repeat(100)}",`, '      "image": "y"', '    }')
    ],
    [
      'a new member of many lines',
      web({ environment: [{ name: 'A', value: 'b' }] }),
      '{\n   "containerDefinitions":[\n      {\n         "name":"web"\n      }\n   ]\n}',
      '{\n   "containerDefinitions":[\n      {\n         "name":"web",\n         "environment":[\n            {\n               "name":"A",\n               "value":"b"\n            }\n         ]\n      }\n   ]\n}'
    ],
    [
      'a new one before one that has another name now',
      before => ({ ...before, containerDefinitions: [{ name: 'init' }, { name: 'new', image: 'x', cpu: 1 }] }),
      lines('    { "name": "old", "image": "x", "cpu": 1 } // o'),
      lines('    { "name": "init" },', '    { "name": "new", "image": "x", "cpu": 1 } // o')
    ],
    [
      'a container that is another one altogether',
      before => ({ ...before, containerDefinitions: [{ name: 'new', image: 'y', cpu: 1 }] }),
      lines('    { "name": "old", /* o */ "image": "x", "cpu": 1 }'),
      lines('    { "name": "new", "image": "y", "cpu": 1 }')
    ],
    [
      'a list that has no names for all',
      web({ environment: [{ name: 'A' }, { name: 'A', value: '2' }, { name: 'B' }] }),
      lines('    { "name": "web", "environment": [{ "name": "A" }, { "name": "A", "value": "1" } /* 1 */] }'),
      lines(
        '    { "name": "web", "environment": [{ "name": "A" }, { "name": "A", "value": "2" }, { "name": "B" } /* 1 */] }'
      )
    ]
  ])('%s', async (...row) => keeps(row, 'task.json'))

  test('a member called taskDefinition, beside containers, is a member like any other', async () => {
    const text = '{"taskDefinition":{"containerDefinitions":[]},"containerDefinitions":[{"name":"web"}]}'
    expect((await change(text, 'task.json', upgrade)).text).toBe(text)
  })

  test('a comment that goes with its list is said to be lost', async () => {
    const text = lines('    {', '      "name": "web",', '      "command": [ // c', '        "a"', '      ]', '    }')
    const expected = lines('    {', '      "name": "web",', '      "command": "b"', '    }')
    expect(await change(text, 'task.json', web({ command: 'b' }))).toEqual({ text: expected, kept: false })
  })

  test('tags and roles that the definition has are its own', async () => {
    const text = '{"taskRoleArn":"","tags":[],"containerDefinitions":[{"name":"web"}]}'
    const after = { taskRoleArn: 'r', revision: 2, tags: [1], containerDefinitions: [{ name: 'web' }] }
    expect((await writeKeepingLayout(text, 'task.json', after))?.text).toBe(
      '{"taskRoleArn":"r","revision":2,"tags":[1],"containerDefinitions":[{"name":"web"}]}'
    )
  })
})

test('containers in another order are written, and what is lost is said', async () => {
  const text = lines('    {"name": "one"}, // 1', '    {"name": "two"} // 2')
  const turned = await change(text, 'task.json', before => ({
    ...before,
    containerDefinitions: before.containerDefinitions.toReversed()
  }))
  expect(turned.kept).toBe(false)
})

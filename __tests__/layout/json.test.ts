import { describe, expect, test } from '@jest/globals'
import { writeKeepingLayout } from '../../src/layout/layout.ts'
import { type Change, change, grow, install, remove, rename, upgrade } from './table.ts'

type Row = readonly [name: string, to: Change, before: string, after: string]

async function check([, to, before, after]: Row): Promise<void> {
  expect(await change(before, 'task.json', to)).toEqual({ text: after, kept: true })
}

const INSTALLS: readonly Row[] = [
  [
    'two blanks',
    install,
    '{\n  "family": "shop",\n  "containerDefinitions": [\n    {\n      "name": "web"\n    }\n  ]\n}\n',
    '{\n  "family": "shop",\n  "containerDefinitions": [\n    {\n      "name": "web"\n    },\n    {\n      "name": "sensor",\n      "image": "levo:1"\n    }\n  ]\n}\n'
  ],
  [
    'four blanks and no final newline',
    install,
    '{\n    "containerDefinitions": [\n        {\n            "name": "web"\n        }\n    ]\n}',
    '{\n    "containerDefinitions": [\n        {\n            "name": "web"\n        },\n        {\n            "name": "sensor",\n            "image": "levo:1"\n        }\n    ]\n}'
  ],
  [
    'tabs',
    install,
    '{\n\t"containerDefinitions": [\n\t\t{\n\t\t\t"name": "web"\n\t\t}\n\t]\n}\n',
    '{\n\t"containerDefinitions": [\n\t\t{\n\t\t\t"name": "web"\n\t\t},\n\t\t{\n\t\t\t"name": "sensor",\n\t\t\t"image": "levo:1"\n\t\t}\n\t]\n}\n'
  ],
  [
    'brackets that hug',
    install,
    '{\n  "containerDefinitions": [{\n    "name": "web"\n  }],\n  "family": "shop"\n}\n',
    '{\n  "containerDefinitions": [{\n    "name": "web"\n  }, {\n    "name": "sensor",\n    "image": "levo:1"\n  }],\n  "family": "shop"\n}\n'
  ],
  [
    'one line',
    install,
    '{"containerDefinitions":[{"name":"web"}],"family":"shop"}\n',
    '{"containerDefinitions":[{"name":"web"},{"name":"sensor","image":"levo:1"}],"family":"shop"}\n'
  ],
  [
    'one line with blanks',
    install,
    '{ "containerDefinitions": [{ "name": "web" }], "family": "shop" }',
    '{ "containerDefinitions": [{ "name": "web" }, { "name": "sensor", "image": "levo:1" }], "family": "shop" }'
  ],
  [
    'a container a line',
    install,
    '{\n  "containerDefinitions": [\n    {"name": "web"}\n  ]\n}\n',
    '{\n  "containerDefinitions": [\n    {"name": "web"},\n    {"name": "sensor", "image": "levo:1"}\n  ]\n}\n'
  ],
  [
    'carriage returns and a byte order mark',
    install,
    '\uFEFF{\r\n  "containerDefinitions": [\r\n    {\r\n      "name": "web"\r\n    }\r\n  ]\r\n}\r\n',
    '\uFEFF{\r\n  "containerDefinitions": [\r\n    {\r\n      "name": "web"\r\n    },\r\n    {\r\n      "name": "sensor",\r\n      "image": "levo:1"\r\n    }\r\n  ]\r\n}\r\n'
  ],
  [
    'comments behind and below the last container',
    install,
    '// Ours.\n{\n  "containerDefinitions": [ // all\n    {\n      "name": "web" // the shop\n      // no more\n    } /* web */ // really\n    // { "name": "old" }\n  ] // end\n}\n// End.\n',
    '// Ours.\n{\n  "containerDefinitions": [ // all\n    {\n      "name": "web" // the shop\n      // no more\n    }, /* web */ // really\n    {\n      "name": "sensor",\n      "image": "levo:1"\n    }\n    // { "name": "old" }\n  ] // end\n}\n// End.\n'
  ],
  [
    'trailing commas with comments behind them',
    install,
    '{\n  "containerDefinitions": [\n    {\n      "name": "web",\n    }, // web\n\n    /* none */\n  ],\n}\n',
    '{\n  "containerDefinitions": [\n    {\n      "name": "web",\n    }, // web\n    {\n      "name": "sensor",\n      "image": "levo:1"\n    },\n\n    /* none */\n  ],\n}\n'
  ],
  [
    'a comment before a comma and one behind the bracket',
    install,
    '{\n  "containerDefinitions": [{\n    "name": "web"\n  } /* web */ , // still\n  ], // all\n  "family": "shop"\n}',
    '{\n  "containerDefinitions": [{\n    "name": "web"\n  } /* web */ , {\n    "name": "sensor",\n    "image": "levo:1"\n  }, // still\n  ], // all\n  "family": "shop"\n}'
  ]
]

describe('a sensor is added to JSON with', () => {
  test.each(INSTALLS)('%s', async (...row) => check(row))

  test.each(INSTALLS)('%s, and removed without a trace', async (...[, , before, after]) => {
    expect(await change(after, 'task.json', remove('sensor'))).toEqual({ text: before, kept: true })
  })
})

const lines = (...inner: string[]) => `{\n  "containerDefinitions": [\n${inner.join('\n')}\n  ]\n}\n`

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
  ])('%s', async (...row) => check(row))
})

describe('what is removed leaves everything else as it is:', () => {
  const three = [
    '    {"name": "one"}, // 1',
    '    // above',
    '    {"name": "two"}, // 2',
    '    {"name": "three"} // 3',
    '    // below'
  ]
  test.each<Row>([
    ['the first', remove('one'), lines(...three), lines(...three.slice(1))],
    ['the middle', remove('two'), lines(...three), lines(...three.filter((_, index) => index !== 2))],
    [
      'the last, and the comma before it',
      remove('three'),
      lines(...three),
      lines('    {"name": "one"}, // 1', '    // above', '    {"name": "two"} // 2', '    // below')
    ],
    [
      'the last two',
      remove('two', 'three'),
      lines(...three),
      lines('    {"name": "one"} // 1', '    // above', '    // below')
    ],
    [
      'the first of one line',
      remove('one'),
      '{"containerDefinitions": [ {"name":"one"}, {"name":"two"} ]}',
      '{"containerDefinitions": [ {"name":"two"} ]}'
    ],
    [
      'the last of one line',
      remove('two'),
      '{"containerDefinitions": [ {"name":"one"}, {"name":"two"} ]}',
      '{"containerDefinitions": [ {"name":"one"} ]}'
    ],
    [
      'one behind a comment, with the bracket behind it',
      remove('two'),
      '{"containerDefinitions": [\n  {"name":"one"}, // 1\n  {"name":"two"} ]}',
      '{"containerDefinitions": [\n  {"name":"one"} // 1\n  ]}'
    ],
    [
      'one whose comma begins its line',
      remove('two'),
      '{"containerDefinitions":\n  [ {"name":"one"} // 1\n  , {"name":"two"}\n  ]}',
      '{"containerDefinitions":\n  [ {"name":"one"} // 1\n  ]}'
    ],
    [
      'two with a new one in their place',
      before => ({ ...before, containerDefinitions: [{ name: 'four' }, { name: 'three' }] }),
      lines(...three),
      lines('    {"name": "four"},', '    // above', '    {"name": "three"} // 3', '    // below')
    ]
  ])('%s', async (...row) => check(row))
})

describe('around a definition', () => {
  const described = (memory: string, containers: string) =>
    `{\n  "taskDefinition": {\n    "taskDefinitionArn": "arn:7",\n    "revision": 7,\n    "memory": "${memory}", "cpu": "512",\n    "containerDefinitions": [\n${containers}\n    ],\n    "taskRoleArn": "",\n    "status": "ACTIVE"\n  },\n  "tags": [{ "key": "team", "value": "shop" }]\n}\n`

  test('what only describe-task-definition says stays, and so do tags and empty roles', async () => {
    const web = '      {\n        "name": "web"\n      }'
    const both = `${web},\n      {\n        "name": "sensor",\n        "image": "levo:1"\n      }`
    const written = await change(described('512', web), 'task.json', before => grow(install(before)))
    expect(written).toEqual({ text: described('1024', both), kept: true })
  })

  test('tags within a bare one stay', async () => {
    const text = '{"tags":[{"key":"a","value":"b"}],"containerDefinitions":[{"name":"web"}],"registeredBy":"me"}'
    expect((await change(text, 'task', install)).text).toBe(
      '{"tags":[{"key":"a","value":"b"}],"containerDefinitions":[{"name":"web"},{"name":"sensor","image":"levo:1"}],"registeredBy":"me"}'
    )
  })
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
  ])('%s', async (...row) => check(row))

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

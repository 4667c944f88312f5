import { describe, expect, test } from '@jest/globals'
import { change, grow, install, keeps, type Row, remove } from './table.ts'

const INSTALLS: readonly Row[] = [
  [
    'no indentation at all',
    install,
    '{\n"containerDefinitions": [\n{\n"name": "web"\n}\n]\n}\n',
    '{\n"containerDefinitions": [\n{\n"name": "web"\n},\n{\n"name": "sensor",\n"image": "levo:1"\n}\n]\n}\n'
  ],
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
  test.each(INSTALLS)('%s', async (...row) => keeps(row, 'task.json'))

  test.each(INSTALLS)('%s, and removed without a trace', async (...[, , before, after]) => {
    expect(await change(after, 'task.json', remove('sensor'))).toEqual({ text: before, kept: true })
  })
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

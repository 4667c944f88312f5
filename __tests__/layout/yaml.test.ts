import { describe, expect, test } from '@jest/globals'
import { type Change, change, grow, install, remove, rename, upgrade } from './table.ts'

type Row = readonly [name: string, to: Change, before: string, after: string]

async function check([, to, before, after]: Row): Promise<void> {
  expect(await change(before, 'task.yaml', to)).toEqual({ text: after, kept: true })
}

const text = (...lines: string[]) => `${lines.join('\n')}\n`

const INSTALLS: readonly Row[] = [
  [
    'indented lists',
    install,
    text('family: shop', 'containerDefinitions:', '  - name: web', '    image: web:1', 'volumes: []'),
    text(
      'family: shop',
      'containerDefinitions:',
      '  - name: web',
      '    image: web:1',
      '  - name: sensor',
      '    image: levo:1',
      'volumes: []'
    )
  ],
  [
    'lists that are not indented, and strings in quotes',
    install,
    text('containerDefinitions:', "- name: 'web'", "  command: ['a']", "  image: 'web:1'"),
    text(
      'containerDefinitions:',
      "- name: 'web'",
      "  command: ['a']",
      "  image: 'web:1'",
      "- name: 'sensor'",
      "  image: 'levo:1'"
    )
  ],
  [
    'wide hyphens and no final newline',
    install,
    'containerDefinitions:\n    -   name: "web"',
    'containerDefinitions:\n    -   name: "web"\n    -   name: "sensor"\n        image: "levo:1"'
  ],
  [
    'hyphens in lines of their own',
    install,
    text('containerDefinitions:', '  -', '    # the shop', '    name: web'),
    text('containerDefinitions:', '  -', '    # the shop', '    name: web', '  - name: sensor', '    image: levo:1')
  ],
  [
    'carriage returns and a byte order mark',
    install,
    '\uFEFFcontainerDefinitions:\r\n- name: web\r\n',
    '\uFEFFcontainerDefinitions:\r\n- name: web\r\n- name: sensor\r\n  image: levo:1\r\n'
  ],
  [
    'document markers',
    install,
    text('%YAML 1.2', '--- # ours', 'containerDefinitions:', '  - name: web', '...'),
    text(
      '%YAML 1.2',
      '--- # ours',
      'containerDefinitions:',
      '  - name: web',
      '  - name: sensor',
      '    image: levo:1',
      '...'
    )
  ],
  [
    'comments and blank lines everywhere',
    install,
    text(
      '# Ours.',
      'containerDefinitions: # all',
      '  # web',
      '  - name: web # n',
      '    # within',
      '    image: web:1 # i',
      '',
      '    # still within',
      '',
      '  # below',
      '',
      '# volumes',
      'volumes: []'
    ),
    text(
      '# Ours.',
      'containerDefinitions: # all',
      '  # web',
      '  - name: web # n',
      '    # within',
      '    image: web:1 # i',
      '',
      '    # still within',
      '  - name: sensor',
      '    image: levo:1',
      '',
      '  # below',
      '',
      '# volumes',
      'volumes: []'
    )
  ],
  [
    'text of many lines at the end',
    install,
    text('containerDefinitions:', '  - name: web', '    x: |+', '      one', '', '      # two', '', ''),
    text(
      'containerDefinitions:',
      '  - name: web',
      '    x: |+',
      '      one',
      '',
      '      # two',
      '',
      '',
      '  - name: sensor',
      '    image: levo:1'
    )
  ],
  [
    'brackets',
    install,
    text('containerDefinitions: [{ name: web, image: "web:1" }] # all', 'family: shop'),
    text('containerDefinitions: [{ name: web, image: "web:1" }, { name: sensor, image: levo:1 }] # all', 'family: shop')
  ],
  [
    'brackets over lines',
    install,
    text('containerDefinitions: [', '    { name: web }, # web', '    # none', '  ]', 'family: shop'),
    text(
      'containerDefinitions: [',
      '    { name: web }, # web',
      '    { name: sensor, image: levo:1 },',
      '    # none',
      '  ]',
      'family: shop'
    )
  ],
  [
    'brackets around everything',
    install,
    text('{ family: shop, containerDefinitions: [{ name: web }] }'),
    text('{ family: shop, containerDefinitions: [{ name: web }, { name: sensor, image: levo:1 }] }')
  ],
  [
    'anchors, aliases and merge keys',
    install,
    text(
      'x: &x',
      '  image: web:1 # i',
      'containerDefinitions:',
      '  - <<: *x',
      '    name: web',
      '    environment: &e',
      '      - { name: A, value: b }',
      '  - &db',
      '    name: db',
      '    environment: *e'
    ),
    text(
      'x: &x',
      '  image: web:1 # i',
      'containerDefinitions:',
      '  - <<: *x',
      '    name: web',
      '    environment: &e',
      '      - { name: A, value: b }',
      '  - &db',
      '    name: db',
      '    environment: *e',
      '  - name: sensor',
      '    image: levo:1'
    )
  ],
  [
    'JSON in it',
    install,
    text('{', '  "containerDefinitions": [', '    {', '      "name": "web"', '    }', '  ]', '}'),
    text(
      '{',
      '  "containerDefinitions": [',
      '    {',
      '      "name": "web"',
      '    },',
      '    {',
      '      "name": "sensor",',
      '      "image": "levo:1"',
      '    }',
      '  ]',
      '}'
    )
  ]
]

describe('a sensor is added to YAML with', () => {
  test.each(INSTALLS)('%s', async (...row) => check(row))

  test.each(INSTALLS)('%s, and removed without a trace', async (...[, , before, after]) => {
    expect(await change(after, 'task.yaml', remove('sensor'))).toEqual({ text: before, kept: true })
  })
})

const list = (...inner: string[]) => text('containerDefinitions:', ...inner, 'family: shop')

describe('only its own lines change when', () => {
  test.each<Row>([
    [
      'the first container gets another image',
      upgrade,
      list('- image: levo:1 # i', '  name: sensor', '- name: web'),
      list('- image: levo:2 # i', '  name: sensor', '- name: web')
    ],
    [
      'the middle one does',
      upgrade,
      list('- name: web', '- name: sensor', "  image: &i !!str 'levo:1'", '- name: db'),
      list('- name: web', '- name: sensor', "  image: &i !!str 'levo:2'", '- name: db')
    ],
    [
      'the last one does',
      upgrade,
      list('- name: web', '- { name: sensor, image: "levo:1" } # s'),
      list('- name: web', '- { name: sensor, image: "levo:2" } # s')
    ],
    [
      'an image of many lines gets one',
      upgrade,
      list('- name: sensor', '  image: >- # s', '    levo:1', '', '  # i', '- name: db'),
      list('- name: sensor', '  image: levo:2 # s', '', '  # i', '- name: db')
    ],
    [
      'the task grows',
      grow,
      text("cpu: '256' # small", '', 'memory: !!str 512', 'containerDefinitions: [{name: web}]'),
      text("cpu: '512' # small", '', "memory: !!str '1024'", 'containerDefinitions: [{name: web}]')
    ],
    [
      'a task that says its size in numbers grows',
      before => ({ ...before, cpu: 512, memory: 1024 }),
      text('cpu: 0x100', 'memory: 512 # MiB', 'containerDefinitions: [{name: web}]'),
      text('cpu: 512', 'memory: 1024 # MiB', 'containerDefinitions: [{name: web}]')
    ],
    [
      'a size that is not there comes',
      grow,
      text('cpu:', 'containerDefinitions:', '- name: web', '# End.'),
      text('cpu: "512"', 'containerDefinitions:', '- name: web', 'memory: "1024"', '# End.')
    ],
    [
      'the sensor gets another name, and references in an anchor follow',
      rename,
      list(
        '- name: web',
        '  dependsOn: &sensor # all',
        '  - containerName: sensor',
        '- # ours',
        '  name: sensor',
        '  image: levo:1',
        '- name: db',
        '  dependsOn: *sensor'
      ),
      list(
        '- name: web',
        '  dependsOn: &sensor # all',
        '  - containerName: levo',
        '- # ours',
        '  name: levo',
        '  image: levo:1',
        '- name: db',
        '  dependsOn: *sensor'
      )
    ],
    [
      'a member without a value gets one, in brackets',
      before => ({ ...before, containerDefinitions: [{ name: 'web', cpu: 1, memory: 2 }] }),
      text('containerDefinitions: [{name: web, cpu: , memory:}]'),
      text('containerDefinitions: [{name: web, cpu: 1 , memory: 2}]')
    ],
    [
      'another container comes first, above the comment of the one that was',
      before => ({ ...before, containerDefinitions: [{ name: 'init' }, ...before.containerDefinitions] }),
      list('  # all', '', '  # web', '  # still', '  - name: web'),
      list('  # all', '', '  - name: init', '  # web', '  # still', '  - name: web')
    ],
    [
      'a line break is written as what readers of YAML 1.1 do not mistake',
      before => ({ ...before, containerDefinitions: [{ name: 'web', command: ['a\u2028b', '2024-01-01', '0x1g'] }] }),
      list('- name: web', '  command: [a]'),
      list('- name: web', '  command: ["a\\u2028b", "2024-01-01", "0x1g"]')
    ],
    [
      'members come and go',
      before => ({
        ...before,
        containerDefinitions: [{ name: 'web', essential: false, image: 'web:1', links: ['no'], command: [] }]
      }),
      list(
        '- name: web # n',
        '  image: web:1',
        '  # c',
        '  command: # all',
        '    - a',
        '    - b',
        '  links: [] # none',
        '  cpu: 1'
      ),
      list(
        '- name: web # n',
        '  essential: false',
        '  image: web:1',
        '  # c',
        '  command: [] # all',
        '  links: # none',
        '  - "no"'
      )
    ],
    [
      'the member behind a hyphen goes',
      before => ({ ...before, containerDefinitions: [{ name: 'web', image: 'a' }, { name: 'db' }] }),
      list('- cpu: 1', '  name: web', '  image: a', '- cpu: 2 # two', '  # n', '  name: db'),
      list('- name: web', '  image: a', '-', '  # n', '  name: db')
    ],
    [
      'a member of a merge key gets another value',
      before => ({ ...before, containerDefinitions: [{ name: 'web', image: 'b' }] }),
      list('- <<: &x', '    image: a', '  name: web'),
      list('- <<: &x', '    image: a', '  name: web', '  image: b')
    ]
  ])('%s', async (...row) => check(row))
})

test('what is unusual stays where nothing changes', async () => {
  const unusual = (size: string, ...more: string[]) =>
    text(
      '# Ours.',
      '? [x, y] # key',
      ': {a, : b, ? [c] : d}',
      ': empty',
      '? &k key',
      `cpu: "${size}" # c`,
      'x: [a: b, ? c : d, : e, f: ]',
      'containerDefinitions:',
      '- ? name',
      '  : web',
      '- *k : 1',
      '  name: db',
      '-',
      '  name: last',
      ...more
    )
  const after = ['- name: sensor', '  image: levo:1']
  const to: Change = before => ({ ...install(before), cpu: '512' })
  expect(await change(unusual('256'), 'task.yaml', to)).toEqual({ text: unusual('512', ...after), kept: true })
})

describe('what is removed leaves everything else as it is:', () => {
  const three = ['  - name: one', '    # in one', '  # above', '  - name: two # 2', '', '  - name: three', '  # below']
  test.each<Row>([
    ['the first', remove('one'), list(...three), list(...three.slice(2))],
    ['the middle', remove('two'), list(...three), list(...three.filter((_, index) => index !== 3))],
    ['the last', remove('three'), list(...three), list(...three.filter((_, index) => index !== 5))],
    ['the last two', remove('two', 'three'), list(...three), list(...three.slice(0, 3), '', '  # below')],
    [
      'the last of a file without a final newline',
      remove('two'),
      'containerDefinitions:\n- name: one\n- name: two',
      'containerDefinitions:\n- name: one'
    ],
    [
      'the last of a list in brackets',
      remove('two'),
      text('containerDefinitions: [ {name: one}, {name: two} ] # all'),
      text('containerDefinitions: [ {name: one} ] # all')
    ],
    [
      'two with a new one in their place',
      before => ({ ...before, containerDefinitions: [{ name: 'four' }, { name: 'three' }] }),
      list(...three),
      list('  - name: four', '  # above', '', '  - name: three', '  # below')
    ]
  ])('%s', async (...row) => check(row))
})

test('around a definition everything stays', async () => {
  const described = (...containers: string[]) =>
    text('tags:', '- {key: a, value: b}', 'taskDefinition:', '  revision: 7', '  taskRoleArn: ""', ...containers)
  const web = ['  containerDefinitions:', '  - name: web']
  expect(await change(described(...web, '# End.'), 'task.yaml', install)).toEqual({
    text: described(...web, '  - name: sensor', '    image: levo:1', '# End.'),
    kept: true
  })
})

describe('what cannot stay is said:', () => {
  test.each<Row>([
    [
      'a list of containers that is an alias',
      install,
      text('x: &all', '- name: web # n', 'containerDefinitions: *all'),
      text('x: &all', '- name: web # n', 'containerDefinitions:', '- name: web', '- name: sensor', '  image: levo:1')
    ],
    [
      'an alias that no longer says the same',
      before => ({
        ...before,
        containerDefinitions: [
          { name: 'a', command: ['y'] },
          { name: 'b', command: ['x'] }
        ]
      }),
      list('- name: a', '  command: &c [x] # c', '- name: b', '  command: *c # d'),
      list('- name: a', '  command: &c ["y"] # c', '- name: b', '  command: # d', '  - x')
    ],
    [
      'an anchor that goes before its alias',
      remove('a'),
      list('- name: a', '  command: &c', '  - x', '- name: b # b', '  command: *c'),
      list('- name: b # b', '  command:', '  - x')
    ],
    [
      'an item of which nothing stays',
      before => ({ ...before, volumes: [{ host: 1 }], containerDefinitions: [{ name: 'web' }] }),
      list('- name: web', 'volumes:', '- name: x # ours', '  y: 1'),
      list('- name: web', 'volumes:', '- host: 1')
    ],
    [
      'a merge key of which a member goes',
      before => ({ ...before, containerDefinitions: [{ name: 'web' }, { name: 'db' }] }),
      list('-   name:   web', '    <<: { image: a }', '-   name:   db  '),
      list('-   name: web', '-   name:   db  ')
    ],
    [
      'an anchor that goes before its alias, in a text with all kinds of things',
      before => grow(install(remove('x')(before))),
      text(
        '# Ours.',
        'cpu: "1" # c',
        '',
        'containerDefinitions:',
        '- name: x',
        '  x: &x [y]',
        '- name: web # n',
        '  command: &c a # d',
        '  links: [*c, b]',
        '  x: [*x] # z',
        '? *c',
        ': 1',
        '? [x]',
        ': 2 # gone'
      ),
      text(
        '# Ours.',
        'cpu: "512" # c',
        '',
        'containerDefinitions:',
        '- name: web # n',
        '  command: a # d',
        '  links: [ a, b ]',
        '  x: [ [ y ] ] # z',
        '- name: sensor',
        '  image: levo:1',
        'a: 1',
        '"[ x ]": 2',
        'memory: "1024"'
      )
    ]
  ])('%s', async (_name, to, before, after) => {
    expect(await change(before, 'task.yaml', to)).toEqual({ text: after, kept: false })
  })

  test('containers in another order', async () => {
    const turn: Change = before => ({ ...before, containerDefinitions: before.containerDefinitions.toReversed() })
    expect((await change(list('- name: a # a', '- name: b'), 'task.yaml', turn)).kept).toBe(false)
  })
})

import { describe, expect, test } from '@jest/globals'
import { change, install, keeps, type Row, remove, text } from './table.ts'

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
  test.each(INSTALLS)('%s', async (...row) => keeps(row, 'task.yaml'))

  test.each(INSTALLS)('%s, and removed without a trace', async (...[, , before, after]) => {
    expect(await change(after, 'task.yaml', remove('sensor'))).toEqual({ text: before, kept: true })
  })
})

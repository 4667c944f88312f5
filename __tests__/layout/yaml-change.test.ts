import { describe, expect, test } from '@jest/globals'
import { type Change, change, grow, install, keeps, list, type Row, rename, text, upgrade } from './table.ts'

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
      before => ({
        ...before,
        containerDefinitions: [{ name: 'web', command: ['a\u2028b', '2024-01-01T1:00:00Z', '0x1g'] }]
      }),
      list('- name: web', '  command: [a]'),
      list('- name: web', '  command: ["a\\u2028b", "2024-01-01T1:00:00Z", "0x1g"]')
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
      'what begins behind a hyphen, or a colon of its own, becomes a text, a number or empty',
      before => ({
        ...before,
        containerDefinitions: [{ name: 'web', command: ['sh', [], 1, {}], entryPoint: 'sh' }]
      }),
      list(
        '- name: web',
        '  command:',
        '  - a: 1',
        '    b: 2 # b',
        '  # c',
        '  - c: # none',
        '  -  - d',
        '     - e',
        '',
        '  - f:',
        '      g: |',
        '        h',
        '  ? entryPoint',
        '  : - sh',
        '    - -c # i'
      ),
      list(
        '- name: web',
        '  command:',
        '  - sh # b',
        '  # c',
        '  - [] # none',
        '  -  1',
        '',
        '  - {}',
        '  ? entryPoint',
        '  : sh # i'
      )
    ],
    [
      'a member of a merge key gets another value',
      before => ({ ...before, containerDefinitions: [{ name: 'web', image: 'b' }] }),
      list('- <<: &x', '    image: a', '  name: web'),
      list('- <<: &x', '    image: a', '  name: web', '  image: b')
    ]
  ])('%s', async (...row) => keeps(row, 'task.yaml'))
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

import { describe, expect, test } from '@jest/globals'
import { type Change, change, grow, install, keeps, list, type Row, remove, text } from './table.ts'

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
  ])('%s', async (...row) => keeps(row, 'task.yaml'))
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
      'an item that becomes an object, with a comment before it',
      before => ({ ...before, volumes: [{ a: 1 }] }),
      list('- name: web', 'volumes:', '- # ours', '  x'),
      list('- name: web', 'volumes:', '- a: 1')
    ],
    [
      'a tag that would turn the new text into something else',
      before => ({ ...before, cpu: '512' }),
      text('cpu:   !!int "256" # c', 'containerDefinitions:', '- name: web', '  image:   x'),
      text('cpu: "512" # c', 'containerDefinitions:', '- name: web', '  image: x')
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

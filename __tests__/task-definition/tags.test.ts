import { describe, expect, test } from '@jest/globals'
import { isReserved, marksOf, markTags, mergeTags, readTags, type Tag } from '../../src/task-definition/tags.ts'

const tag = (key: string, value = ''): Tag => ({ key, value })
const many = (count: number) => Array.from({ length: count }, (_, index) => tag(`k${index}`))
const keys = (tags: readonly Tag[]) => tags.map(({ key }) => key)

const ALL = {
  createdBy: 'fargate-pcap-action/1',
  repository: 'shop/web',
  commit: 'c0ffee',
  run: 'https://github.example/shop/web/actions/runs/1'
}
const MARKS = ['levoai:created_by', 'levoai:repository', 'levoai:commit', 'levoai:run']

describe('tags that are read', () => {
  test.each([
    ['keep their order', [tag('b', '1'), tag('a', '2')], [tag('b', '1'), tag('a', '2')]],
    ["lose AWS's own in any case", [tag('aws:cf'), tag('AWS:x'), tag('Aws:y'), tag('aws', 'z')], [tag('aws', 'z')]],
    ['have an empty value where there is none', [{ key: 'a' }, { key: 'b', value: null }], [tag('a'), tag('b')]],
    ['lose what is no tag', ['a', null, [], { value: 'x' }, tag('a')], [tag('a')]],
    ['are none in no list', { a: 'b' }, []],
    ['are none where there are none', undefined, []],
    [
      'keep a number or a boolean as its text',
      [
        { key: 'cost', value: 1234 },
        { key: 'own', value: true }
      ],
      [tag('cost', '1234'), tag('own', 'true')]
    ]
  ])('%s', (_name, value, read) => {
    expect(readTags(value)).toEqual(read)
  })
})

test.each([
  ['aws:x', true],
  ['AWS:x', true],
  ['awsx', false],
  ['x-aws:', false]
])('%s is reserved: %s', (key, reserved) => {
  expect(isReserved(key)).toBe(reserved)
})

test('later tags replace earlier ones in place', () => {
  expect(mergeTags([tag('a', '1'), tag('b', '1')], [tag('c', '2'), tag('a', '2')])).toEqual([
    tag('a', '2'),
    tag('b', '1'),
    tag('c', '2')
  ])
})

describe('our marks', () => {
  test('come behind the tags', () => {
    expect(markTags([tag('team', 'shop')], marksOf(ALL))).toEqual([
      tag('team', 'shop'),
      tag('levoai:created_by', ALL.createdBy),
      tag('levoai:repository', ALL.repository),
      tag('levoai:commit', ALL.commit),
      tag('levoai:run', ALL.run)
    ])
  })

  test.each([
    [46, MARKS],
    [47, MARKS.slice(0, 3)],
    [49, MARKS.slice(0, 1)],
    [50, []]
  ])('are given up first where there are %i tags', (count, marks) => {
    const marked = markTags(many(count), marksOf(ALL))
    expect(marked.slice(0, count)).toEqual(many(count))
    expect(keys(marked).slice(count)).toEqual(marks)
  })

  test('replace those of an earlier run, behind the tags', () => {
    const marked = markTags([tag('levoai:commit', 'old'), tag('team'), tag('levoai:run', 'old')], marksOf(ALL))
    expect(keys(marked)).toEqual(['team', ...MARKS])
    expect(marked).toContainEqual(tag('levoai:commit', ALL.commit))
  })

  test('of an earlier run do not count against the limit', () => {
    const marked = markTags([...many(48), ...MARKS.map(key => tag(key, 'old'))].slice(0, 50), marksOf(ALL))
    expect(keys(marked)).toEqual([...keys(many(48)), ...MARKS.slice(0, 2)])
  })

  test('that are not known, or longer than a value may be, are left out', () => {
    const marked = marksOf({ createdBy: 'x', repository: undefined, commit: '', run: 'r'.repeat(257) })
    expect(keys(marked)).toEqual(['levoai:created_by'])
    expect(keys(marksOf({ createdBy: 'x', run: 'r'.repeat(256) }))).toEqual(['levoai:created_by', 'levoai:run'])
  })
})

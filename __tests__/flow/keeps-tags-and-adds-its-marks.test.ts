import { expect, test } from '@jest/globals'
import { shop, tagsOf } from '../support/flow-definitions.ts'
import { CREATED_BY, useScene } from '../support/flow-scene.ts'

const scene = useScene()

const PROVENANCE = {
  createdBy: CREATED_BY,
  repository: 'example/shop',
  commit: '0123456789abcdef0123456789abcdef01234567',
  run: 'https://github.com/example/shop/actions/runs/1'
}
const MARKS = {
  'levoai:created_by': PROVENANCE.createdBy,
  'levoai:repository': PROVENANCE.repository,
  'levoai:commit': PROVENANCE.commit,
  'levoai:run': PROVENANCE.run
}
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: 'v' }))

test('tags of the source first, then given ones, then our four marks', async () => {
  const s = scene()
  s.environment = { provenance: PROVENANCE }
  const tags = [
    { key: 'team', value: 'shop' },
    { key: 'stage', value: 'test' },
    { key: 'empty', value: '' }
  ]
  s.account.addTaskDefinition(shop(), { tags })
  await s.succeed({ 'task-definition-family': 'shop', tags: 'stage=production\nadded=a=b' })
  const sent = tagsOf(s.body('RegisterTaskDefinition'))
  const wanted = { team: 'shop', stage: 'production', empty: '', added: 'a=b', ...MARKS }
  expect(Object.entries(sent)).toEqual(Object.entries(wanted))
})

test('tags are asked for, since a new revision does not inherit them', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop(), { tags: many(1) })
  await s.succeed({ 'task-definition-arn': s.arn('task-definition/shop:1') })
  expect(s.body('DescribeTaskDefinition').include).toEqual(['TAGS'])
  expect(tagsOf(s.body('RegisterTaskDefinition'))).toMatchObject({ k0: 'v' })
})

test("AWS's own tags are never sent", async () => {
  const s = scene()
  const arn = s.account.addTaskDefinition(shop(), { tags: many(1) })
  s.account.tags.set(arn, [
    { key: 'aws:cloudformation:stack-name', value: 'shop' },
    { key: 'AWS:other', value: 'x' },
    ...many(1)
  ])
  await s.succeed({ 'task-definition-family': 'shop' })
  expect(Object.keys(tagsOf(s.body('RegisterTaskDefinition')))).toEqual(['k0', 'levoai:created_by'])
})

test('marks of an earlier run are replaced by those of this one', async () => {
  const s = scene()
  s.environment = { provenance: PROVENANCE }
  const old = Object.keys(MARKS).map(key => ({ key, value: 'old' }))
  s.account.addTaskDefinition(shop(), { tags: [...old, ...many(1)] })
  await s.succeed({ 'task-definition-family': 'shop' })
  expect(tagsOf(s.body('RegisterTaskDefinition'))).toEqual({ k0: 'v', ...MARKS })
})

test.each([
  [46, 4],
  [48, 2],
  [50, 0]
])('beside %i tags there is room for %i marks', async (count, marks) => {
  const s = scene()
  s.environment = { provenance: PROVENANCE }
  s.account.addTaskDefinition(shop(), { tags: many(count) })
  await s.succeed({ 'task-definition-family': 'shop' })
  const keys = Object.keys(tagsOf(s.body('RegisterTaskDefinition')))
  expect(keys).toHaveLength(50)
  expect(keys.filter(key => key.startsWith('levoai:'))).toEqual(Object.keys(MARKS).slice(0, marks))
})

test('more than 50 kept and given tags are an error before anything is registered', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop(), { tags: many(50) })
  const { code, message } = await s.fail({ 'task-definition-family': 'shop', tags: 'one=more' })
  expect(code).toBe('too-many-tags')
  expect(message).toMatch(/51 tags.*50/)
  expect(s.calls()).toEqual(['DescribeTaskDefinition'])
})

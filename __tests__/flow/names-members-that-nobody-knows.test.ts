import { expect, test } from '@jest/globals'
import { counter, shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()

test('a misspelt member of a file is kept, and named with its place', async () => {
  const s = scene()
  await s.file('shop.json', shop({ containerDefinitions: [counter({ enviroment: [{ name: 'A', value: 'hidden' }] })] }))
  const report = await s.succeed({ 'task-definition': 'shop.json' })
  const [text, ...others] = s.warnings(report).filter(warning => warning.includes('unknown to this version'))
  expect(text).toMatch(/`containerDefinitions\[counter\]\.enviroment`.*spelling/)
  expect(text).not.toContain('hidden')
  expect(others).toEqual([])
  expect(s.body('RegisterTaskDefinition')).toMatchObject({
    containerDefinitions: [{ enviroment: [{ name: 'A' }] }, {}]
  })
})

test('what only an answer has is not named: it is dropped', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  const report = await s.succeed({ 'task-definition-family': 'shop' })
  expect(s.warnings(report).join()).not.toContain('unknown to this version')
})

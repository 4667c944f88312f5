import { describe, expect, test } from '@jest/globals'
import { containerOf, counter, shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()

/** Three revisions, told apart by the image; the last one deregistered. */
function threeRevisions(): void {
  const { account } = scene()
  for (const version of [1, 2, 3]) {
    account.addTaskDefinition(shop({ containerDefinitions: [counter({ image: `counter:${version}` })] }))
  }
  account.deregister('shop:3')
}

const registeredImage = () => containerOf(scene().body('RegisterTaskDefinition'), 'counter').image

test("a family's latest ACTIVE revision, also when a newer one is INACTIVE", async () => {
  threeRevisions()
  const s = scene()
  const report = await s.succeed({ 'task-definition-family': 'shop' })
  expect(report.origin).toBe('family shop, latest ACTIVE revision 2')
  expect(registeredImage()).toBe('counter:2')
  expect(s.calls()).toEqual(['DescribeTaskDefinition', 'RegisterTaskDefinition'])
  expect(s.body('DescribeTaskDefinition')).toEqual({ taskDefinition: 'shop', include: ['TAGS'] })
  expect(report).toMatchObject({ baseArn: s.arn('task-definition/shop:2'), changed: true })
  expect(report.registration).toMatchObject({ outcome: 'registered', arn: s.arn('task-definition/shop:4') })
})

test('the revision of a family that is named, an older one too', async () => {
  threeRevisions()
  const report = await scene().succeed({ 'task-definition-family': 'shop', 'task-definition-revision': '1' })
  expect(report.origin).toBe('family shop, revision 1')
  expect(registeredImage()).toBe('counter:1')
})

test('an ARN', async () => {
  threeRevisions()
  const s = scene()
  const arn = s.arn('task-definition/shop:1')
  const report = await s.succeed({ 'task-definition-arn': arn })
  expect(report.origin).toBe(`revision ${arn}`)
  expect(s.body('DescribeTaskDefinition').taskDefinition).toBe(arn)
  expect(registeredImage()).toBe('counter:1')
})

describe('what the service runs', () => {
  test('is taken when no other source is named', async () => {
    threeRevisions()
    const s = scene()
    s.account.addService({ name: 'web', taskDefinition: 'shop:1' })
    const report = await s.succeed({ service: 'web' })
    expect(report.origin).toBe('what web runs now, shop:1')
    expect(s.bodies('DescribeTaskDefinition')[0]?.taskDefinition).toBe(s.arn('task-definition/shop:1'))
    expect(registeredImage()).toBe('counter:1')
    expect(s.runs('web')).toBe(s.arn('task-definition/shop:4'))
  })

  test('is read once for several services that agree', async () => {
    threeRevisions()
    const s = scene()
    for (const name of ['web', 'worker']) s.account.addService({ name, taskDefinition: 'shop:1' })
    const report = await s.succeed({ service: 'web, worker' })
    expect(report.origin).toBe('what web, worker run now, shop:1')
    expect(s.bodies('DescribeTaskDefinition')).toHaveLength(1)
    expect(s.bodies('RegisterTaskDefinition')).toHaveLength(1)
    expect([s.runs('web'), s.runs('worker')]).toEqual(Array(2).fill(s.arn('task-definition/shop:4')))
  })

  test('must be one revision for all, and the error says who runs what', async () => {
    threeRevisions()
    const s = scene()
    s.account.addService({ name: 'web', taskDefinition: 'shop:1' })
    s.account.addService({ name: 'worker', taskDefinition: 'shop:2' })
    const { code, message } = await s.fail({ service: 'web\nworker' })
    expect(code).toBe('services-differ')
    expect(message).toContain('web runs shop:1, worker runs shop:2')
    expect(message).toContain('task-definition-family')
    expect(s.calls()).toEqual(['DescribeServices'])
  })

  test('may differ when a source is named', async () => {
    threeRevisions()
    const s = scene()
    s.account.addService({ name: 'web', taskDefinition: 'shop:1' })
    s.account.addService({ name: 'worker', taskDefinition: 'shop:2' })
    await s.succeed({ service: 'web,worker', 'task-definition-family': 'shop' })
    expect([s.runs('web'), s.runs('worker')]).toEqual(Array(2).fill(s.arn('task-definition/shop:4')))
  })
})

describe('what is not there is an error that names it', () => {
  test.each([
    ['a family', { 'task-definition-family': 'bakery' }, 'bakery'],
    ['a family without an ACTIVE revision', { 'task-definition-family': 'gone' }, 'gone'],
    ['a revision', { 'task-definition-family': 'shop', 'task-definition-revision': '9' }, 'shop:9'],
    [
      'an ARN',
      { 'task-definition-arn': 'arn:aws:ecs:us-east-1:123456789012:task-definition/bakery:1' },
      'task-definition/bakery:1'
    ]
  ])('%s', async (_kind, inputs, name) => {
    threeRevisions()
    const s = scene()
    s.account.addTaskDefinition(shop({ family: 'gone' }))
    s.account.deregister('gone:1')
    const { code, message } = await s.fail({ ...inputs })
    expect(code).toBe('task-definition-not-found')
    expect(message).toContain(name)
    expect(message).toContain('aws-region')
    expect(s.calls()).toEqual(['DescribeTaskDefinition'])
  })
})

import { describe, expect, test } from '@jest/globals'
import { shop } from '../support/flow-definitions.ts'
import { CREATED_BY, useScene } from '../support/flow-scene.ts'

const scene = useScene()
const REGISTER = 'RegisterTaskDefinition'
const FAMILY = 'arn:aws:ecs:us-east-1:123456789012:task-definition/shop'
const TAGGING = { kind: 'deny', action: 'ecs:TagResource', resource: `${FAMILY}:*` } as const
const INPUTS = { 'task-definition-family': 'shop' }

describe('on registering', () => {
  test('with our marks only it registers without them and warns', async () => {
    const s = scene()
    s.account.addTaskDefinition(shop())
    s.standIn.fault({ operation: REGISTER, ...TAGGING })
    const report = await s.succeed(INPUTS)
    expect(s.bodies(REGISTER)).toHaveLength(2)
    expect(s.bodies(REGISTER)[0]?.tags).toEqual([{ key: 'levoai:created_by', value: CREATED_BY }])
    expect(s.bodies(REGISTER)[1]).not.toHaveProperty('tags')
    expect(report.registration).toMatchObject({ outcome: 'registered', arn: s.arn('task-definition/shop:2') })
    expect(s.warnings(report)).toContainEqual(expect.stringContaining('ecs:TagResource'))
  })

  test('what was registered without marks is unchanged on the next run', async () => {
    const s = scene()
    s.account.addTaskDefinition(shop())
    s.standIn.fault({ operation: REGISTER, ...TAGGING })
    await s.succeed(INPUTS)
    expect(await s.succeed(INPUTS)).toMatchObject({ changed: false })
  })

  test.each([
    ['kept', [{ key: 'team', value: 'shop' }], {}],
    ['given', [], { tags: 'team=shop' }]
  ])(
    'with %s tags it is an error with the statement to add, and nothing is registered',
    async (_whose, tags, inputs) => {
      const s = scene()
      s.account.addTaskDefinition(shop(), { tags })
      s.standIn.fault({ operation: REGISTER, ...TAGGING, times: Infinity })
      const { code, message } = await s.fail({ ...INPUTS, ...inputs })
      expect(code).toBe('access-denied')
      const statement = {
        Effect: 'Allow',
        Action: 'ecs:TagResource',
        Resource: `${FAMILY}*`,
        Condition: { StringEquals: { 'ecs:CreateAction': REGISTER } }
      }
      expect(message).toContain(JSON.stringify(statement))
      expect(s.bodies(REGISTER)).toHaveLength(1)
      expect(s.revisions('shop')).toBe(1)
    }
  )

  test('an answer that is lost on the way without marks still makes one revision', async () => {
    const s = scene()
    s.account.addTaskDefinition(shop())
    s.standIn.fault({ operation: REGISTER, ...TAGGING })
    s.standIn.fault({ operation: REGISTER, kind: 'lose-answer' })
    const report = await s.succeed(INPUTS)
    expect(report.registration?.arn).toBe(s.arn('task-definition/shop:2'))
    expect(s.revisions('shop')).toBe(2)
  })
})

describe('on the service', () => {
  function prepare(): void {
    const { account } = scene()
    account.addTaskDefinition(shop())
    account.addService({ name: 'web', taskDefinition: 'shop:1', tags: [{ key: 'team', value: 'shop' }] })
  }

  test('a service that was moved is tagged with who did it, its other tags stay', async () => {
    prepare()
    const s = scene()
    await s.succeed({ service: 'web' })
    const arn = s.arn('service/default/web')
    const tags = [{ key: 'levoai:modified_by', value: CREATED_BY }]
    expect(s.body('TagResource')).toEqual({ resourceArn: arn, tags })
    expect(s.account.tags.get(arn)).toEqual([{ key: 'team', value: 'shop' }, ...tags])
    expect(s.calls().at(-1)).toBe('TagResource')
  })

  test('a denial is a warning: the service is moved all the same', async () => {
    prepare()
    const s = scene()
    s.standIn.fault({ operation: 'TagResource', kind: 'deny', resource: s.arn('service/default/web') })
    const report = await s.succeed({ service: 'web' })
    expect(s.runs('web')).toBe(s.arn('task-definition/shop:2'))
    expect(report.services).toMatchObject([{ kind: 'moved', deployment: { outcome: 'started' } }])
    expect(s.warnings(report)).toContainEqual(
      expect.stringMatching(/^web was moved.*levoai:modified_by.*ecs:TagResource/s)
    )
  })

  test('a service that is not updated is not tagged', async () => {
    prepare()
    const s = scene()
    await s.succeed({ 'task-definition-family': 'shop' })
    s.account.addService({ name: 'there', taskDefinition: 'shop:2' })
    await s.succeed({ service: 'there' })
    expect(s.calls()).not.toContain('TagResource')
  })
})

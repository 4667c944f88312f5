import { expect, test } from '@jest/globals'
import { breakerRollsBack } from '../../stand-in/scripts.ts'
import { outcomes, useFleet } from '../support/fleet-scene.ts'
import { shop } from '../support/flow-definitions.ts'

const scene = useFleet()

test('services of one name in two clusters are told apart', async () => {
  const s = scene()
  s.service('us-east-1', 'blue', 'web', { family: 'blue' })
  s.service('us-east-1', 'green', 'web', { family: 'green' })
  s.script('us-east-1/green/web', breakerRollsBack())
  const { report } = await s.fail({ regions: 'us-east-1' })
  expect(outcomes(report)).toEqual({ 'us-east-1/blue/web': 'deployed', 'us-east-1/green/web': 'rolled-back' })
  expect([s.runs('us-east-1/blue/web'), s.runs('us-east-1/green/web')]).toEqual(['blue:2', 'green:1'])
})

test('registrations of one family follow one another, whatever revisions its services run', async () => {
  const s = scene()
  const account = s.in('us-east-1')
  for (const image of ['a', 'b', 'c', 'd']) {
    account.addTaskDefinition(shop({ family: 'shop', taskRoleArn: `arn:aws:iam::123456789012:role/${image}` }))
  }
  for (const revision of [1, 2, 3, 4]) {
    s.service('us-east-1', 'prod', `web-${revision}`, { family: 'shop', taskDefinition: `shop:${revision}` })
  }
  let underWay = 0
  let most = 0
  s.onCall = async (operation, send) => {
    if (operation !== 'RegisterTaskDefinition') return send()
    underWay += 1
    most = Math.max(most, underWay)
    try {
      return await send()
    } finally {
      underWay -= 1
    }
  }
  const report = await s.succeed({ clusters: 'prod', canary: '0' })
  expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['deployed']))
  expect(s.calls('RegisterTaskDefinition')).toHaveLength(4)
  expect(most).toBe(1)
  for (const revision of [1, 2, 3, 4]) {
    const now = account.findTaskDefinition(s.runs(`us-east-1/prod/web-${revision}`) ?? '')
    expect(now?.taskRoleArn).toBe(account.findTaskDefinition(`shop:${revision}`)?.taskRoleArn)
  }
})

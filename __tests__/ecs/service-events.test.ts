import { expect, test } from '@jest/globals'
import type { Ecs } from '../../src/ecs/ecs.ts'
import { describeFound, lookAtServices } from '../../src/ecs/services.ts'

const arn = 'arn:aws:ecs:us-east-1:123456789012:service/prod/web'
/** The newest first, as ECS has them. */
const events = [300, 200, 100].map(createdAt => ({ id: `id-${createdAt}`, createdAt, message: `at ${createdAt}` }))
const ecs = {
  region: 'us-east-1',
  call: async () => ({ services: [{ serviceArn: arn, serviceName: 'web', events }] })
} as unknown as Ecs

test.each([
  [0, [300, 200, 100]],
  [200, [300, 200]],
  [301, []]
])('a look holds the events since %d', async (eventsSince, times) => {
  const seen = await lookAtServices(ecs, 'prod', [{ arn, eventsSince }])
  expect(seen.get(arn)).toMatchObject({ events: events.filter(({ createdAt }) => times.includes(createdAt)) })
})

test('who asks for a service is given all of them', async () => {
  expect((await describeFound(ecs, 'prod', ['web']))[0]?.events).toEqual(events)
})

test('or none where none is wanted', async () => {
  expect((await describeFound(ecs, 'prod', ['web'], Number.POSITIVE_INFINITY))[0]?.events).toEqual([])
})

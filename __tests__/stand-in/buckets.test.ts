import { expect, test } from '@jest/globals'
import { rawCall } from './raw-call.ts'
import { useStage } from './stage.ts'

const stage = useStage()

/** How many of so many calls in a row pass. */
async function passing(calls: number, operation: string, body: Record<string, unknown> = {}): Promise<number> {
  const answers: number[] = []
  for (let call = 0; call < calls; call += 1) answers.push((await rawCall(stage().standIn, operation, body)).status)
  return answers.filter(status => status === 200).length
}

const bare = { family: 'bare', containerDefinitions: [{ name: 'app', image: 'nginx', memory: 128 }] }

test('calls are not throttled unless asked for', async () => {
  expect(await passing(60, 'ListClusters')).toBe(60)
})

test('a burst passes, then as many as are filled up by the second', async () => {
  const s = stage()
  s.account.enforceBuckets = true
  expect(await passing(25, 'RegisterTaskDefinition', bare)).toBe(20)
  expect(s.account.families.get('bare')).toHaveLength(20)
  expect(s.account.throttled).toEqual(new Map([['RegisterTaskDefinition', 5]]))
  s.at(3)
  expect(await passing(5, 'RegisterTaskDefinition', bare)).toBe(3)
  s.at(1000)
  expect(await passing(22, 'RegisterTaskDefinition', bare)).toBe(20)
})

test('a bucket is shared by its operations, and by no others', async () => {
  const s = stage()
  s.account.enforceBuckets = true
  expect(await passing(30, 'ListClusters')).toBe(30)
  expect(await passing(30, 'DescribeClusters')).toBe(20)
  expect(await passing(1, 'ListTaskDefinitions')).toBe(1)
  const { body } = await rawCall(s.standIn, 'ListClusters', {})
  expect(body).toEqual({ __type: 'ThrottlingException', message: 'Rate exceeded' })
  expect(Object.fromEntries(s.account.throttled)).toEqual({ DescribeClusters: 10, ListClusters: 1 })
})

test('what a fault throttles is not counted', async () => {
  const s = stage()
  s.account.enforceBuckets = true
  s.standIn.fault({ operation: 'ListClusters', kind: 'throttle' })
  expect(await passing(2, 'ListClusters')).toBe(1)
  expect(s.account.throttled.size).toBe(0)
})

test('what has no published bucket passes', async () => {
  const s = stage()
  s.account.enforceBuckets = true
  s.account.putLogEvents('g', 's', ['one'])
  const headers = { 'x-amz-target': 'Logs_20140328.GetLogEvents' }
  for (let call = 0; call < 120; call += 1) {
    const request = { logGroupName: 'g', logStreamName: 's' }
    expect((await rawCall(s.standIn, '', request, headers)).status).toBe(200)
  }
})

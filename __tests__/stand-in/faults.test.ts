import { DescribeTaskDefinitionCommand, type ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type StandIn, startStandIn } from '../../stand-in/server.ts'
import { rawCall, rawResponse } from './raw-call.ts'
import { sdkClient } from './sdk-client.ts'

const BARE = { family: 'bare', containerDefinitions: [{ name: 'app', image: 'nginx', memory: 128 }] }
const OPERATION = 'RegisterTaskDefinition'

let standIn: StandIn
let client: ECSClient
beforeEach(async () => {
  standIn = await startStandIn()
  client = sdkClient(standIn)
})
afterEach(async () => {
  client.destroy()
  await standIn.close()
})

const register = () => client.send(new RegisterTaskDefinitionCommand(BARE))
const revisions = () => standIn.account.families.get('bare')?.length ?? 0
const statuses = () => standIn.requests.map(({ status }) => status)

test('throttle', async () => {
  standIn.fault({ operation: OPERATION, kind: 'throttle' })
  await expect(register()).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' })
  await register()
  expect(statuses()).toEqual([400, 200])
  expect(revisions()).toBe(1)
})

test('deny', async () => {
  standIn.fault({ operation: OPERATION, kind: 'deny' })
  const role = 'arn:aws:iam::123456789012:role/web'
  standIn.fault({ operation: OPERATION, kind: 'deny', action: 'iam:PassRole', resource: role })
  const user = 'User: arn:aws:sts::123456789012:assumed-role/deployer/session is not authorized to perform:'
  await expect(register()).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message:
      `${user} ecs:RegisterTaskDefinition on resource: * ` +
      'because no identity-based policy allows the ecs:RegisterTaskDefinition action'
  })
  await expect(register()).rejects.toThrow(
    `${user} iam:PassRole on resource: ${role} because no identity-based policy allows the iam:PassRole action`
  )
  expect(revisions()).toBe(0)
})

test('error', async () => {
  const message = 'Too many concurrent attempts to create a new revision of the specified family.'
  standIn.fault({ operation: OPERATION, kind: 'error', status: 400, code: 'ClientException', message })
  await expect(register()).rejects.toMatchObject({ name: 'ClientException', message })
  expect(revisions()).toBe(0)
})

test('lose-answer carries the call out, reset does not', async () => {
  standIn.fault({ operation: OPERATION, kind: 'lose-answer' })
  await expect(register()).rejects.toThrow('socket hang up')
  expect(revisions()).toBe(1)
  standIn.fault({ operation: OPERATION, kind: 'reset' })
  await expect(register()).rejects.toThrow('socket hang up')
  expect(revisions()).toBe(1)
  expect(statuses()).toEqual(['lost', 'lost'])
})

test('the answer to a call that is refused is lost too', async () => {
  standIn.fault({ operation: OPERATION, kind: 'lose-answer' })
  await expect(rawCall(standIn, OPERATION, {})).rejects.toThrow('fetch failed')
})

test.each([true, false])('server-error, carried out: %s', async carriedOut => {
  standIn.fault({ operation: OPERATION, kind: 'server-error', carriedOut })
  const answer = await rawCall(standIn, OPERATION, BARE)
  expect(answer).toMatchObject({ status: 500, body: { __type: 'InternalFailure' } })
  expect(revisions()).toBe(carriedOut ? 1 : 0)
})

test.each([false, true])('hang answers nothing until the stand-in closes, carried out: %s', async carriedOut => {
  standIn.fault({ operation: OPERATION, kind: 'hang', carriedOut })
  const arrived = new Promise<void>(resolve => {
    standIn.fault({ operation: OPERATION, kind: 'before', act: () => resolve() })
  })
  const answer = rawCall(standIn, OPERATION, BARE)
  await arrived
  await standIn.close()
  await expect(answer).rejects.toThrow('fetch failed')
  expect(statuses()).toEqual(['lost'])
  expect(revisions()).toBe(carriedOut ? 1 : 0)
})

test.each([200, 502])('page answers HTML with the status %s, and nothing is carried out', async status => {
  standIn.fault({ operation: OPERATION, kind: 'page', status })
  const response = await rawResponse(standIn, OPERATION, BARE)
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toBe('text/html')
  expect(await response.text()).toContain('<html>')
  expect(statuses()).toEqual([status])
  expect(revisions()).toBe(0)
})

test('answer alters what comes back and leaves the account alone', async () => {
  const change = (answer: Record<string, unknown>) => {
    Object.assign(answer.taskDefinition as object, { family: 'altered' })
    return { ...answer, added: true }
  }
  standIn.fault({ operation: OPERATION, kind: 'answer', change })
  const { body } = await rawCall(standIn, OPERATION, BARE)
  expect(body).toMatchObject({ added: true, taskDefinition: { family: 'altered' } })
  const { taskDefinition } = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'bare' }))
  expect(taskDefinition?.family).toBe('bare')
})

test('before lets another actor in, and the call goes on', async () => {
  standIn.fault({ operation: OPERATION, kind: 'before', act: account => void account.addTaskDefinition(BARE) })
  expect((await register()).taskDefinition?.revision).toBe(2)
  expect((await register()).taskDefinition?.revision).toBe(3)
})

test('skip lets calls pass, times says how many are met', async () => {
  standIn.fault({ operation: OPERATION, kind: 'throttle', skip: 1, times: 2 })
  for (let call = 0; call < 4; call += 1) await rawCall(standIn, OPERATION, BARE)
  expect(statuses()).toEqual([200, 400, 400, 200])
})

test('Infinity meets all calls, of that operation only', async () => {
  standIn.fault({ operation: OPERATION, kind: 'throttle', times: Infinity })
  for (let call = 0; call < 3; call += 1) await rawCall(standIn, OPERATION, BARE)
  await rawCall(standIn, 'ListClusters', {})
  expect(statuses()).toEqual([400, 400, 400, 200])
})

test('faults that end a call are met one after the other', async () => {
  standIn.fault({ operation: OPERATION, kind: 'throttle' })
  standIn.fault({ operation: OPERATION, kind: 'server-error', carriedOut: false })
  for (let call = 0; call < 3; call += 1) await rawCall(standIn, OPERATION, BARE)
  expect(statuses()).toEqual([400, 500, 200])
})

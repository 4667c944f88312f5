import { describe, expect, test } from '@jest/globals'
import { isDenial, readDenial, remedyOf } from '../../src/ecs/denial.ts'

const ROLE = 'arn:aws:sts::123456789012:assumed-role/deploy/GitHubActions'
const SERVICE = 'arn:aws:ecs:us-east-1:123456789012:service/production/web'
const DENIED = `User: ${ROLE} is not authorized to perform: ecs:UpdateService on resource: ${SERVICE}`
const STATEMENT = `{"Effect":"Allow","Action":"ecs:UpdateService","Resource":"${SERVICE}"}`

const remedy = (message: string) => remedyOf(readDenial(message, 'UpdateService', 'web'))

describe('a right that no policy gives', () => {
  test.each([
    ['identity-based policy', 'the policy of the role that runs this step'],
    ['session policy', 'The policy that the session was begun with'],
    ['permissions boundary', 'The permissions boundary of the role'],
    ['service control policy', 'A service control policy of the organization'],
    ['resource control policy', 'A resource control policy of the organization'],
    ['VPC endpoint policy', 'The policy of the VPC endpoint'],
    ['resource-based policy', 'The policy of the resource']
  ])('%s: where the statement goes, who asked, and the statement', (kind, where) => {
    const text = remedy(`${DENIED} because no ${kind} allows the ecs:UpdateService action`)
    expect(text).toContain(where)
    expect(text).toContain(`(asked by ${ROLE})`)
    expect(text.endsWith(STATEMENT)).toBe(true)
  })

  test("a denial without its reason is taken for the role's", () => {
    expect(remedy(DENIED)).toContain('the policy of the role that runs this step')
  })

  test('a service that names nothing: what the call needs', () => {
    const text = remedy('You are not authorized to perform this operation.')
    expect(text).toContain('"Action":"ecs:UpdateService"')
    expect(text).toContain('service/CLUSTER/SERVICE')
    expect(text).not.toContain('asked by')
  })
})

describe('an explicit deny', () => {
  test.each([
    ['an identity-based policy', 'an identity-based policy'],
    ['a service control policy: arn:aws:organizations::1:policy/o-1/service_control_policy/p-1', 'p-1'],
    ['a permissions boundary', 'a permissions boundary'],
    ['a session policy', 'a session policy']
  ])('in %s: no statement is offered, since none would help', (where, named) => {
    const text = remedy(`${DENIED} with an explicit deny in ${where}`)
    expect(text).toContain('explicit deny')
    expect(text).toContain(named)
    expect(text).toContain(ROLE)
    expect(text).not.toContain('"Effect":"Allow"')
  })
})

test('what is a denial, and what is not', () => {
  expect(isDenial('AccessDeniedException', 'no')).toBe(true)
  expect(isDenial('ClientException', DENIED)).toBe(true)
  expect(isDenial('ClientException', 'TaskDefinition is inactive')).toBe(false)
})

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { beginDeployment } from '../../stand-in/rollouts.ts'
import type { ServiceSeed } from '../../stand-in/state.ts'
import { shop } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()
const WRITES = ['RegisterTaskDefinition', 'UpdateService', 'TagResource']

beforeEach(() => void scene().account.addTaskDefinition(shop()))
afterEach(() => {
  for (const operation of WRITES) expect(scene().calls()).not.toContain(operation)
  expect(scene().revisions('shop')).toBe(1)
})

function service(name: string, members: Partial<ServiceSeed> = {}): string {
  return scene().account.addService({ name, taskDefinition: 'shop:1', ...members })
}

describe('a service that cannot be moved', () => {
  test.each<[string, Partial<ServiceSeed>, string, RegExp]>([
    ['is INACTIVE', { status: 'INACTIVE' }, 'service-not-active', /web is INACTIVE/],
    ['is DRAINING', { status: 'DRAINING' }, 'service-not-active', /web is DRAINING/],
    ['has an EXTERNAL controller', { deploymentController: { type: 'EXTERNAL' } }, 'controller', /web .*EXTERNAL/]
  ])('%s', async (_state, members, code, words) => {
    service('web', members)
    const failure = await scene().fail({ service: 'web' })
    expect(failure.code).toBe(code)
    expect(failure.message).toMatch(words)
    expect(failure.report.registration).toBeUndefined()
  })

  test('is not there', async () => {
    service('web')
    const { code, message } = await scene().fail({ service: 'web,shopp,tilll', cluster: 'default' })
    expect(code).toBe('service-not-found')
    expect(message).toContain('shopp, tilll')
    expect(message).toContain('cluster default')
    expect(message).not.toMatch(/service web/)
  })

  test('is in a cluster that is not there', async () => {
    const { code, message } = await scene().fail({ service: 'web', cluster: 'nowhere' })
    expect(code).toBe('cluster-not-found')
    expect(message).toContain('web in cluster nowhere')
  })

  test('has a deployment under way', async () => {
    const s = scene()
    const other = s.account.addTaskDefinition(shop({ family: 'other' }))
    const deployment = beginDeployment(s.account, service('web'), other)
    const { code, message } = await s.fail({ service: 'web', 'task-definition-family': 'shop' })
    expect(code).toBe('deployment-in-progress')
    expect(message).toContain(deployment.id)
    expect(message).toContain(other)
    expect(message).toContain('on-deployment-in-progress: wait or replace')
  })
})

test('what is in the way of any service is said in one message', async () => {
  const s = scene()
  service('good')
  service('gone', { status: 'INACTIVE' })
  service('blue', { deploymentController: { type: 'CODE_DEPLOY' } })
  beginDeployment(s.account, service('busy'), s.arn('task-definition/shop:1'))
  const { message } = await s.fail({ service: 'good,gone,blue,busy' })
  for (const name of ['gone is INACTIVE', 'blue is deployed by CodeDeploy', 'busy has a deployment']) {
    expect(message).toContain(name)
  }
  expect(message).not.toContain('good')
  expect(message).toContain('nothing was registered or moved')
})

test('a service that CodeDeploy deploys goes alone', async () => {
  service('blue', { deploymentController: { type: 'CODE_DEPLOY' } })
  service('good')
  const { code, message } = await scene().fail({ service: 'good,blue' })
  expect(code).toBe('controller')
  expect(message).toContain('blue is deployed by CodeDeploy (deployment controller CODE_DEPLOY)')
  expect(message).toContain('Give it a step of its own')
  expect(scene().calls()).not.toContain('GetDeploymentGroup')
})

test('a dry run refuses the same', async () => {
  service('web', { deploymentController: { type: 'EXTERNAL' } })
  const { code } = await scene().fail({ service: 'web', 'dry-run': 'true' })
  expect(code).toBe('controller')
})

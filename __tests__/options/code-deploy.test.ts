import { describe, expect, test } from '@jest/globals'
import { parse, problemsWith } from '../support/parsed.ts'

const ALL = {
  'codedeploy-appspec': 'deploy/appspec.yaml',
  'codedeploy-application': 'shop',
  'codedeploy-deployment-group': 'web',
  'codedeploy-deployment-description': ' the sensor\nis new ',
  'codedeploy-deployment-config': 'CodeDeployDefault.ECSAllAtOnce'
}
const NAMES = Object.keys(ALL)

test('they are taken as given, a description of several lines too', async () => {
  const { codeDeploy } = await parse({ service: 'web', ...ALL })
  expect(codeDeploy).toEqual({
    appSpec: 'deploy/appspec.yaml',
    application: 'shop',
    group: 'web',
    description: 'the sensor\nis new',
    config: 'CodeDeployDefault.ECSAllAtOnce'
  })
})

test('without them nothing is set: the defaults go by cluster and service', async () => {
  const { codeDeploy } = await parse({ service: 'web' })
  expect(Object.values(codeDeploy)).toEqual([undefined, undefined, undefined, undefined, undefined])
})

describe('each', () => {
  test.each(NAMES)('%s is for one service', async name => {
    const raw = { [name]: 'x' }
    expect(await problemsWith({ ...raw, service: 'web' })).toEqual([])
    expect(await problemsWith({ ...raw, service: 'web,web' })).toEqual([])
    expect(await problemsWith({ ...raw, service: 'web,api,jobs' })).toEqual([
      `${name}: is for one service only, not for 3`
    ])
  })

  test.each(NAMES)('%s has nothing to do in mode verify', async name => {
    const raw = { 'task-definition': '', mode: 'verify', service: 'web', [name]: 'x' }
    expect(await problemsWith(raw)).toEqual([`${name}: must not be given in mode verify, which changes nothing`])
  })

  test.each(NAMES)('%s without service is a warning', async name => {
    const { notes } = await parse({ [name]: 'x' })
    expect(notes).toContainEqual({ level: 'warning', text: `${name} has no effect without service` })
  })

  test.each(NAMES.filter(name => !name.endsWith('description')))('%s is one line', async name => {
    expect(await problemsWith({ service: 'web', [name]: 'a\nb' })).toEqual([`${name}: must be one line, not several`])
  })
})

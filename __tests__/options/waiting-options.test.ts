import { describe, expect, test } from '@jest/globals'
import { parse, problemsWith } from '../support/parsed.ts'

const WAITING = { service: 'shop', 'wait-for-service-stability': 'true' }
const VERIFY = { 'task-definition': '', mode: 'verify', service: 'shop' }
const ARN = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:7'

describe('what waiting comes to', () => {
  test('by default', async () => {
    expect(await parse(WAITING)).toMatchObject({
      until: 'deploy',
      waits: true,
      follow: { minutes: 30, maxDelay: 15, verify: 'require', settle: 60, rollback: false },
      patience: { minutes: 30, maxDelay: 15 },
      notes: []
    })
  })

  test('with everything given', async () => {
    const raw = {
      ...WAITING,
      'wait-for-minutes': '45',
      'wait-max-delay-seconds': '30',
      'verify-sensor': 'warn',
      'sensor-settle-seconds': '120',
      'rollback-on-failure': 'TRUE',
      'on-deployment-in-progress': 'wait'
    }
    expect(await parse(raw)).toMatchObject({
      follow: { minutes: 45, maxDelay: 30, verify: 'warn', settle: 120, rollback: true },
      patience: { minutes: 45, maxDelay: 30 },
      deploy: { onDeploymentInProgress: 'wait' }
    })
  })

  test.each([{}, { service: 'shop' }, { ...WAITING, 'wait-for-service-stability': 'False' }])(
    'without it nothing is followed: %j',
    async raw => {
      const { follow, waits } = await parse(raw)
      expect(follow).toBeUndefined()
      expect(waits).toBe(false)
    }
  )

  test('on-deployment-in-progress: wait has its patience without following', async () => {
    const raw = { service: 'shop', 'on-deployment-in-progress': 'wait', 'wait-for-minutes': '5' }
    expect(await parse(raw)).toMatchObject({ patience: { minutes: 5, maxDelay: 15 }, waits: false, notes: [] })
  })

  test.each([
    ['a dry run', { ...WAITING, 'dry-run': 'true' }],
    ['no registering', { 'wait-for-service-stability': 'true', register: 'false' }]
  ])('%s stops before there is anything to follow', async (_name, raw) => {
    expect(await parse(raw)).toMatchObject({ until: 'render' })
  })

  test('removing is followed as installing is', async () => {
    const raw = { ...WAITING, mode: 'remove', 'task-definition': '', 'rollback-on-failure': 'true' }
    expect(await parse(raw)).toMatchObject({ until: 'deploy', follow: { verify: 'require', rollback: true } })
  })
})

describe('ranges', () => {
  test.each([
    ['wait-for-minutes', '1', '360'],
    ['wait-max-delay-seconds', '1', '120'],
    ['sensor-settle-seconds', '0', '600']
  ])('%s: from %s to %s', async (name, least, most) => {
    expect(await problemsWith({ ...WAITING, [name]: least })).toEqual([])
    expect(await problemsWith({ ...WAITING, [name]: most })).toEqual([])
    for (const value of [`${Number(least) - 1}`, `${Number(most) + 1}`, '2.5', '1m']) {
      const problem = `${name}: must be a whole number from ${least} to ${most}, not "${value}"`
      expect(await problemsWith({ ...WAITING, [name]: value })).toEqual([problem])
    }
  })

  test.each([
    ['wait-for-service-stability', 'yes', 'must be true or false, not "yes"'],
    ['rollback-on-failure', '1', 'must be true or false, not "1"'],
    ['verify-sensor', 'true', 'must be one of require, warn, off, not "true"'],
    ['on-deployment-in-progress', 'Wait', 'must be one of error, wait, replace, not "Wait"'],
    ['mode', 'check', 'must be one of install, remove, verify, restore, discover, not "check"']
  ])('%s: %s', async (name, value, problem) => {
    const others = Object.fromEntries(Object.entries(WAITING).filter(([key]) => key !== name))
    expect(await problemsWith({ ...others, [name]: value })).toEqual([`${name}: ${problem}`])
  })
})

describe('what only a step that waits can do', () => {
  test.each(['require', 'warn', 'off'])('verify-sensor: %s', async value => {
    const [problem, ...others] = await problemsWith({ service: 'shop', 'verify-sensor': value })
    expect(problem).toMatch(/^verify-sensor: needs wait-for-service-stability: true \(or mode: verify\)/)
    expect(others).toEqual([])
  })

  test('rollback-on-failure', async () => {
    const [problem, ...others] = await problemsWith({ service: 'shop', 'rollback-on-failure': 'true' })
    expect(problem).toMatch(/^rollback-on-failure: needs wait-for-service-stability: true/)
    expect(others).toEqual([])
  })

  test('both are said at once, in mode remove too', async () => {
    const raw = { service: 'shop', mode: 'remove', 'verify-sensor': 'warn', 'rollback-on-failure': 'true' }
    expect(await problemsWith(raw)).toEqual([
      expect.stringMatching(/^verify-sensor: /),
      expect.stringMatching(/^rollback-on-failure: /)
    ])
  })

  test.each([
    { service: 'shop', 'rollback-on-failure': 'false' },
    { service: 'shop', 'sensor-settle-seconds': '10' },
    { service: 'shop', 'verify-sensor': ' ' },
    { ...WAITING, 'verify-sensor': 'off', 'rollback-on-failure': 'true' }
  ])('accepted is %j', async raw => {
    expect(await problemsWith(raw)).toEqual([])
  })
})

describe('waiting without a service', () => {
  test.each([undefined, ' , ', '\n'])('is a warning: service %j', async service => {
    const raw = { 'wait-for-service-stability': 'true', ...(service !== undefined && { service }) }
    const { notes, until } = await parse(raw)
    expect(until).toBe('register')
    expect(notes).toEqual([{ level: 'warning', text: 'wait-for-service-stability has no effect without service' }])
  })

  test.each([{}, { 'wait-for-service-stability': 'false' }, WAITING])('is none in %j', async raw => {
    expect((await parse(raw)).notes).toEqual([])
  })
})

describe('mode verify', () => {
  test('needs a service and nothing else, and judges without waiting', async () => {
    const none = { 'satellite-url': '', 'levo-env': '', 'levoai-org-id': '' }
    expect(await parse({ ...VERIFY, ...none })).toMatchObject({
      until: 'verify',
      services: ['shop'],
      waits: false,
      change: { kind: 'keep', image: 'levoai/pcap-sensor:0.1.9' },
      follow: { minutes: 30, maxDelay: 15, verify: 'require', settle: 60, rollback: false },
      notes: []
    })
  })

  test('may warn only, settle longer, wait, and know a mirror', async () => {
    const raw = {
      ...VERIFY,
      'verify-sensor': 'warn',
      'sensor-settle-seconds': '300',
      'wait-for-service-stability': 'true',
      image: 'mirror/tap:1'
    }
    expect(await parse(raw)).toMatchObject({
      waits: true,
      change: { kind: 'keep', image: 'mirror/tap:1' },
      follow: { verify: 'warn', settle: 300 }
    })
  })

  test.each([
    ['task-definition', 'task-definition.json'],
    ['task-definition-family', 'shop'],
    ['task-definition-arn', ARN]
  ])('takes no source: %s', async (name, value) => {
    expect(await problemsWith({ ...VERIFY, [name]: value })).toEqual([
      `${name}: must not be given in mode verify, which looks at what the service runs`
    ])
  })

  test.each([undefined, ' ', ' , ', '\n,\n'])('needs a service that has a name: %j', async service => {
    const raw = { ...VERIFY, service: service ?? '' }
    expect(await problemsWith(raw)).toEqual(['service: is needed in mode verify, and is empty or not given'])
  })

  test('may not be off', async () => {
    expect(await problemsWith({ ...VERIFY, 'verify-sensor': 'off' })).toEqual([
      'verify-sensor: must not be off in mode verify'
    ])
  })

  test.each(['false', 'true'])('puts nothing back, waiting or not: %s', async waits => {
    const raw = { ...VERIFY, 'wait-for-service-stability': waits, 'rollback-on-failure': 'true' }
    expect(await problemsWith(raw)).toEqual([
      'rollback-on-failure: must not be given in mode verify, which changes nothing'
    ])
  })

  test('what is wrong is said at once', async () => {
    const problems = await problemsWith({
      mode: 'verify',
      service: '',
      'verify-sensor': 'off',
      'rollback-on-failure': 'true',
      'wait-for-minutes': '0'
    })
    expect(problems.map(problem => problem.slice(0, problem.indexOf(':'))).sort()).toEqual([
      'rollback-on-failure',
      'service',
      'task-definition',
      'verify-sensor',
      'wait-for-minutes'
    ])
  })
})

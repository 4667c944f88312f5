import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { coalesce } from '../../src/ecs/coalesce.ts'
import type { CallOptions, Ecs, Input, Operation, Output } from '../../src/ecs/ecs.ts'
import { StepError } from '../../src/errors.ts'
import { VirtualClock } from '../support/virtual-clock.ts'

const PREFIX = 'arn:aws:ecs:us-east-1:123456789012'

interface Made {
  readonly operation: string
  readonly asked: readonly string[]
  readonly input: object
  readonly options: CallOptions
  /** Milliseconds from the beginning. */
  readonly at: number
}

type Members = Readonly<Record<string, unknown>>

/** An ECS that has every service and task whose name does not begin with `no`, and fails for what it is told to. */
class Fake implements Ecs {
  readonly region = 'us-east-1'
  readonly clock = new VirtualClock()
  readonly calls: Made[] = []
  fails: (asked: readonly string[]) => StepError | undefined = () => undefined
  private readonly beginning = this.clock.now()

  async call<O extends Operation>(operation: O, input: Input<O>, options: CallOptions): Promise<Output<O>> {
    const members = input as Members
    const asked = (members.services ?? members.tasks ?? members.serviceDeploymentArns ?? []) as string[]
    this.calls.push({ operation, asked, input, options, at: this.clock.now() - this.beginning })
    const error = this.fails(asked)
    if (error !== undefined) throw error
    return answerTo(operation, members, asked) as Output<O>
  }
}

/** In an order of its own, as ECS answers. */
function answerTo(operation: Operation, members: Members, asked: readonly string[]): Members {
  const arns = [...asked]
    .reverse()
    .map(each => (each.startsWith('arn:') ? each : `${PREFIX}:x/${members.cluster}/${each}`))
  const there = arns.filter(arn => !/\/no[^/]*$/.test(arn))
  const failures = arns.filter(arn => !there.includes(arn)).map(arn => ({ arn, reason: 'MISSING' }))
  const extra = { include: members.include }
  if (operation === 'DescribeServices')
    return { services: there.map(serviceArn => ({ serviceArn, ...extra })), failures, unknown: 1 }
  if (operation === 'DescribeTasks') return { tasks: there.map(taskArn => ({ taskArn })), failures }
  return { serviceDeployments: there.map(serviceDeploymentArn => ({ serviceDeploymentArn })), failures }
}

function setUp(): { fake: Fake; ecs: Ecs } {
  const fake = new Fake()
  return { fake, ecs: coalesce(fake, fake.clock) }
}

const look = (ecs: Ecs, services: string[], more: object = {}, options: Partial<CallOptions> = {}) =>
  ecs.call('DescribeServices', { cluster: 'prod', services, ...more }, { on: services.join('+'), ...options })

const namesIn = ({ services = [] }: Output<'DescribeServices'>) =>
  services.map(({ serviceArn = '' }) => serviceArn.replace(/.*\//, ''))

const asked = (fake: Fake) => fake.calls.map(call => call.asked)

const denied = (on: string) => new StepError({ code: 'access-denied', what: `denied on ${on}` })

describe('calls at about the same time', () => {
  test('travel together, and each is given its own, in its own order', async () => {
    const { fake, ecs } = setUp()
    const first = look(ecs, ['a', 'b'])
    await fake.clock.sleep(0.1)
    const answers = await Promise.all([first, look(ecs, ['d', 'no', 'c'])])
    expect(asked(fake)).toEqual([['a', 'b', 'd', 'no', 'c']])
    expect(answers.map(namesIn)).toEqual([
      ['a', 'b'],
      ['d', 'c']
    ])
    expect(answers.map(({ failures }) => failures)).toEqual([[], [{ arn: `${PREFIX}:x/prod/no`, reason: 'MISSING' }]])
    expect(answers[0]).toHaveProperty('unknown', 1)
  })

  test('0.2 s after the first one they leave, whenever others came', async () => {
    const { fake, ecs } = setUp()
    const calls = []
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      calls.push(look(ecs, [name]))
      await fake.clock.sleep(0.09)
    }
    await Promise.all(calls)
    expect(fake.calls.map(({ asked, at }) => [asked, at])).toEqual([
      [['a', 'b', 'c'], 200],
      [['d', 'e'], 470]
    ])
  })

  test('what two ask for is asked for once, by name or by ARN', async () => {
    const { fake, ecs } = setUp()
    const arn = `${PREFIX}:service/prod/a`
    const answers = await Promise.all([look(ecs, ['a', 'b']), look(ecs, ['b', 'a', 'b']), look(ecs, [arn])])
    expect(asked(fake)).toEqual([['a', 'b', arn]])
    expect(answers.map(namesIn)).toEqual([['a', 'b'], ['b', 'a'], ['a']])
  })

  test.each([
    ['the cluster', { cluster: 'other' }, {}],
    ['what is included', { include: ['TAGS' as const] }, {}],
    ['the patience', {}, { single: true }]
  ])('not those that differ in %s', async (_what, more, options) => {
    const { fake, ecs } = setUp()
    await Promise.all([look(ecs, ['a']), look(ecs, ['b'], more, options), look(ecs, ['c'])])
    expect(asked(fake)).toEqual([['a', 'c'], ['b']])
    expect(fake.calls[1]).toMatchObject({ input: more, options })
  })

  test('the subject of the call are those of its members', async () => {
    const { fake, ecs } = setUp()
    await Promise.all(['a', 'b', 'a'].map(name => look(ecs, [name])))
    expect(fake.calls[0]?.options).toEqual({ on: 'a, b' })
  })
})

describe('at most so many travel in one call', () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`.replace('n', 's'))
  test.each([
    ['DescribeServices', 10, (ecs: Ecs, name: string) => look(ecs, [name])],
    [
      'DescribeTasks',
      100,
      (ecs: Ecs, name: string) => ecs.call('DescribeTasks', { cluster: 'prod', tasks: [name] }, { on: name })
    ],
    [
      'DescribeServiceDeployments',
      20,
      (ecs: Ecs, name: string) =>
        ecs.call('DescribeServiceDeployments', { serviceDeploymentArns: [`${PREFIX}:sd/${name}`] }, { on: name })
    ]
  ])('%s: %i', async (_operation, most, call) => {
    const { fake, ecs } = setUp()
    const all = names(most * 2 + 1)
    const answers = await Promise.all(all.map(name => call(ecs, name)))
    expect(fake.calls.map(each => each.asked.length)).toEqual([most, most, 1])
    expect(answers.map(answer => JSON.stringify(answer).match(/\/(s\d+)"/)?.[1])).toEqual(all)
  })

  test('one whose own are in two calls is given both parts', async () => {
    const { fake, ecs } = setUp()
    const answers = await Promise.all([look(ecs, names(8)), look(ecs, ['x', 'y', 'z', 'no'])])
    expect(asked(fake)).toEqual([
      [...names(8), 'x', 'y'],
      ['z', 'no']
    ])
    expect(answers.map(namesIn)).toEqual([names(8), ['x', 'y', 'z']])
    expect(answers[1]?.failures).toHaveLength(1)
  })
})

describe('errors', () => {
  test('of a shared call are those of all in it', async () => {
    const { fake, ecs } = setUp()
    const error = new StepError({ code: 'throttled', what: 'too much' })
    fake.fails = () => error
    const outcomes = await Promise.allSettled([look(ecs, ['a']), look(ecs, ['b'])])
    expect(outcomes.map(outcome => outcome.status === 'rejected' && outcome.reason)).toEqual([error, error])
    expect(fake.calls).toHaveLength(1)
  })

  test.each(['access-denied', 'refused'])('%s about one hides no other', async code => {
    const { fake, ecs } = setUp()
    fake.fails = names =>
      names.includes('secret') ? new StepError({ code, what: `not ${names.join(', ')}` }) : undefined
    const outcomes = await Promise.allSettled([look(ecs, ['b', 'a']), look(ecs, ['secret']), look(ecs, ['c'])])
    expect(asked(fake)).toEqual([['b', 'a', 'secret', 'c'], ['b', 'a'], ['secret'], ['c']])
    expect(fake.calls.map(({ options }) => options.on)).toEqual(['b+a, secret, c', 'b+a', 'secret', 'c'])
    expect(outcomes).toMatchObject([
      { status: 'fulfilled', value: { services: [{}, {}] } },
      { status: 'rejected', reason: { code, message: 'not secret' } },
      { status: 'fulfilled' }
    ])
  })

  test('of a call that was one caller alone is not asked for again', async () => {
    const { fake, ecs } = setUp()
    fake.fails = names => denied(names.join(', '))
    await expect(Promise.all([look(ecs, ['a', 'b']), look(ecs, ['b', 'a'])])).rejects.toThrow('denied on a, b')
    expect(fake.calls).toHaveLength(1)
  })

  test('in one of two calls: only that part is asked for again', async () => {
    const { fake, ecs } = setUp()
    fake.fails = names => (names.includes('secret') ? denied('secret') : undefined)
    const nine = ['0', '1', '2', '3', '4', '5', '6', '7', 'secret']
    const [first, second] = await Promise.allSettled([look(ecs, nine), look(ecs, ['x', 'y'])])
    expect(asked(fake)).toEqual([[...nine, 'x'], ['y'], nine, ['x']])
    expect(first.status).toBe('rejected')
    expect(second.status === 'fulfilled' && namesIn(second.value)).toEqual(['x', 'y'])
  })

  test('of the clock: who waited by it, and none after', async () => {
    const fake = new Fake()
    let fails = true
    const sleep = async () => {
      if (fails) throw new Error('cancelled')
    }
    const ecs = coalesce(fake, { sleep })
    await expect(look(ecs, ['a'])).rejects.toThrow('cancelled')
    fails = false
    expect(namesIn(await look(ecs, ['a']))).toEqual(['a'])
  })
})

describe('at once goes', () => {
  const ten = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
  test.each<[string, (ecs: Ecs) => Promise<unknown>]>([
    ['another operation', ecs => ecs.call('ListTasks', { cluster: 'prod' }, { on: 'prod' })],
    ['a call that is full', ecs => look(ecs, ten)],
    ['a call of more than may be asked for', ecs => look(ecs, [...ten, 'a'])],
    ['a call for nothing', ecs => look(ecs, [])],
    ['a call that must not be made twice', ecs => look(ecs, ['a'], {}, { repeatable: false })]
  ])('%s', async (_what, call) => {
    const { fake, ecs } = setUp()
    await call(ecs)
    expect(fake.clock.slept).toEqual([])
    expect(fake.calls).toHaveLength(1)
  })
})

test('each is given what it would have been given alone', async () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'no1', 'no2')
  const caller = fc.tuple(fc.uniqueArray(name, { minLength: 1 }), fc.integer({ min: 0, max: 300 }))
  await fc.assert(
    fc.asyncProperty(fc.array(caller, { minLength: 1, maxLength: 30 }), async callers => {
      const { fake, ecs } = setUp()
      const answers = await Promise.all(
        callers.map(async ([services, delay]) => {
          await fake.clock.sleep(delay / 1000)
          return look(ecs, services)
        })
      )
      for (const [index, [services]] of callers.entries()) {
        expect(namesIn(answers[index] ?? {})).toEqual(services.filter(each => !each.startsWith('no')))
        expect(answers[index]?.failures?.map(({ arn = '' }) => arn.replace(/.*\//, ''))).toEqual(
          services.filter(each => each.startsWith('no'))
        )
      }
      // Nine names in 0.3 s: two windows of one call each.
      expect(fake.calls.length).toBeLessThanOrEqual(2)
      for (const { asked: each } of fake.calls) expect(new Set(each).size).toBe(each.length)
    }),
    { numRuns: 50 }
  )
})

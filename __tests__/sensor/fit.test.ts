import { describe, expect, test } from '@jest/globals'
import { checkFit, type FitOptions } from '../../src/sensor/fit.ts'
import type { Container, JsonObject } from '../../src/task-definition/definition.ts'
import { fargateDefinition, unsizedDefinition } from '../fixtures/definitions.ts'

const KEEP: FitOptions = { taskSize: 'keep' }
const UNCHECKED: FitOptions = { taskSize: 'unchecked' }

function fitOf(task: JsonObject, app: readonly JsonObject[], sensor: JsonObject, options = KEEP) {
  const others = app.map((part, index): Container => ({ name: `part${index}`, ...part }))
  const own = { name: 'sensor', ...sensor }
  return checkFit(fargateDefinition({ ...task, containerDefinitions: [...others, own] }), others, own, options)
}

/** What is said, without its places. */
function check(...given: Parameters<typeof fitOf>) {
  const { problems, warnings, waysOut } = fitOf(...given)
  return { problems: problems.map(({ text }) => text), warnings: warnings.map(({ text }) => text), waysOut }
}

const small = { cpu: '1024', memory: '2048' }

describe('what fits to the last unit, and what is one over', () => {
  test.each([
    ['CPU', small, [{ cpu: 500 }, { cpu: 268 }], { cpu: 256 }, undefined],
    [
      'CPU one over',
      small,
      [{ cpu: 500 }, { cpu: 269 }],
      { cpu: 256 },
      'the containers reserve 1025 CPU units (part0 500 + part1 269 + sensor 256), the task has 1024'
    ],
    ['memory', small, [{ memory: 1848 }], { memory: 200 }, undefined],
    [
      'memory one over',
      small,
      [{ memory: 1849 }],
      { memory: 200 },
      'the containers claim 2049 MiB of memory (part0 1849 + sensor 200), the task has 2048'
    ],
    ['reservation', small, [{ memoryReservation: 1848, memory: 2048 }], { memory: 200 }, undefined],
    ['reservation one over', small, [{ memoryReservation: 1849, memory: 2048 }], { memory: 200 }, 'claim 2049 MiB'],
    ['own reservation', small, [{ memory: 1948 }], { memory: 200, memoryReservation: 100 }, undefined],
    ['own reservation one over', small, [{ memory: 1949 }], { memory: 200, memoryReservation: 100 }, 'claim 2049 MiB'],
    ['limit', small, [{}], { memory: 2048, memoryReservation: 6 }, undefined],
    [
      'limit one over',
      small,
      [{}],
      { memory: 2049, memoryReservation: 6 },
      'sensor has a memory limit of 2049 MiB, the task has 2048'
    ],
    ['reservation at its own limit', small, [{}], { memory: 200, memoryReservation: 200 }, undefined],
    [
      'reservation above its own limit',
      small,
      [{}],
      { memory: 200, memoryReservation: 201 },
      "the sensor's memory-reservation of 201 MiB is above its memory of 200 MiB"
    ],
    [
      'sizes in words',
      { cpu: '1 vCPU', memory: '2 GB' },
      [{ cpu: '768', memory: '1848' }],
      { cpu: 256, memory: 200 },
      undefined
    ]
  ])('%s', (_name, task, app, sensor, problem) => {
    const { problems, warnings } = check(task, app, sensor)
    expect(problems).toEqual(problem === undefined ? [] : [expect.stringContaining(problem)])
    expect(warnings).toEqual([])
  })

  test.each([
    [9, []],
    [10, ['there are 11 containers, ECS takes 10 in a task definition']]
  ])('%i containers and the sensor', (count, problems) => {
    expect(
      check(
        small,
        Array.from({ length: count }, () => ({ cpu: 1 })),
        {}
      ).problems
    ).toEqual(problems)
  })

  test('all that does not fit is said at once', () => {
    expect(check(small, [{ cpu: 1024, memory: 2048 }], { cpu: 1, memory: 1 }).problems).toHaveLength(2)
  })

  test('without a task size nothing can be too large', () => {
    const others = [{ name: 'shop', cpu: 9999, memory: 99999 }]
    const fit = checkFit(unsizedDefinition(), others, { name: 'sensor', cpu: 512, memory: 512 }, KEEP)
    expect(fit).toMatchObject({ problems: [], warnings: [] })
  })
})

describe('what is broken without the sensor already is a warning', () => {
  test.each([
    [
      'CPU',
      [{ cpu: 1025 }],
      { cpu: 1 },
      'the containers reserve 1025 CPU units (part0 1025), the task has 1024, without the sensor already'
    ],
    ['memory', [{ memory: 1025 }, { memory: 1024 }], { memory: 1 }, 'the containers claim 2049 MiB of memory'],
    ['a limit', [{ memory: 2049, memoryReservation: 6 }], { memory: 100 }, 'part0 has a memory limit of 2049 MiB'],
    ['the number', Array.from({ length: 11 }, () => ({})), {}, 'there are 11 containers']
  ])('%s', (_name, app, sensor, warning) => {
    const { problems, warnings } = check(small, app, sensor)
    expect(problems).toEqual([])
    expect(warnings).toEqual([expect.stringContaining(warning)])
    expect(warnings[0]).toMatch(/, without the sensor already$/)
  })

  test("but a limit of the sensor's own above the task's is still a problem", () => {
    const { problems } = check(small, [{ memory: 2049, memoryReservation: 6 }], { memory: 4096, memoryReservation: 6 })
    expect(problems).toEqual([expect.stringContaining('sensor has a memory limit of 4096 MiB')])
  })
})

describe('what ECS begins to refuse because of the sensor is an error, though we saw it as broken before', () => {
  const overcommitted = [{ memory: 2000, memoryReservation: 1000 }, { memory: 1500 }]

  test.each([KEEP, UNCHECKED])('%j', options => {
    const { problems } = check(small, overcommitted, { memory: 1100, memoryReservation: 1100 }, options)
    expect(problems).toEqual([expect.stringContaining('claim 3600 MiB')])
    const { problems: none } = check(small, overcommitted, { memory: 1100, memoryReservation: 1048 }, options)
    expect(none).toEqual([])
  })
})

describe('the length of the definition', () => {
  const filler = (length: number) => [{ cpu: 1, command: ['x'.repeat(length)] }]
  const lengthOf = (length: number) => check(small, filler(length), { cpu: 1 })

  test('may be 65536 bytes; more is a problem unless it was so before', () => {
    const fits = (length: number) => lengthOf(length).problems.length === 0
    const room = Array.from({ length: 536 }, (_, index) => 65000 + index).findIndex(length => !fits(length)) + 64999
    expect(lengthOf(room)).toMatchObject({ problems: [], warnings: [] })
    const { problems, waysOut } = lengthOf(room + 1)
    expect(problems).toEqual(['the task definition has 65537 bytes, ECS takes 65536'])
    expect(waysOut).toMatch(/^The task is large enough. Ways out:\n- fewer or shorter container definitions\n- /)
    expect(lengthOf(70000).warnings).toEqual([expect.stringContaining('without the sensor already')])
  })

  test('is counted in bytes', () => {
    expect(check(small, [{ command: ['ä'.repeat(33000)] }], {}).warnings).toHaveLength(1)
  })
})

describe('unchecked', () => {
  test('makes a warning of what only we refuse: limits that add up to more than the task has', () => {
    const { problems, warnings } = check(small, [{ memory: 2000 }], { memory: 200 }, UNCHECKED)
    expect(problems).toEqual([])
    expect(warnings).toEqual([expect.stringMatching(/claim 2200 MiB .* \(unchecked\)$/)])
  })

  test.each([
    ['the CPU sum', [{ cpu: 1024 }], { cpu: 1 }],
    ['the sum of reservations', [{ memoryReservation: 2000 }], { memory: 200, memoryReservation: 49 }],
    ['a limit above the task', [{}], { memory: 2049, memoryReservation: 1 }],
    ['eleven containers', Array.from({ length: 10 }, () => ({})), {}],
    ['a reservation above the limit', [{}], { memory: 10, memoryReservation: 11 }]
  ])('leaves %s a problem, because ECS refuses it', (_name, app, sensor) => {
    expect(check(small, app, sensor, UNCHECKED).problems).toHaveLength(1)
  })
})

describe('a Fargate size that is not known is a warning', () => {
  test.each([
    [
      { cpu: '1024', memory: '1024' },
      ['cpu 1024 with memory 1024 is no Fargate size that this version knows; ECS decides']
    ],
    [{ cpu: '1024', memory: '2048' }, []],
    [{ cpu: undefined, memory: '2048' }, ['Fargate needs a task-level cpu that ECS can read; the definition has none']],
    [
      { cpu: 'big', memory: undefined },
      ['Fargate needs a task-level cpu and memory that ECS can read; the definition has none']
    ],
    [{ cpu: '300', memory: '300', requiresCompatibilities: ['EC2'] }, []]
  ])('%j', (task, warnings) => {
    expect(check(task, [{}], {})).toMatchObject({ problems: [], warnings })
  })
})

describe('the ways out', () => {
  test('name the next larger size, the smaller sensor and the way around', () => {
    const { waysOut } = check(small, [{ cpu: 1024, memory: 2048 }], { cpu: 256, memory: 200 })
    expect(waysOut).toContain('2 vCPU / 4 GB ("cpu": "2048", "memory": "4096")')
    expect(waysOut).toContain('cpu: 0')
    expect(waysOut).toContain('sensor-profile: low-resource')
    expect(waysOut).toContain('task-size: unchecked')
  })

  test.each([
    ['on EC2', { ...small, requiresCompatibilities: ['EC2'] }, 2048],
    ['above the largest', small, 300000]
  ])('name no size %s', (_name, task, memory) => {
    expect(check(task, [{ memory }], { memory: 200 }).waysOut).toContain('a larger task-level cpu and memory')
  })
})

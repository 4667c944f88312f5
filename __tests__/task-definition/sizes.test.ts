import { describe, expect, test } from '@jest/globals'
import {
  claimedMemory,
  containerCpu,
  containerMemory,
  containerReservation,
  taskCpu,
  taskMemory,
  wholeNumber
} from '../../src/task-definition/sizes.ts'
import { appContainer, fargateDefinition } from '../fixtures/definitions.ts'

describe('the CPU of a task', () => {
  test.each([
    ['1024', 1024],
    [1024, 1024],
    [' 256 ', 256],
    ['1 vCPU', 1024],
    ['1vcpu', 1024],
    ['.25 vCPU', 256],
    ['0.25 VCPU', 256],
    ['.5vcpu', 512],
    ['16 vCPU', 16384],
    ['1 GB', undefined],
    ['1.5', undefined],
    ['1 vCPUs', undefined],
    ['-1', undefined],
    [-256, undefined],
    [0.5, undefined],
    ['', undefined],
    [null, undefined],
    [undefined, undefined]
  ])('%j is %j', (cpu, units) => {
    expect(taskCpu(fargateDefinition({ cpu }))).toBe(units)
  })
})

describe('the memory of a task', () => {
  test.each([
    ['2048', 2048],
    [2048, 2048],
    ['2GB', 2048],
    ['2 gb', 2048],
    ['.5 GB', 512],
    ['0.5GB', 512],
    ['244 GB', 249856],
    ['1 vCPU', undefined],
    ['2 GiB', undefined],
    ['2048 MB', undefined],
    [undefined, undefined]
  ])('%j is %j', (memory, mib) => {
    expect(taskMemory(fargateDefinition({ memory }))).toBe(mib)
  })
})

test.each([
  [{ cpu: 256 }, 256],
  [{ cpu: '256' }, 256],
  [{ cpu: undefined }, 0],
  [{ cpu: null }, 0],
  [{ cpu: 'much' }, 0]
])('a container with %j reserves %i CPU units', (members, units) => {
  expect(containerCpu(appContainer(members))).toBe(units)
})

test.each([
  [{ memory: 512, memoryReservation: 128 }, 512, 128, 128],
  [{ memory: '512', memoryReservation: '128' }, 512, 128, 128],
  [{ memory: 512 }, 512, undefined, 512],
  [{ memory: undefined, memoryReservation: 128 }, undefined, 128, 128],
  [{ memory: undefined }, undefined, undefined, 0]
])(
  'a container with %j has the limit %p and the reservation %p, and claims %p',
  (members, limit, reservation, claim) => {
    const container = appContainer(members)
    expect(containerMemory(container)).toBe(limit)
    expect(containerReservation(container)).toBe(reservation)
    expect(claimedMemory(container)).toBe(claim)
  }
)

test.each([
  [0, 0],
  ['0', 0],
  ['007', 7],
  ['1e3', undefined],
  ['0x10', undefined],
  [1.5, undefined],
  [true, undefined],
  [{}, undefined]
])('%j is the whole number %j', (value, number) => {
  expect(wholeNumber(value)).toBe(number)
})

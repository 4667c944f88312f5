import { describe, expect, test } from '@jest/globals'
import { FARGATE_SIZES, isFargateSize, nameSize, smallestFargateSize } from '../../src/sensor/fargate-size.ts'

test('the sizes are those of the developer guide', () => {
  const summary = [...FARGATE_SIZES].map(([cpu, memories]) => [cpu, memories[0], memories.at(-1), memories.length])
  expect(summary).toEqual([
    [256, 512, 2048, 3],
    [512, 1024, 4096, 4],
    [1024, 2048, 8192, 7],
    [2048, 4096, 16384, 13],
    [4096, 8192, 30720, 23],
    [8192, 16384, 61440, 12],
    [16384, 32768, 122880, 12],
    [32768, 61440, 249856, 3]
  ])
  for (const memories of FARGATE_SIZES.values()) expect(memories).toEqual([...memories].sort((a, b) => a - b))
})

test.each([
  [256, 512, true],
  [256, 1536, false],
  [512, 512, false],
  [512, 3072, true],
  [8192, 20480, true],
  [8192, 17408, false],
  [32768, 249856, true],
  [32768, 63488, false],
  [3072, 8192, false]
])('%i CPU units with %i MiB: %s', (cpu, memory, known) => {
  expect(isFargateSize({ cpu, memory })).toBe(known)
})

describe('the smallest size that holds', () => {
  test.each([
    [256, 512, 256, 512],
    [257, 512, 512, 1024],
    [256, 513, 256, 1024],
    [256, 2049, 512, 3072],
    [0, 30721, 8192, 32768],
    [4096, 61441, 16384, 65536],
    [32768, 122881, 32768, 249856]
  ])('%i CPU units and %i MiB is %i and %i', (cpu, memory, sizeCpu, sizeMemory) => {
    expect(smallestFargateSize({ cpu, memory })).toEqual({ cpu: sizeCpu, memory: sizeMemory })
  })

  test.each([
    [32769, 512],
    [256, 249857]
  ])('%i CPU units and %i MiB does not exist', (cpu, memory) => {
    expect(smallestFargateSize({ cpu, memory })).toBeUndefined()
  })
})

test.each([
  [256, 512, '0.25 vCPU / 0.5 GB'],
  [4096, 30720, '4 vCPU / 30 GB']
])('%i and %i is called %s', (cpu, memory, name) => {
  expect(nameSize({ cpu, memory })).toBe(name)
})

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { chooseProfile, smallestEssentialCpu } from '../../src/sensor/profiles.ts'
import type { Container, Definition } from '../../src/task-definition/definition.ts'

interface Part {
  readonly cpu?: number | string
  readonly memory?: number
  readonly memoryReservation?: number
  readonly essential?: boolean
}

function task(cpu: string | undefined, memory: string | undefined, parts: readonly Part[]): Definition {
  const containerDefinitions = parts.map((part, index): Container => ({ name: `part${index}`, image: 'app', ...part }))
  return { networkMode: 'awsvpc', cpu, memory, containerDefinitions }
}

function choose(definition: Definition) {
  const { profile, cpu, memory, why } = chooseProfile('auto', definition, definition.containerDefinitions)
  return { profile, cpu: cpu.kind === 'units' ? cpu.units : Number.NaN, memory, why }
}

const roomy = { cpu: 1024, memory: 1024 }

describe('auto chooses', () => {
  test.each([
    ['standard at exactly a quarter of both', '2048', '2048', [roomy], 'standard', 512],
    ['standard for sizes in words', '2 vCPU', '2 GB', [roomy], 'standard', 512],
    ['low-resource below a quarter of the CPU', '2047', '4096', [roomy], 'low-resource', 256],
    ['low-resource below a quarter of the memory', '4096', '2047', [roomy], 'low-resource', 256],
    ['standard where the others leave just 512 MiB', '2048', '2048', [{ cpu: 512, memory: 1536 }], 'standard', 512],
    ['low-resource where they leave 511', '2048', '2048', [{ cpu: 512, memory: 1537 }], 'low-resource', 256],
    [
      'by reservation, not by limit',
      '2048',
      '2048',
      [{ ...roomy, memory: 2048, memoryReservation: 9 }],
      'standard',
      512
    ],
    ['what is left, when that is less', '1024', '2048', [{ cpu: 900 }], 'low-resource', 124],
    ['what two leave', '2048', '8192', [{ cpu: 1000 }, { cpu: 948 }], 'standard', 100],
    ['what is left of the standard size', '2048', '2048', [{ cpu: 1537, memory: 9 }], 'standard', 511],
    ['no CPU where nothing is left', '1024', '2048', [{ cpu: 1024 }], 'low-resource', 0],
    ['no CPU where too much is reserved', '1024', '2048', [{ cpu: 2000 }], 'low-resource', 0],
    ['no CPU beside a container that reserves none', '4096', '8192', [roomy, {}], 'standard', 0],
    ['no CPU beside one that reserves 0', '4096', '8192', [{ cpu: 0 }], 'standard', 0],
    ['no CPU beside a helper that reserves none', '4096', '8192', [roomy, { essential: false }], 'standard', 0],
    ['at most what the lightest essential one has', '4096', '8192', [roomy, { cpu: 64 }], 'standard', 64],
    ['more than a light helper has', '4096', '8192', [roomy, { cpu: 64, essential: false }], 'standard', 512],
    ['by numbers in strings too', '1024', '2048', [{ cpu: '960' }], 'low-resource', 64]
  ])('%s', (_name, cpu, memory, parts, profile, units) => {
    expect(choose(task(cpu, memory, parts))).toMatchObject({
      profile,
      cpu: units,
      memory: { kind: 'units', units: profile === 'standard' ? 512 : 200 }
    })
  })

  test.each([
    ['both', undefined, undefined],
    ['cpu', undefined, '4096'],
    ['memory', '4096', undefined],
    ['a cpu that can be read', 'lots', '4096']
  ])('low-resource without a CPU reservation where the task lacks %s', (_name, cpu, memory) => {
    expect(choose(task(cpu, memory, [roomy]))).toMatchObject({ profile: 'low-resource', cpu: 0 })
  })
})

describe('the plan says why', () => {
  test.each([
    [
      '2048',
      '4096',
      [roomy],
      "profile standard: its 512 CPU units and 512 MiB are at most a quarter of the task's 2048 CPU units and 4096 MiB"
    ],
    [
      '256',
      '512',
      [{ cpu: 64 }],
      "profile low-resource: the 512 CPU units and 512 MiB of standard would be more than a quarter of the task's 256 CPU units and 512 MiB; its cpu is 64 instead of 256, because an essential container reserves only 64"
    ],
    [
      '1024',
      '2048',
      [{ cpu: 924 }],
      'its cpu is 100 instead of 256, because the other containers leave 100 CPU units unreserved'
    ],
    [
      '2048',
      '2048',
      [{ cpu: 512, memory: 1600 }],
      "the other containers leave 448 of the task's 2048 MiB, and standard takes 512"
    ],
    [
      '1024',
      '2048',
      [{}],
      'its cpu is 0 instead of 256, because part0 reserves no CPU and would starve beside a reservation'
    ],
    [undefined, undefined, [roomy], 'the task definition has no task size to take a part of']
  ])('for a task of %s and %s with %j', (cpu, memory, parts, why) => {
    expect(choose(task(cpu, memory, parts)).why).toContain(why)
  })

  test('a profile that was named is taken as documented', () => {
    const small = task('256', '512', [{ cpu: 8 }])
    expect(chooseProfile('standard', small, small.containerDefinitions)).toEqual({
      profile: 'standard',
      cpu: { kind: 'units', units: 512 },
      memory: { kind: 'units', units: 512 },
      why: 'profile standard, as named'
    })
  })
})

const part = fc.record(
  {
    cpu: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 1, max: 600 })),
    memory: fc.integer({ min: 6, max: 9000 }),
    memoryReservation: fc.integer({ min: 6, max: 9000 }),
    essential: fc.boolean()
  },
  { requiredKeys: [] }
)
const size = fc.constantFrom('256', '512', '1024', '2048', '4096', '8192', '300', '2 vCPU')
const anyTask = fc
  .tuple(
    fc.option(size, { nil: undefined }),
    fc.option(size, { nil: undefined }),
    fc.array(part, { minLength: 1, maxLength: 9 })
  )
  .map(([cpu, memory, parts]) => task(cpu, memory === '2 vCPU' ? '2 GB' : memory, parts))

const reserved = (containers: readonly Container[]) => containers.map(container => Number(container.cpu ?? 0))
const inUnits = (value: unknown) => (value === '2 vCPU' || value === '2 GB' ? 2048 : Number(value))

describe('for every task auto', () => {
  test('never takes more CPU than the others leave, nor than the lightest essential container has', () => {
    fc.assert(
      fc.property(anyTask, definition => {
        const containers = definition.containerDefinitions
        const { cpu } = choose(definition)
        const sized = definition.cpu !== undefined && definition.memory !== undefined
        const left = sized ? inUnits(definition.cpu) - reserved(containers).reduce((a, b) => a + b, 0) : 0
        expect(cpu).toBeLessThanOrEqual(Math.max(0, left))
        for (const [index, container] of containers.entries()) {
          const own = reserved(containers)[index] ?? 0
          if (own === 0) expect(cpu).toBe(0)
          if (container.essential !== false) expect(cpu).toBeLessThanOrEqual(own)
        }
        expect(cpu).toBeLessThanOrEqual(smallestEssentialCpu(containers))
      }),
      { numRuns: 1000 }
    )
  })

  test('is standard only at most a quarter of the task, and low-resource without CPU where there is no size', () => {
    fc.assert(
      fc.property(anyTask, definition => {
        const { profile, cpu } = choose(definition)
        if (definition.cpu === undefined || definition.memory === undefined) {
          expect([profile, cpu]).toEqual(['low-resource', 0])
        } else if (profile === 'standard') {
          expect(512 * 4).toBeLessThanOrEqual(inUnits(definition.cpu))
          expect(512 * 4).toBeLessThanOrEqual(inUnits(definition.memory))
        } else expect(profile).toBe('low-resource')
      }),
      { numRuns: 1000 }
    )
  })
})

describe('the least that an essential container has', () => {
  test.each([
    ['its reservation', [{ cpu: 300 }, { cpu: 100 }], 100],
    ['two shares where it reserves none', [{ cpu: 300 }, {}], 2],
    ['two shares where it reserves 0', [{ cpu: 0 }], 2],
    ['no bound where none is essential', [{ cpu: 5, essential: false }], Number.POSITIVE_INFINITY]
  ])('is %s', (_name, parts, least) => {
    expect(smallestEssentialCpu(task(undefined, undefined, parts).containerDefinitions)).toBe(least)
  })
})

import type { Container, Definition } from './definition.ts'

/**
 * Task-level `cpu` in CPU units: `1024`, `1 vCPU`, `.25 vcpu`. Undefined when absent or in a spelling that is not known.
 * Source of the spellings: API reference, RegisterTaskDefinition `cpu`; AWS CDK issue 34155 for lower case without a blank.
 */
export function taskCpu(definition: Definition): number | undefined {
  return measure(definition.cpu, /^(\d*\.?\d+)\s*vcpu$/i)
}

/** Task-level `memory` in MiB: `2048`, `2 GB`, `.5gb`. Undefined when absent or in a spelling that is not known. */
export function taskMemory(definition: Definition): number | undefined {
  return measure(definition.memory, /^(\d*\.?\d+)\s*gb$/i)
}

function measure(value: unknown, inThousands: RegExp): number | undefined {
  const plain = wholeNumber(value)
  if (plain !== undefined) return plain
  const big = typeof value === 'string' ? inThousands.exec(value.trim())?.[1] : undefined
  return big === undefined ? undefined : Math.round(Number(big) * 1024)
}

/** A count that may be spelled as a number or as a string of digits; undefined for anything else. */
export function wholeNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 ? value : undefined
  return typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : undefined
}

/** CPU units that the container reserves; 0 when it reserves none. */
export function containerCpu(container: Container): number {
  return wholeNumber(container.cpu) ?? 0
}

/** ECS's least memory for a container in MiB (API reference, ContainerDefinition `memory`). */
export const LEAST_MEMORY = 6

/** The container's hard limit in MiB, if it has one. */
export function containerMemory(container: Container): number | undefined {
  return wholeNumber(container.memory)
}

/** The container's soft limit in MiB, if it has one. */
export function containerReservation(container: Container): number | undefined {
  return wholeNumber(container.memoryReservation)
}

/** What placement subtracts for the container, in MiB: its reservation, else its limit. */
export function claimedMemory(container: Container): number {
  return containerReservation(container) ?? containerMemory(container) ?? 0
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

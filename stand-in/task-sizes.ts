// The spellings that cfn-lint's schema for ECS allows beside plain integers. Others that people use, such as
// "0.25 vCPU" or "2GiB", are not confirmed and therefore refused here.
const VCPU = /^(\.25|\.5|1|2|4|8|16|32)\s*vcpu$/i
const GIGABYTES = /^(0\.5|\d+)\s*GB$/i
const UNITS = /^\d+$/

/** CPU units of a task-level `cpu` such as `1024`, `1 vCPU` or `.25 vcpu`. */
export function cpuUnits(text: unknown): number | undefined {
  return units(text, VCPU)
}

/** MiB of a task-level `memory` such as `2048`, `2 GB` or `0.5GB`. */
export function memoryMib(text: unknown): number | undefined {
  return units(text, GIGABYTES)
}

function units(text: unknown, spelled: RegExp): number | undefined {
  if (typeof text !== 'string') return undefined
  if (UNITS.test(text)) return Number(text)
  const whole = spelled.exec(text)?.[1]
  return whole === undefined ? undefined : Number(whole) * 1024
}

export interface TaskSize {
  /** CPU units */
  readonly cpu: number
  /** MiB */
  readonly memory: number
}

const GIB = 1024

function steps(first: number, last: number, step: number): number[] {
  return Array.from({ length: (last - first) / step + 1 }, (_, index) => first + index * step)
}

/**
 * The sizes that Fargate runs Linux tasks in, CPU units to MiB. Source: developer guide, "Task CPU and memory" (32 vCPU
 * since June 2026). From 8 vCPU on they need platform version 1.4.0.
 */
export const FARGATE_SIZES: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024, 2048]],
  [512, steps(1 * GIB, 4 * GIB, GIB)],
  [1024, steps(2 * GIB, 8 * GIB, GIB)],
  [2048, steps(4 * GIB, 16 * GIB, GIB)],
  [4096, steps(8 * GIB, 30 * GIB, GIB)],
  [8192, steps(16 * GIB, 60 * GIB, 4 * GIB)],
  [16384, steps(32 * GIB, 120 * GIB, 8 * GIB)],
  [32768, [60 * GIB, 120 * GIB, 244 * GIB]]
])

export function isFargateSize({ cpu, memory }: TaskSize): boolean {
  return FARGATE_SIZES.get(cpu)?.includes(memory) === true
}

/** The smallest size that holds both amounts, least CPU first; undefined when Fargate has none. */
export function smallestFargateSize({ cpu, memory }: TaskSize): TaskSize | undefined {
  for (const [size, memories] of FARGATE_SIZES) {
    const enough = size >= cpu ? memories.find(mib => mib >= memory) : undefined
    if (enough !== undefined) return { cpu: size, memory: enough }
  }
  return undefined
}

/** `0.5 vCPU / 2 GB`, for people. */
export function nameSize({ cpu, memory }: TaskSize): string {
  return `${cpu / 1024} vCPU / ${memory / GIB} GB`
}

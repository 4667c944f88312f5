import { architectureIn, type Definition, isFargate } from '../task-definition/definition.ts'

const PLATFORMS: Readonly<Record<string, string>> = { X86_64: 'linux/amd64', ARM64: 'linux/arm64' }

/**
 * What an image has to be for, to run in the task, as image indexes call it; undefined where that is not known: on instances a task that
 * states no architecture runs on whichever they have, while Fargate takes X86_64 (API reference, `RuntimePlatform`).
 */
export function platformOf(definition: Definition, servicesOnFargate?: boolean): string | undefined {
  const stated = architectureIn(definition)
  if (stated !== undefined) return PLATFORMS[stated]
  return isFargate(definition, servicesOnFargate) ? PLATFORMS.X86_64 : undefined
}

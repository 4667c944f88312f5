import { afterEach, beforeEach } from '@jest/globals'
import { type Registry, startRegistry } from '../../stand-in/registry/registry.ts'

/** A fresh registry on loopback for each test of the file. */
export function useRegistry(): () => Registry {
  let registry: Registry | undefined
  beforeEach(async () => {
    registry = await startRegistry()
  })
  afterEach(() => registry?.close())
  return () => {
    if (registry === undefined) throw new Error('the registry is only there within a test')
    return registry
  }
}

export const SENSOR_REPOSITORY = 'levoai/pcap-sensor'

/** The sensor's image in the registry, for these platforms, by an index. */
export function push(registry: Registry, ...platforms: string[]): string {
  registry.repository(SENSOR_REPOSITORY).pushIndex('0.1.9', platforms)
  return `${registry.host}/${SENSOR_REPOSITORY}:0.1.9`
}

import type { SensorOptions } from '../sensor/container.ts'
import type { FlagValues } from '../sensor/flags.ts'
import type { LogChoice } from '../sensor/log-configuration.ts'
import type { Change } from '../sensor/render.ts'
import type { JsonObject } from '../task-definition/definition.ts'
import { environmentTag } from './fleet.ts'
import type { Values } from './table.ts'
import { lackingIn } from './values.ts'

/** What becomes of the sensor. In `mode: discover` nothing does; what would be installed is compared with what is there, if it is known. */
export function readChange(values: Values, orgId: string, overrides: JsonObject | undefined): Change {
  if (values.mode === 'remove') return { kind: 'remove', image: values.image }
  const compares = values.mode === 'discover' && lackingIn(values).length === 0
  if (values.mode !== 'install' && !compares) return { kind: 'keep', image: values.image }
  return { kind: 'install', sensor: readSensor(values, orgId, overrides) }
}

function readSensor(values: Values, orgId: string, overrides: JsonObject | undefined): SensorOptions {
  return {
    flags: readFlags(values, orgId),
    extraArgs: values['extra-args'] ?? [],
    profile: values['sensor-profile'],
    image: values.image,
    containerName: values['container-name'],
    cpu: values.cpu,
    memory: values.memory,
    memoryReservation: values['memory-reservation'],
    environment: values['environment-variables'] ?? new Map(),
    secrets: values.secrets ?? new Map(),
    dockerLabels: values['docker-labels'] ?? new Map(),
    repositoryCredentials: values['repository-credentials'],
    logs: readLogs(values),
    taskSize: values['task-size'],
    excludeSidecarPorts: values['exclude-sidecar-ports'],
    restartAttemptPeriod: values['restart-attempt-period'],
    overrides
  }
}

function readFlags(values: Values, orgId: string): FlagValues {
  return {
    'satellite-url': values['satellite-url'],
    // Where a tag says it, each service's own is filled in.
    'levo-env': environmentTag(values) === undefined ? values['levo-env'] : undefined,
    'levoai-org-id': orgId,
    'levoai-workspace-id': values['levoai-workspace-id'],
    'rate-limit': values['rate-limit'],
    'trace-export-interval': values['trace-export-interval'],
    'stream-timeout-seconds': values['stream-timeout-seconds'],
    'max-http-length': values['max-http-length']?.toString(),
    filter: values.filter,
    'host-allow': values['host-allow'],
    'path-allow': values['path-allow'],
    'host-exclusions': values['host-exclusions'],
    'path-exclusions': values['path-exclusions']
  }
}

function readLogs(values: Values): LogChoice {
  const logDriver = values['log-configuration-log-driver']
  const streamPrefix = values['log-stream-prefix']
  if (logDriver !== undefined) {
    return { kind: 'whole', logDriver, options: Object.fromEntries(values['log-configuration-options'] ?? []) }
  }
  const group = values['log-group']
  return group === undefined ? { kind: 'app', streamPrefix } : { kind: 'group', group, streamPrefix }
}

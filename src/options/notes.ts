import { matchEverything } from '../sensor/regex.ts'
import { type Note, note, warning } from '../task-definition/definition.ts'
import { CODE_DEPLOY_NAMES } from './code-deploy.ts'
import { RHYTHM_NAMES, SCOPE_NAMES } from './fleet.ts'
import type { Option } from './option.ts'
import { OPTIONS, type OptionName, type Values } from './table.ts'

/** What an empty org id is rendered as where there are no secrets (a pull request from a fork). */
export const ORG_ID_PLACEHOLDER = 'LEVOAI_ORG_ID'

/** What only does something to a service. */
const SERVICE_OPTIONS = [
  'force-new-deployment',
  'propagate-tags',
  'enable-ecs-managed-tags',
  'desired-count',
  'wait-for-service-stability',
  ...CODE_DEPLOY_NAMES
] as const satisfies OptionName[]

interface Run {
  readonly offline: boolean
  readonly inFleet: boolean
}

/** What is to be known of the options before anything is done. */
export async function notesOf(values: Values, { offline, inFleet }: Run): Promise<Note[]> {
  const notes: Note[] = []
  if (offline) notes.push(note('no AWS credentials: nothing is compared with what is registered or runs'))
  if (offline && values.mode === 'install' && values['check-image'] === 'require') {
    notes.push(
      warning('check-image: without AWS credentials nothing is asked, so whether the image is there is not known')
    )
  }
  if (values['levoai-org-id'] === undefined && values.mode === 'install') {
    notes.push(
      warning(`levoai-org-id is empty (a pull request from a fork has no secrets): rendered as ${ORG_ID_PLACEHOLDER}`)
    )
  }
  for (const name of ['host-allow', 'path-allow', 'host-exclusions', 'path-exclusions'] as const) {
    for (const expression of await matchEverything(values[name] ?? [])) {
      notes.push(warning(`${name}: "${expression}" matches everything`))
    }
  }
  const own = inFleet
    ? (await import('./fleet-notes.ts')).notesOfFleet(values)
    : [...idleWithoutFleet(values), ...idle(values)]
  return [...notes, ...own, ...tooShort(values, inFleet)]
}

function idleWithoutFleet(values: Values): Note[] {
  const given = [...RHYTHM_NAMES, 'matrix-size' as const].filter(name => saysSomething(values, name))
  const lists = `${SCOPE_NAMES.slice(0, -1).join(', ')} or ${SCOPE_NAMES.at(-1)}`
  return given.map(name => warning(`${name} has no effect without ${lists}, which make it a fleet`))
}

/** The runner gives defaults itself: a value that is the default's says nothing. */
export function saysSomething(values: Values, name: OptionName): boolean {
  const option: Option<unknown> = OPTIONS[name]
  const value = values[name]
  return value !== undefined && value !== false && String(value) !== option.default
}

function idle(values: Values): Note[] {
  const given = SERVICE_OPTIONS.filter(name => values[name] !== undefined && values[name] !== false)
  if ((values.service?.length ?? 0) === 0) return given.map(name => warning(`${name} has no effect without service`))
  if (values.mode !== 'verify') return []
  const others = given.filter(name => name !== 'wait-for-service-stability')
  return others.map(name => warning(`${name} has no effect in mode verify, which changes nothing`))
}

/** Time that is over before the sensor can be proven is allowed, but seldom meant. */
function tooShort(values: Values, inFleet: boolean): Note[] {
  const [settle, minutes] = [values['sensor-settle-seconds'], values['wait-for-minutes']]
  const { mode } = values
  const judges = inFleet
    ? mode === 'install' || mode === 'remove'
    : values['wait-for-service-stability'] || mode === 'verify'
  if (!judges || values['verify-sensor'] === 'off' || settle < minutes * 60) return []
  return [
    warning(`wait-for-minutes: ${minutes} leaves no time to see the sensor run for sensor-settle-seconds: ${settle}`)
  ]
}

import { matchEverything } from '../sensor/regex.ts'
import { type Note, note, warning } from '../task-definition/definition.ts'
import { CODE_DEPLOY_NAMES } from './code-deploy.ts'
import type { OptionName, Values } from './table.ts'

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

/** What is to be known of the options before anything is done. */
export async function notesOf(values: Values, offline: boolean): Promise<Note[]> {
  const notes: Note[] = []
  if (offline) notes.push(note('no AWS credentials: nothing is compared with what is registered or runs'))
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
  return [...notes, ...withoutEffect(values), ...tooShort(values)]
}

function withoutEffect(values: Values): Note[] {
  const given = SERVICE_OPTIONS.filter(name => values[name] !== undefined && values[name] !== false)
  if ((values.service?.length ?? 0) === 0) return given.map(name => warning(`${name} has no effect without service`))
  if (values.mode !== 'verify') return []
  const others = given.filter(name => name !== 'wait-for-service-stability')
  return others.map(name => warning(`${name} has no effect in mode verify, which changes nothing`))
}

/** Time that is over before the sensor can be proven is allowed, but seldom meant. */
function tooShort(values: Values): Note[] {
  const [settle, minutes] = [values['sensor-settle-seconds'], values['wait-for-minutes']]
  const judges = values['wait-for-service-stability'] || values.mode === 'verify'
  if (!judges || values['verify-sensor'] === 'off' || settle < minutes * 60) return []
  return [
    warning(`wait-for-minutes: ${minutes} leaves no time to see the sensor run for sensor-settle-seconds: ${settle}`)
  ]
}

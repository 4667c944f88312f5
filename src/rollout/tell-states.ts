import { readTasks } from '../ecs/tasks.ts'
import { bulleted, messageOf, StepError } from '../errors.ts'
import type { Discovery } from '../fleet/discover.ts'
import type { FleetService } from '../fleet/fleet.ts'
import { toMatrix, withoutEntry } from '../fleet/matrix.ts'
import { redactor } from '../report/redact.ts'
import { warning } from '../task-definition/definition.ts'
import { type FleetFlow, keyOf, keyOfService } from './fleet-flow.ts'
import { NO_MORE_CALLS } from './move-service.ts'
import type { Planned } from './plan-fleet.ts'
import { sideBySide } from './side-by-side.ts'

/** Services whose tasks are looked at side by side. */
const LOOKS = 8

/**
 * The rest of `mode: discover`: whether a sensor that should be there has stopped in some task, and the matrix for other machines. Throws
 * StepError when a state was found that fails the run.
 */
export async function tellStates(
  flow: FleetFlow,
  { services, passedOver }: Pick<Discovery, 'services' | 'passedOver'>,
  planned: ReadonlyMap<string, Planned>
): Promise<void> {
  const unseen: string[] = []
  await sideBySide(services, LOOKS, async service => {
    const key = keyOfService(service)
    const sensor = sensorIn(planned.get(key))
    if (sensor === undefined) return
    try {
      if (await hasStopped(flow, service, sensor)) flow.update(key, { sensor: 'stopped' }, true)
    } catch (error) {
      if (!(error instanceof StepError) || NO_MORE_CALLS.includes(error.code)) throw error
      unseen.push(`${key}: ${messageOf(error)}`)
    }
  })
  flow.note(unseen.toSorted().map(text => warning(`whether its sensor has stopped is not known: ${text}`)))
  const { matrixSize, failOn, each } = flow.options
  const refused = new Set(flow.report.entries.flatMap(entry => (entry.outcome === 'refused' ? [keyOf(entry)] : [])))
  const open = services.filter(service => !refused.has(keyOfService(service)))
  const redact = redactor(each.secrets)
  flow.learn({ matrix: toMatrix(open, matrixSize, redact, passedOver) })
  flow.warn(
    withoutEntry(open, redact).map(
      ({ region, cluster }) =>
        `a service of ${region}/${cluster} is in no entry of the matrix: its name holds a text that the runner masks`
    )
  )
  flow.tellEntries()
  const failing = flow.report.entries.filter(({ sensor }) => sensor !== undefined && failOn.includes(sensor))
  if (failing.length === 0) return
  const lines = failing.slice(0, MOST).map(entry => `${keyOf(entry)}: ${entry.sensor}`)
  const more = failing.length > MOST ? [`and ${failing.length - MOST} more, in the summary and in results`] : []
  throw new StepError({
    code: 'drift',
    what: `${failing.length} of ${flow.report.entries.length} services have a sensor that is ${failOn.join(' or ')}:\n${bulleted([...lines, ...more])}`,
    hint: 'mode: install with the same options puts the sensor in order.'
  })
}

/** A list of more is read in the summary. */
const MOST = 10

/** The name of the sensor in what the service runs. */
function sensorIn(planned: Planned | undefined): string | undefined {
  const { replaced, sensor, before, after } = planned?.plan.rendering ?? {}
  return (replaced ?? (before === after ? sensor : undefined))?.name
}

async function hasStopped(flow: FleetFlow, { region, cluster, state }: FleetService, sensor: string): Promise<boolean> {
  const tasks = await readTasks(await flow.world.ecsIn(region), cluster, state.name, 'RUNNING')
  return tasks.some(({ containers }) => containers.some(each => each.name === sensor && each.lastStatus === 'STOPPED'))
}

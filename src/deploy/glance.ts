import type { ServiceState } from '../ecs/services.ts'
import type { TaskState } from '../ecs/tasks.ts'
import { StepError } from '../errors.ts'
import { isPassing } from './look.ts'
import { countIn, type RunningTasks } from './running-tasks.ts'
import { type JudgedTask, observe, type Runs } from './sensor-state.ts'

/** A look at the tasks of a deployment that still rolls out. */
export type Glance = (service: ServiceState, now: number) => Promise<void>

/**
 * Says as soon as it can be seen that a sensor stopped or was restarted while its deployment rolls out. It decides nothing: ECS may
 * still replace the task, so only the tasks of a deployment that completed are judged.
 */
export function glanceAt(
  own: { readonly deploymentId: string; readonly sensor: string },
  running: RunningTasks,
  say: (text: string) => void
): Glance {
  let runs: Runs = new Map()
  let said = ''
  let allowed = true
  const isMeant = ({ startedBy }: TaskState) => startedBy === own.deploymentId
  return async (service, now) => {
    const deployment = service.deployments.find(({ id }) => id === own.deploymentId)
    if (!allowed || deployment === undefined || deployment.runningCount === 0) return
    try {
      const { tasks } = await running.look({ isMeant, count: countIn([deployment]) })
      const mine = tasks.filter(isMeant)
      const seen = observe(runs, mine, own.sensor, now)
      runs = seen.runs
      const text = badNews(seen.tasks)
      if (text !== '' && text !== said) say(`${text}; judged when the deployment has completed`)
      said = text
    } catch (error) {
      if (!(error instanceof StepError)) throw error
      allowed = isPassing(error)
    }
  }
}

function badNews(tasks: readonly JudgedTask[]): string {
  const stopped = tasks.flatMap(({ sensor }) => (sensor.kind === 'stopped' ? [sensor.container] : []))
  const restarted = tasks.filter(({ sensor }) => sensor.kind === 'restarted').length
  const codes = [...new Set(stopped.flatMap(({ exitCode }) => exitCode ?? []))]
  const exit = codes.length === 0 ? '' : ` (exit code ${codes.join(', ')})`
  return [
    stopped.length === 0 ? '' : `sensor STOPPED in ${stopped.length} of ${tasks.length} tasks${exit}`,
    restarted === 0 ? '' : `sensor restarted in ${restarted} of ${tasks.length} tasks`
  ]
    .filter(part => part !== '')
    .join('; ')
}

import type { Ecs } from '../ecs/ecs.ts'
import type { ServiceState } from '../ecs/services.ts'
import { describeTasks, listTasks } from '../ecs/tasks.ts'
import { messageOf, StepError } from '../errors.ts'
import { type Note, warning } from '../task-definition/definition.ts'
import type { FollowOptions } from './deployment.ts'

/** The form of a task id, of no task: asking for it needs the same right. */
const NO_TASK = '0'.repeat(32)

/**
 * Tries the rights that verifying needs, before anything is registered (DescribeServices was asked already). A denial is a
 * StepError under `require`, else a warning.
 */
export async function tryRights(
  services: readonly ServiceState[],
  { verify }: FollowOptions,
  ecs: Ecs,
  cluster: string
): Promise<Note[]> {
  try {
    let some: string | undefined
    for (const { name } of services) {
      const [first] = await listTasks(ecs, cluster, name, 'RUNNING')
      some ??= first
    }
    const names = services.map(({ name }) => name).join(', ')
    if (services.length > 0) await describeTasks(ecs, cluster, names, [some ?? NO_TASK])
    return []
  } catch (error) {
    if (!(error instanceof StepError) || error.code !== 'access-denied') throw error
    const lost = verify === 'off' ? 'tasks that stop cannot be looked into' : 'the sensor will not be verified'
    if (verify !== 'require') return [warning(`${lost}: ${messageOf(error)}`)]
    throw new StepError({
      code: error.code,
      what: `verifying the sensor needs a right that is missing, so nothing was registered or moved: ${error.message}`,
      hint: 'Or give verify-sensor: warn, to go on without the proof.',
      cause: error
    })
  }
}

import { beginDeployment } from '../rollouts.ts'
import type { Script } from '../script.ts'
import { requestStop, type StopType } from '../stops.ts'
import { completes } from './completes.ts'

export interface Intervention {
  /** Seconds from the deployment's beginning. */
  after: number
  /** The course of what comes instead: it completes if not given. */
  then?: Script
}

/** Somebody else deploys: `revision` is an ARN, `family:revision`, or `family` for its latest ACTIVE one. */
export function supersededBy(revision: string, { after, then = completes() }: Intervention): Script {
  return [
    {
      at: after,
      act: ({ account, serviceArn }) => {
        const target = account.findTaskDefinition(revision)
        if (target === undefined) throw new Error(`no task definition ${revision}`)
        beginDeployment(account, serviceArn, target.taskDefinitionArn, then)
      }
    }
  ]
}

export interface Stop extends Intervention {
  /** `ROLLBACK` if not given, as in the API; an abort leaves the service as it is then. */
  stopType?: StopType
}

/** Somebody else calls StopServiceDeployment. */
export function stoppedBySomebody({ after, stopType = 'ROLLBACK', then = completes() }: Stop): Script {
  return [
    {
      at: after,
      act: ({ account, serviceDeployment }) => {
        if (serviceDeployment !== undefined) requestStop(account, serviceDeployment, stopType, then)
      }
    }
  ]
}

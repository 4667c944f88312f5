import {
  breakerRollsBack,
  completes,
  imageRateLimited,
  LOG_GROUP_MISSING,
  neverEnds,
  sensorNeverStarts,
  sensorStops,
  stalls,
  stoppedBySomebody,
  supersededBy,
  together
} from '../../../stand-in/scripts.ts'
import { shop } from '../../support/flow-definitions.ts'
import { denyServiceDeployments, WAITING } from '../../support/rollout.ts'
import { addWebWith, PUTTING_BACK, type Scenario } from '../scenario.ts'

const NOT_FOUND =
  'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ' +
  'docker.io/levoai/pcap-sensor:0.1.9: docker.io/levoai/pcap-sensor:0.1.9: not found'

/** Its tasks run after 10 s, the rollout is over after 30 s, the sensors crash after 50 s: within their window. */
const CRASHES = together(
  completes({ after: 30 }),
  sensorStops({ runningFor: 40, exitCode: 1, log: ['capturing on eth0', 'failed to set BPF filter: syntax error'] })
)

const FAILS_AND_STAYS = breakerRollsBack({ after: 90, rollback: false })

/** What goes wrong with one service that is followed. */
export const FAILURES: Readonly<Record<string, Scenario>> = {
  'sensor-never-starts': s => {
    addWebWith(s, together(completes({ after: 60 }), sensorNeverStarts({ reason: NOT_FOUND })))
    return WAITING
  },
  'sensor-crashes': s => {
    addWebWith(s, CRASHES)
    return WAITING
  },
  'sensor-crashes-and-is-put-back': s => {
    addWebWith(s, CRASHES)
    return PUTTING_BACK
  },
  'sensor-crashes-which-is-a-warning': s => {
    addWebWith(s, CRASHES)
    return { ...WAITING, 'verify-sensor': 'warn' }
  },
  'breaker-rolls-back': s => {
    addWebWith(s, breakerRollsBack({ after: 90, stopCode: 'EssentialContainerExited', exitCode: 3 }))
    return WAITING
  },
  'breaker-does-not-roll-back': s => {
    addWebWith(s, FAILS_AND_STAYS)
    return WAITING
  },
  'failed-and-is-put-back': s => {
    addWebWith(s, FAILS_AND_STAYS, completes({ after: 60 }))
    return PUTTING_BACK
  },
  superseded: s => {
    s.account.addTaskDefinition(shop({ family: 'theirs' }))
    addWebWith(s, together(neverEnds(), supersededBy('theirs:1', { after: 50 })))
    return PUTTING_BACK
  },
  'stopped-by-somebody': s => {
    addWebWith(s, together(neverEnds(), stoppedBySomebody({ after: 50 })))
    return PUTTING_BACK
  },
  'timed-out': s => {
    addWebWith(s, neverEnds())
    return { ...WAITING, 'wait-for-minutes': '5' }
  },
  'timed-out-for-want-of-capacity': s => {
    addWebWith(s, stalls())
    return { ...WAITING, 'wait-for-minutes': '5' }
  },
  'timed-out-and-is-put-back': s => {
    addWebWith(s, neverEnds(), completes({ after: 60 }))
    return { ...PUTTING_BACK, 'wait-for-minutes': '5' }
  },
  'log-group-missing': s => {
    addWebWith(s, breakerRollsBack(LOG_GROUP_MISSING))
    return { ...WAITING, 'log-group': '/levo' }
  },
  'image-rate-limited': s => {
    const limited = imageRateLimited('levoai/pcap-sensor:0.1.9')
    addWebWith(s, breakerRollsBack({ ...limited, container: 'levo-pcap-sensor' }))
    return WAITING
  },
  'access-denied-in-the-middle': s => {
    addWebWith(s, completes({ after: 300 }))
    const resource = s.arn('service/default/web')
    // The plan's look, the one right before the move, and two that follow it pass.
    s.standIn.fault({ operation: 'DescribeServices', kind: 'deny', resource, skip: 4, times: Infinity })
    return PUTTING_BACK
  },
  'service-deployments-may-not-be-seen': s => {
    addWebWith(s, completes())
    denyServiceDeployments(s)
    return WAITING
  },
  'nobody-knows-whether-it-was-moved': s => {
    addWebWith(s)
    s.standIn.fault({ operation: 'UpdateService', kind: 'lose-answer', times: Infinity })
    s.standIn.fault({ operation: 'DescribeServices', kind: 'deny', skip: 2, times: Infinity })
    return { service: 'web', 'max-retries': '1' }
  },
  'nobody-knows-whether-it-was-registered': s => {
    addWebWith(s)
    s.standIn.fault({ operation: 'RegisterTaskDefinition', kind: 'lose-answer', times: Infinity })
    s.standIn.fault({ operation: 'DescribeTaskDefinition', kind: 'deny', skip: 1, times: Infinity })
    return { service: 'web', 'max-retries': '1' }
  },
  'credentials-expire': s => {
    addWebWith(s, neverEnds())
    const message = 'The security token included in the request is expired'
    const expired = { status: 400, code: 'ExpiredTokenException', message, skip: 4, times: Infinity } as const
    s.standIn.fault({ operation: 'DescribeServices', kind: 'error', ...expired })
    return PUTTING_BACK
  },
  'rollback-is-denied': s => {
    addWebWith(s, FAILS_AND_STAYS)
    const resource = s.arn('service/default/web')
    s.standIn.fault({ operation: 'UpdateService', kind: 'deny', resource, skip: 1, times: Infinity })
    return PUTTING_BACK
  },
  'rollback-never-ends': s => {
    addWebWith(s, FAILS_AND_STAYS, stalls())
    return { ...PUTTING_BACK, 'wait-for-minutes': '5' }
  }
}

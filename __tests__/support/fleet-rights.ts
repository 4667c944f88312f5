import { fleetIntentOf } from '../../src/command/intent.ts'
import { reachOf } from '../../src/options/fleet-reach.ts'
import type { FleetOptions } from '../../src/options/options.ts'
import { type PolicyDocument, policyFor } from '../../src/policy/policy.ts'
import type { RecordedRequest, StandIn } from '../../stand-in/server.ts'
import { callOf, distinct, type Question, refused } from './iam.ts'

/** What a run over a fleet asked for that the policy for its options does not allow. */
export async function missingFleetRights(
  options: FleetOptions,
  requests: readonly RecordedRequest[],
  standIn: StandIn
): Promise<Question[]> {
  const revisions = standIn.accounts().flatMap(({ families }) => [...families.values()].flat())
  const roles = revisions.flatMap(({ taskRoleArn, executionRoleArn }) => [taskRoleArn, executionRoleArn])
  const known = {
    account: standIn.account.accountId,
    roles: [...new Set(roles.filter(role => typeof role === 'string'))]
  }
  const intent = fleetIntentOf(options, known, reachOf(options))
  const policy = JSON.stringify(policyFor(intent)).replaceAll('LOG_GROUP', '/shop')
  const questions = distinct(requests.flatMap(request => callOf(request, standIn).questions))
  return refused(JSON.parse(policy) as PolicyDocument, questions, standIn.account)
}

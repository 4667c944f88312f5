import { intentOf } from '../../src/command/intent.ts'
import type { Options } from '../../src/options/options.ts'
import { type PolicyDocument, policyFor } from '../../src/policy/policy.ts'
import { readDefinitionFile } from '../../src/source/file.ts'
import type { Account } from '../../stand-in/state.ts'
import type { Scene } from './flow-scene.ts'
import { callOf, distinct, type Question, refused } from './iam.ts'

/** The policy that `fargate-pcap policy` gives for a run of the scene, with what it leaves open filled in as a person would. */
export async function policyOf(options: Options, { account, workspace }: Scene): Promise<PolicyDocument> {
  const { source, codeDeploy } = options
  const definition =
    source.kind === 'file'
      ? (await readDefinitionFile(`${workspace}/${source.path}`, source.path)).definition
      : undefined
  const delivered = [...account.services.values()].some(
    ({ serviceName, deploymentController }) =>
      deploymentController.type === 'CODE_DEPLOY' && options.services.some(named => named.endsWith(serviceName))
  )
  // Who has such a service says so; the file is the one that is used when none is named.
  const appSpec = delivered ? (codeDeploy.appSpec ?? 'appspec.yaml') : undefined
  const roles = source.kind === 'file' ? [] : rolesIn(account)
  const known = { account: account.accountId, roles, definition }
  const intent = intentOf({ ...options, codeDeploy: { ...codeDeploy, appSpec } }, known)
  const families = intent.families.includes('FAMILY') ? [...account.families.keys()] : intent.families
  const policy = policyFor({ ...intent, families })
  return JSON.parse(JSON.stringify(policy).replaceAll('LOG_GROUP', '/shop')) as PolicyDocument
}

function rolesIn(account: Account): string[] {
  const revisions = [...account.families.values()].flat()
  const roles = revisions.flatMap(({ taskRoleArn, executionRoleArn }) => [taskRoleArn, executionRoleArn])
  return [...new Set(roles.flatMap(role => (typeof role === 'string' && role !== '' ? [role] : [])))]
}

/** What the runs of a scene asked for that their own policies do not allow. */
export async function missingRights(scene: Scene): Promise<Question[]> {
  const missing: Question[] = []
  for (const { options, requests } of scene.asked) {
    if (requests.length === 0) continue
    const policy = await policyOf(options, scene)
    const questions = distinct(requests.flatMap(request => callOf(request, scene.standIn).questions))
    missing.push(...(await refused(policy, questions, scene.account)))
  }
  return missing
}

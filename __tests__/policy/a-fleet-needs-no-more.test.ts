import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { fleetIntentOf } from '../../src/command/intent.ts'
import { reachOf } from '../../src/options/fleet-reach.ts'
import { type PolicyDocument, policyFor } from '../../src/policy/policy.ts'
import { completes, sensorStops, together } from '../../stand-in/scripts.ts'
import { type FleetScene, useFleet } from '../support/fleet-scene.ts'
import type { Inputs } from '../support/flow-scene.ts'
import { callOf, distinct, type Question, refused } from '../support/iam.ts'

const ROLES = ['shop-task', 'shop-execution'].map(name => `arn:aws:iam::123456789012:role/${name}`)
const NOT_KNOWN: Inputs = { 'satellite-url': '', 'levo-env': '', 'levoai-org-id': '', 'extra-args': '' }

const scene = useFleet()

/** The last run's policy, as the command gives it, with what it leaves open filled in as a person would; and what the run asked for. */
async function lastRun(s: FleetScene): Promise<{ policy: PolicyDocument; questions: Question[] }> {
  const last = s.asked.at(-1)
  if (last === undefined) throw new Error('nothing was run')
  const known = { account: s.standIn.account.accountId, roles: ROLES }
  const policy = policyFor(fleetIntentOf(last.options, known, reachOf(last.options)))
  const questions = distinct(last.requests.flatMap(request => callOf(request, s.standIn).questions))
  return { policy: JSON.parse(JSON.stringify(policy).replaceAll('LOG_GROUP', '/shop')) as PolicyDocument, questions }
}

function addServices(s: FleetScene): void {
  s.service('us-east-1', 'prod', 'web')
  s.service('us-east-1', 'prod', 'api')
  s.service('us-east-1', 'stage', 'web')
  s.service('eu-west-1', 'prod', 'web')
}

const moveBack = (s: FleetScene): Inputs => {
  const moved = { region: 'us-east-1', cluster: 'prod', service: 'web' }
  const arn = (revision: number) => s.in('us-east-1').families.get('web')?.[revision - 1]?.taskDefinitionArn
  const results = [{ ...moved, taskDefinition: arn(2), previousTaskDefinition: arn(1) }]
  writeFileSync(join(s.workspace, 'results.json'), JSON.stringify(results))
  return { mode: 'restore', 'results-file': 'results.json' }
}

const INSTALL: Inputs = { clusters: 'prod' }

/** Rights for what does not happen in these: a sensor that stops, a service that is put back. */
const NOT_HERE = /ReadSensorLog|ServiceRevisions|StopServiceDeployment/

interface Case {
  readonly name: string
  readonly inputs: Inputs | ((s: FleetScene) => Inputs)
  readonly before?: Inputs
}

describe('what the command prints is enough, and no more than needed, for', () => {
  test.each<Case>([
    { name: 'every service of a Region', inputs: { services: '*' } },
    { name: 'named Regions', inputs: { regions: 'us-east-1,eu-west-1', clusters: 'p*' } },
    { name: 'all Regions', inputs: { regions: 'all', clusters: 'prod,stage' } },
    { name: 'services by name, wherever they are', inputs: { services: 'web' } },
    { name: 'services by name in clusters by name', inputs: { clusters: 'prod', services: 'web,api' } },
    { name: 'services by ARN', inputs: { services: 'arn:aws:ecs:us-east-1:123456789012:service/prod/web' } },
    { name: 'families', inputs: { families: 'w*' } },
    { name: 'a dry run', inputs: { clusters: 'prod', 'dry-run': 'true' } },
    { name: 'taking it out', inputs: { clusters: 'prod', mode: 'remove' }, before: INSTALL },
    { name: 'discovering', inputs: { mode: 'discover', regions: 'all' }, before: INSTALL },
    { name: 'discovering presence', inputs: { ...NOT_KNOWN, mode: 'discover', clusters: 'prod' }, before: INSTALL },
    { name: 'moving back', inputs: moveBack, before: INSTALL },
    { name: 'a dry run of that', inputs: s => ({ ...moveBack(s), 'dry-run': 'true' }), before: INSTALL }
  ])('$name', async ({ inputs, before }) => {
    const s = scene()
    addServices(s)
    if (before !== undefined) await s.succeed(before)
    await s.succeed(typeof inputs === 'function' ? inputs(s) : inputs)
    const { policy, questions } = await lastRun(s)
    expect(await refused(policy, questions, s.standIn.account)).toEqual([])
    const idle: string[] = []
    for (const [index, { Sid }] of policy.Statement.entries()) {
      const less = { ...policy, Statement: policy.Statement.toSpliced(index, 1) }
      if ((await refused(less, questions, s.standIn.account)).length === 0) idle.push(Sid)
    }
    expect(idle.filter(sid => !NOT_HERE.test(sid))).toEqual([])
  })

  test('a sensor that stops, and its service that is put back', async () => {
    const s = scene()
    addServices(s)
    s.standIn.everywhere(account => {
      account.everyRollout = together(
        completes({ after: 30 }),
        sensorStops({ runningFor: 40, log: ['no such option'] })
      )
    })
    await s.run(INSTALL)
    const { policy, questions } = await lastRun(s)
    expect(questions.map(({ action }) => action)).toContain('logs:GetLogEvents')
    expect(await refused(policy, questions, s.standIn.account)).toEqual([])
  })
})

import { describe, expect, test } from '@jest/globals'
import type { PolicyDocument, Statement } from '../../src/policy/policy.ts'
import { Contents } from '../../stand-in/registry/contents.ts'
import { beginDeployment } from '../../stand-in/rollouts.ts'
import {
  alarmRollsBack,
  codeDeploySucceeds,
  completes,
  neverEnds,
  type SensorStop,
  sensorStops,
  together
} from '../../stand-in/scripts.ts'
import { APP_SPEC, useDelivered } from '../support/code-deploy.ts'
import { shop } from '../support/flow-definitions.ts'
import type { Inputs, Scene } from '../support/flow-scene.ts'
import { callOf, distinct, refused } from '../support/iam.ts'
import { policyOf } from '../support/rights.ts'
import { script, useWeb, WAITING } from '../support/rollout.ts'

/** A set of options, and what happens in the runs that together need every right of it. */
interface Case {
  readonly name: string
  readonly inputs: Inputs
  /** What is there before. */
  readonly before?: (s: Scene) => Promise<unknown>
  readonly runs: readonly ((s: Scene) => unknown)[]
}

const nothing = (): void => {}
const stops = (more: Partial<SensorStop> = {}) =>
  together(completes({ after: 30 }), sensorStops({ runningFor: 40, log: ['no such option'], ...more }))
const crashes = (s: Scene): void => script(s, stops(), completes())
const neverDone = (s: Scene): void => script(s, neverEnds(), completes())
const writeFile = (s: Scene): Promise<void> => s.file('shop.json', shop())
const install = (s: Scene): Promise<unknown> => s.succeed({ service: 'web' })
/** A service whose sensor stopped a while ago. */
const isThere = async (s: Scene): Promise<void> => {
  script(s, stops())
  await install(s)
  await s.clock.sleep(300)
}
const IN_ECR: Inputs = {
  image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/mirror/pcap-sensor:1',
  'check-image': 'warn'
}
/** One image, of which only its configuration tells what it is for; where that is kept nobody answers. */
const fillEcr = async ({ account }: Scene): Promise<void> => {
  const contents = new Contents()
  contents.pushImage('1', 'linux/amd64')
  account.repositories.set('mirror/pcap-sensor', contents)
  account.urlOfLayer = () => 'http://127.0.0.1:9/layer'
}
const VERIFY: Inputs = {
  ...{ 'satellite-url': '', 'levo-env': '', 'levoai-org-id': '' },
  ...{ mode: 'verify', service: 'web' }
}
const FILE: Inputs = { 'task-definition': 'shop.json' }
const BACK: Inputs = { ...WAITING, 'rollback-on-failure': 'true', 'wait-for-minutes': '5' }

const CASES: readonly Case[] = [
  { name: 'a dry run of a file', inputs: { ...FILE, 'dry-run': 'true' }, before: writeFile, runs: [nothing] },
  { name: 'a dry run of what a service runs', inputs: { service: 'web', 'dry-run': 'true' }, runs: [nothing] },
  {
    name: 'a file that is rendered only',
    inputs: { ...FILE, register: 'false' },
    before: writeFile,
    runs: [nothing]
  },
  { name: 'registering a file', inputs: FILE, before: writeFile, runs: [nothing] },
  { name: 'registering a family', inputs: { 'task-definition-family': 'shop' }, runs: [nothing] },
  { name: 'moving a service', inputs: { service: 'web' }, runs: [nothing] },
  { name: 'moving a service onto a file', inputs: { ...FILE, service: 'web' }, before: writeFile, runs: [nothing] },
  {
    name: 'moving two services, with everything that is sent beside the revision',
    inputs: {
      ...{ service: 'web,api', 'force-new-deployment': 'true', 'propagate-tags': 'SERVICE' },
      ...{ 'enable-ecs-managed-tags': 'true', tags: 'team=shop' }
    },
    before: async s => s.account.addService({ name: 'api', taskDefinition: 'shop:1' }),
    runs: [nothing]
  },
  {
    name: 'moving a service whose sensor comes from ECR',
    inputs: { service: 'web', ...IN_ECR },
    before: fillEcr,
    runs: [nothing]
  },
  {
    name: 'moving after what others deploy',
    inputs: { service: 'web', 'on-deployment-in-progress': 'wait' },
    runs: [
      s => void beginDeployment(s.account, s.arn('service/default/web'), s.arn('task-definition/shop:1'), completes())
    ]
  },
  { name: 'taking it out', inputs: { service: 'web', mode: 'remove' }, before: isThere, runs: [nothing] },
  { name: 'taking it out, and waiting', inputs: { ...WAITING, mode: 'remove' }, before: isThere, runs: [nothing] },
  { name: 'waiting', inputs: WAITING, runs: [crashes] },
  { name: 'waiting, with a log group', inputs: { ...WAITING, 'log-group': '/pcap' }, runs: [crashes] },
  { name: 'waiting for a file', inputs: { ...WAITING, ...FILE }, before: writeFile, runs: [crashes] },
  { name: 'waiting, with no more than a warning', inputs: { ...WAITING, 'verify-sensor': 'warn' }, runs: [crashes] },
  {
    // Its own log tells why the whole task went down.
    name: 'waiting, with an essential sensor that is not judged',
    inputs: { ...WAITING, 'verify-sensor': 'off', 'container-overrides': '{ "essential": true }' },
    runs: [s => script(s, together(alarmRollsBack(), sensorStops({ runningFor: 20 })))]
  },
  { name: 'putting it back', inputs: BACK, runs: [crashes, neverDone] },
  { name: 'looking at what stands', inputs: VERIFY, before: isThere, runs: [nothing] },
  {
    name: 'looking at what is under way',
    inputs: { ...VERIFY, 'wait-for-service-stability': 'true' },
    before: async s => {
      script(s, stops())
      await install(s)
    },
    runs: [nothing]
  }
]

const DELIVERED: readonly Case[] = [
  {
    name: 'a dry run while something is under way',
    inputs: { service: 'web', 'dry-run': 'true' },
    before: install,
    runs: [nothing]
  },
  // The second one is refused, since the first is under way.
  { name: 'moving a service', inputs: { service: 'web' }, runs: [nothing, nothing] },
  {
    name: 'moving it with settings, and names of its own',
    inputs: {
      ...{ service: 'web', 'propagate-tags': 'SERVICE', 'codedeploy-appspec': 'appspec.yaml' },
      ...{ 'codedeploy-application': 'AppECS-default-web', 'codedeploy-deployment-group': 'DgpECS-default-web' },
      'codedeploy-deployment-config': 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes'
    },
    runs: [nothing, nothing]
  },
  {
    name: 'waiting',
    inputs: WAITING,
    runs: [s => script(s, together(codeDeploySucceeds({ after: 60 }), sensorStops({ after: 80 })))]
  },
  {
    name: 'putting it back',
    inputs: BACK,
    runs: [
      s =>
        script(
          s,
          together(codeDeploySucceeds({ after: 60 }), sensorStops({ after: 80 })),
          codeDeploySucceeds({ after: 60 })
        )
    ]
  }
]

describe.each(CASES)('where ECS deploys: $name', each => {
  const scene = useWeb()
  test('every statement, action and resource is needed', () => requireNeeded(scene(), each))
})

describe.each(DELIVERED)('where CodeDeploy deploys: $name', each => {
  const scene = useDelivered()
  test('every statement, action and resource is needed', async () => {
    await scene().file('appspec.yaml', APP_SPEC)
    await requireNeeded(scene(), each)
  })
})

async function requireNeeded(s: Scene, { inputs, before, runs }: Case): Promise<void> {
  await before?.(s)
  const first = s.asked.length
  for (const prepare of runs) {
    prepare(s)
    await s.run(inputs)
  }
  const measured = s.asked.slice(first)
  const [policy, ...others] = await Promise.all(measured.map(({ options }) => policyOf(options, s)))
  if (policy === undefined) throw new Error('nothing was run')
  for (const other of others) expect(other).toEqual(policy)
  const questions = distinct(
    measured.flatMap(({ requests }) => requests.flatMap(each => callOf(each, s.account).questions))
  )
  expect(questions.length).toBeGreaterThan(0)
  expect(await refused(policy, questions, s.account)).toEqual([])
  const idle: string[] = []
  for (const [what, less] of lesserThan(policy)) {
    if ((await refused(less, questions, s.account)).length === 0) idle.push(what)
  }
  expect(idle).toEqual([])
}

/** The policy with one statement, one action or one resource taken out. */
function lesserThan(policy: PolicyDocument): [string, PolicyDocument][] {
  return policy.Statement.flatMap((statement, index) => {
    const { Sid, Action, Resource } = statement
    const put = (changed: Partial<Statement>): PolicyDocument => ({
      ...policy,
      Statement: policy.Statement.with(index, { ...statement, ...changed })
    })
    return [
      [Sid, { ...policy, Statement: policy.Statement.toSpliced(index, 1) }],
      ...lists(Action).map(([left, Action]) => [`${Sid} ${left}`, put({ Action })] as const),
      // Of a family's two ARNs one is enough; which one ECS asks for is not documented.
      ...lists(Resource)
        .filter(([left]) => !/:task-definition\/[^:]+$/.test(left))
        .map(([left, Resource]) => [`${Sid} ${left}`, put({ Resource })] as const)
    ].map(([what, less]) => [what, less] as [string, PolicyDocument])
  })
}

/** Each text of a list with the others, unless it is the only one. */
function lists(texts: string | readonly string[]): [string, readonly string[]][] {
  if (typeof texts === 'string') return []
  return texts.map((text, index) => [text, texts.toSpliced(index, 1)])
}

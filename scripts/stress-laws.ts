// What must hold for every run of the stress test, whatever went wrong: judged by what the stand-in holds and was asked.
import { isDeepStrictEqual } from 'node:util'
import { primaryOf } from '../stand-in/rollouts.ts'
import type { Account, Service } from '../stand-in/state.ts'
import { LONGEST, type Run } from './stress-run.ts'
import { MAX_RETRIES } from './stress-scene.ts'

/** An entry of the output `results`. */
interface Result {
  readonly region: string
  readonly service?: string
  readonly taskDefinition?: string
  readonly outcome?: string
  readonly code?: string
  readonly deploymentId?: string
}

interface Scene {
  readonly run: Run
  /** The run of the same flow without a fault. */
  readonly calm: Run
  /** All that people read: log and summary. */
  readonly text: string
  readonly results: readonly Result[]
}

/** Gives what is wrong. */
type Law = (scene: Scene) => readonly string[]

/** Everything that is wrong with a run, beside the same flow without a fault; nothing if all laws hold. */
export function problemsOf(run: Run, calm: Run): string[] {
  const { stdout, summary } = run.action
  const scene = { run, calm, text: `${stdout}\n${summary}`, results: resultsOf(run) }
  return LAWS.flatMap(law => law(scene))
}

/** What a run came to, in the words of the table; undefined when it made fewer calls, so that the fault met none. */
export function cameTo(run: Run, calm: Run): string | undefined {
  if (run.trouble !== undefined && countOf(run, run.trouble.operation) <= run.trouble.skip) return undefined
  if (isRecovered(run, calm)) return 'recovered'
  if (run.action.status === 0) return 'in part'
  const code = resultsOf(run).find(each => each.code !== undefined)?.code
  return code === undefined ? 'failed' : `failed: ${code}`
}

/** Whether a run came to the same as without a fault. */
function isRecovered(run: Run, calm: Run): boolean {
  const told = ['changed', 'deployment-outcome', 'sensor-running'] as const
  const [mine, theirs] = [run.action, calm.action]
  const outcomes = (each: Run) =>
    resultsOf(each).map(({ region, service, outcome }) => `${region} ${service} ${outcome}`)
  return (
    mine.status === theirs.status &&
    told.every(name => mine.outputs[name] === theirs.outputs[name]) &&
    isDeepStrictEqual(outcomes(run).sort(), outcomes(calm).sort())
  )
}

function resultsOf({ action: { outputs } }: Run): Result[] {
  return JSON.parse(outputs.results ?? '[]') as Result[]
}

const LAWS: readonly Law[] = [
  endsByItself,
  saysNothingByAccident,
  failsWithOneMessage,
  namesWhatIsLeftOut,
  registersOnce,
  deploysOnce,
  outputsAreTrue,
  sentencesAreTrue,
  looksBeforeItRepeats,
  repeatsNoDenial,
  changesNoMoreThanItMay
]

function endsByItself({ run }: Scene): string[] {
  const { status } = run.action
  if (status === 0 || status === 1) return []
  return [status === null ? `it had not ended after ${LONGEST} s` : `it ended with the status ${status}`]
}

const ACCIDENTS = /unhandled|TypeError|ReferenceError|\bundefined\b|\[object |\bNaN\b|^\s+at .*[(:]\d+/im

function saysNothingByAccident({ run, text }: Scene): string[] {
  const { 'container-definition': _container, ...outputs } = run.action.outputs
  const said = [text, ...Object.values(outputs)].join('\n').match(ACCIDENTS)
  const stderr = run.action.stderr.trim()
  return [...(said === null ? [] : [`it says ${said[0]}`]), ...(stderr === '' ? [] : [`on stderr: ${stderr}`])]
}

/** A run that comes to the same as the calm one has its message, if it has one. */
function failsWithOneMessage({ run, calm }: Scene): string[] {
  const errors = run.action.stdout.split('\n').filter(line => line.startsWith('::error'))
  const { status } = run.action
  if (status === 0) return errors.length === 0 ? [] : ['it succeeded with an error message']
  if (errors.length !== 1) return [`${errors.length} error messages`]
  const { operation = '' } = run.trouble ?? {}
  if (isRecovered(run, calm) || errors[0]?.includes(`:${operation}`)) return []
  return [`the message does not name ${operation}: ${errors[0]}`]
}

function namesWhatIsLeftOut({ run, calm, text }: Scene): string[] {
  const { operation = '' } = run.trouble ?? {}
  if (run.action.status !== 0 || isRecovered(run, calm) || text.includes(`:${operation}`)) return []
  return [`it succeeded with less than is due, and does not name ${operation}`]
}

function registersOnce({ run }: Scene): string[] {
  const made = run.standIn
    .accounts()
    .flatMap(({ region, families }) =>
      [...families].map(([family, revisions]) => ({ family: `${region} ${family}`, count: revisions.length - 1 }))
    )
  return made.filter(({ count }) => count > 1).map(({ family, count }) => `${count} revisions of ${family}`)
}

function deploysOnce({ run }: Scene): string[] {
  return servicesOf(run).flatMap(({ account, service }) => {
    const count = begunFor(account, service).length
    return count <= run.flow.deployments ? [] : [`${count} deployments of ${service.serviceName}`]
  })
}

interface Placed {
  readonly account: Account
  readonly service: Service
}

function servicesOf({ standIn }: Run): Placed[] {
  return standIn.accounts().flatMap(account => [...account.services.values()].map(service => ({ account, service })))
}

/** Ids of the deployments that were begun during the run, the way back included. */
function begunFor(account: Account, { serviceArn }: Service): string[] {
  const all = [...account.rollouts.values()].filter(rollout => rollout.serviceArn === serviceArn)
  return all.slice(1).map(({ deployment }) => deployment.id)
}

const isRegistered = (account: Account, family: string): boolean => (account.families.get(family)?.length ?? 0) > 1

function outputsAreTrue({ run, results, text }: Scene): string[] {
  const { outputs, status } = run.action
  const registered = servicesOf(run).filter(({ account, service }) => isRegistered(account, service.serviceName))
  const problems: string[] = []
  if (status === 0 && (outputs.changed === 'true') !== registered.length > 0)
    problems.push(`changed: ${outputs.changed}`)
  if (outputs.changed === 'false' && registered.length > 0)
    problems.push('changed: false, but a revision was registered')
  const arn = outputs['task-definition-arn']
  const [first] = servicesOf(run)
  if (arn !== undefined && first?.account.findTaskDefinition(arn) === undefined) problems.push(`no revision ${arn}`)
  const isFleet = run.flow.inputs.clusters !== undefined
  if (!isFleet && registered.length > 0 && arn === undefined && !/not known/.test(text)) {
    problems.push('a revision was registered, and nothing says so')
  }
  const delivery = outputs['codedeploy-deployment-id']
  if (delivery !== undefined && first?.account.codeDeployments.has(delivery) !== true) {
    problems.push(`no CodeDeploy deployment ${delivery}`)
  }
  const isTold = delivery !== undefined || /not known/.test(text)
  return [...problems, ...servicesOf(run).flatMap(placed => resultIsTrue(placed, results, isTold))]
}

function resultIsTrue({ account, service }: Placed, results: readonly Result[], isToldElsewhere: boolean): string[] {
  const name = service.serviceName
  const result = results.find(each => each.region === account.region && each.service === name)
  const begun = begunFor(account, service)
  const told = result?.deploymentId
  const problems: string[] = []
  if (told !== undefined && !begun.includes(told)) problems.push(`${name}: no deployment ${told}`)
  const isTold = told !== undefined || isToldElsewhere
  if (begun.length > 0 && !isTold) problems.push(`${name}: a deployment was begun, and nothing says so`)
  if (begun.length > 0 && ['not-begun', 'refused'].includes(result?.outcome ?? '')) {
    problems.push(`${name}: ${result?.outcome}, but a deployment was begun`)
  }
  const runs = service.taskDefinition
  const was = account.families.get(name)?.[0]?.taskDefinitionArn
  const { rolloutState = 'COMPLETED' } = primaryOf(service)
  if (result?.outcome === 'deployed' && (runs !== result.taskDefinition || rolloutState !== 'COMPLETED')) {
    problems.push(`${name}: deployed, but it runs ${runs} (${rolloutState})`)
  }
  if (result?.outcome === 'rolled-back' && runs !== was) problems.push(`${name}: put back, but it runs ${runs}`)
  return problems
}

function sentencesAreTrue({ run, text }: Scene): string[] {
  const isBegun = servicesOf(run).some(({ account, service }) => begunFor(account, service).length > 0)
  const isMade = servicesOf(run).some(({ account, service }) => isRegistered(account, service.serviceName))
  const isOne = run.flow.inputs.clusters === undefined
  const lies = [
    ...(isBegun && isOne ? ['not moved', 'no service was moved'] : []),
    ...(isBegun || isMade ? ['Nothing in AWS was changed', 'nothing was registered'] : [])
  ]
  return lies.filter(lie => text.includes(lie)).map(lie => `it says "${lie}", which is not so`)
}

/** What is asked to learn whether a call, whose answer did not come, was carried out. */
const LOOKS: Readonly<Record<string, string>> = {
  RegisterTaskDefinition: 'DescribeTaskDefinition',
  CreateDeployment: 'ListDeployments',
  UpdateService: 'DescribeServices'
}

/** In each Region on its own. An update that forces nothing may be repeated as it is. */
function looksBeforeItRepeats({ run }: Scene): string[] {
  const byPlace = Map.groupBy(run.standIn.requests, ({ region }) => region)
  return [...byPlace.values()].flatMap(requests =>
    Object.entries(LOOKS).flatMap(([operation, look]) => {
      if (operation === 'UpdateService' && run.flow.inputs['force-new-deployment'] === undefined) return []
      const open = new Set<string>()
      const problems: string[] = []
      for (const { operation: called, body, status } of requests) {
        if (called === look) open.clear()
        if (called !== operation) continue
        const about = String(body.family ?? body.service ?? body.applicationName)
        if (open.has(about)) problems.push(`${operation} was repeated without a look at what became of it`)
        if (status === 'lost' || status >= 500) open.add(about)
      }
      return problems
    })
  )
}

/** How often there is a look depends on time; what changes something does not. */
function repeatsNoDenial({ run, calm }: Scene): string[] {
  const { trouble } = run
  if (trouble?.kind.kind !== 'deny' || !CHANGES.includes(trouble.operation)) return []
  const [count, most] = [countOf(run, trouble.operation), countOf(calm, trouble.operation)]
  return count <= most ? [] : [`${trouble.operation} was called ${count} times, ${most} without the denial`]
}

const CHANGES = ['RegisterTaskDefinition', 'UpdateService', 'CreateDeployment', 'StopServiceDeployment', 'TagResource']

function changesNoMoreThanItMay({ run, calm }: Scene): string[] {
  return CHANGES.flatMap(operation => {
    const most = Math.max(countOf(calm, operation), run.flow.deployments) * MAX_RETRIES
    const count = countOf(run, operation)
    return count <= most ? [] : [`${operation} was called ${count} times, at most ${most} are due`]
  })
}

export function countOf({ standIn }: Run, operation: string): number {
  return standIn.requests.filter(request => request.operation === operation).length
}

/** The operations that a run called, in the order of their first calls. */
export function operationsOf({ standIn }: Run): string[] {
  return [...new Set(standIn.requests.map(({ operation }) => operation))]
}

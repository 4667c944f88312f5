// One run of the stress test: the built action as a process of its own against a stand-in of its own, on a clock that both share.
import { join } from 'node:path'
import type { Fault, FaultKind } from '../stand-in/faults.ts'
import { type StandIn, startStandIn } from '../stand-in/server.ts'
import { type ActionRun, runAction } from './runner.ts'
import { EVERY_FLOW, type Flow, REGIONS } from './stress-scene.ts'

/** What meets an operation. */
export interface Trouble {
  readonly operation: string
  readonly kind: FaultKind
  /** Calls of the operation that pass before. */
  readonly skip: number
  readonly times: number
}

export interface Run {
  readonly flow: Flow
  /** Nothing in the run that shows what is there without any. */
  readonly trouble?: Trouble | undefined
  readonly action: Omit<ActionRun, 'dispose' | 'temp'>
  /** By the clock of the run. */
  readonly seconds: number
  readonly standIn: Pick<StandIn, 'accounts' | 'requests'>
}

/** Timers of the process run out so many times as fast, and the stand-in's time goes as fast as well. */
const SPEED = 10
/**
 * Seconds by the clock of the run, after which it is killed: wait-for-minutes for the deployment and as long again for the way back, and what
 * calls that hang around that may take.
 */
export const LONGEST = 600

const ENTRY = join(import.meta.dirname, '../dist/index.js')
const CLOCK = join(import.meta.dirname, 'fast-clock.cjs')

/** `workspace` holds the files that the flows name. */
export async function runFlow(flow: Flow, workspace: string, trouble?: Trouble): Promise<Run> {
  const since = Date.now()
  const now = (): number => Math.round(since + (Date.now() - since) * SPEED)
  const standIn = await startStandIn({ region: REGIONS[0], now })
  try {
    flow.seed(standIn)
    if (trouble !== undefined) standIn.fault(faultOf(trouble))
    const {
      dispose,
      temp: _temp,
      ...action
    } = await runAction({
      entry: ENTRY,
      inputs: { ...EVERY_FLOW, ...flow.inputs },
      env: { ...surroundings(standIn.url, workspace), FAST_CLOCK: `${SPEED},${since}` },
      workspace,
      preload: [CLOCK],
      timeout: (LONGEST / SPEED) * 1000
    })
    const seconds = (now() - since) / 1000
    await dispose()
    return { flow, trouble, action, seconds, standIn }
  } finally {
    await standIn.close()
  }
}

function faultOf({ operation, kind, skip, times }: Trouble): Fault {
  return { operation, skip, times, ...kind }
}

/** What a job has after configure-aws-credentials, with all of AWS in one place. */
function surroundings(url: string, workspace: string): Record<string, string> {
  const services = ['ECS', 'EC2', 'CODEDEPLOY', 'CLOUDWATCH_LOGS']
  return {
    AWS_REGION: REGIONS[0],
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    ...Object.fromEntries(services.map(service => [`AWS_ENDPOINT_URL_${service}`, url])),
    // So that the hundredth run does not compile what the first one did.
    NODE_COMPILE_CACHE: join(workspace, 'compiled')
  }
}

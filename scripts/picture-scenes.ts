// The runs that npm run pictures shows: what is in the account and in the file, and what the action is asked to do.

import type { Script } from '../stand-in/script.ts'
import { breakerRollsBack, completes, imageRateLimited, sensorStops, stalls, together } from '../stand-in/scripts.ts'
import type { StandIn } from '../stand-in/server.ts'
import { FLEETS } from './picture-fleets.ts'

/** As in examples/task-definition.json, as far as scenes look into it. */
export interface Example {
  readonly containerDefinitions: readonly Readonly<Record<string, unknown>>[]
  readonly [member: string]: unknown
}

export type Inputs = Readonly<Record<string, string>>

export interface Scene {
  readonly name: string
  /** One of those in docs/pictures/. */
  readonly kept?: boolean
  readonly inputs: Inputs
  /** Runs that were there before it, of which nothing is shown. */
  readonly earlier?: readonly Inputs[]
  /** The comment on the pull request in place of the job summary. */
  readonly asComment?: boolean
  /** Without credentials, as in a pull request from a fork. */
  readonly offline?: boolean
  /** Fills the account; what it returns is written to task-definition.json. */
  readonly prepare: (standIn: StandIn, example: Example) => Example
}

const SENSOR = {
  'satellite-url': 'https://satellite.example.com',
  'levo-env': 'production',
  'levoai-org-id': 'demo-organization',
  'check-image': 'off'
}
const FILE = { ...SENSOR, 'task-definition': 'task-definition.json' }
const WEB = { cluster: 'production', service: 'web' }
const FOLLOWED = { ...WEB, 'wait-for-service-stability': 'true', 'rollback-on-failure': 'true' }

/** A sensor that somebody put in by hand, from a mirror. */
const BY_HAND = {
  name: 'levo-sensor',
  image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/mirror/pcap-sensor:0.1.4',
  essential: true,
  cpu: 128,
  memory: 128,
  environment: [
    { name: 'LEVO_ORG_ID', value: 'demo-organization' },
    { name: 'TEAM', value: 'shop' }
  ],
  secrets: [{ name: 'TOKEN', valueFrom: 'arn:aws:ssm:us-east-1:123456789012:parameter/token' }],
  entryPoint: ['/bin/sh', '-c'],
  command: ['/usr/bin/init apidump --satellite-url https://satellite.example.com --levo-env staging --rate-limit 500']
}

const DIES = sensorStops({
  runningFor: 8,
  exitCode: 1,
  log: ['Error: unknown flag: --no-such-flag', "Run 'apidump --help' for usage."]
})

/** The service `web` of two tasks runs this; the scripts are the courses of its next deployments. */
function runs({ account }: StandIn, definition: Example, scripts: readonly Script[] = [], name = 'web'): Example {
  const taskDefinition = account.addTaskDefinition({ ...definition, family: name })
  const service = account.addService({ cluster: 'production', name, taskDefinition, desiredCount: 2 })
  account.scriptRollouts(service, ...scripts)
  return definition
}

function withContainer(example: Example, container: Readonly<Record<string, unknown>>): Example {
  return { ...example, containerDefinitions: [...example.containerDefinitions, container] }
}

function withImage(example: Example, image: string): Example {
  return { ...example, containerDefinitions: example.containerDefinitions.map(container => ({ ...container, image })) }
}

const PLANS: readonly Scene[] = [
  {
    name: 'plan',
    kept: true,
    asComment: true,
    offline: true,
    inputs: { ...FILE, 'dry-run': 'true' },
    prepare: (_standIn, example) => example
  },
  {
    name: 'plan-against-service',
    asComment: true,
    inputs: {
      ...FILE,
      ...WEB,
      'dry-run': 'true',
      'sensor-profile': 'standard',
      'task-size': 'grow',
      tags: 'team=shop'
    },
    prepare: (standIn, example) => {
      runs(standIn, example)
      return withImage({ ...example, cpu: '512', memory: '1024' }, 'public.ecr.aws/nginx/nginx:1.30')
    }
  },
  {
    name: 'plan-adopted',
    asComment: true,
    inputs: { ...SENSOR, ...WEB, 'dry-run': 'true' },
    prepare: (standIn, example) => runs(standIn, withContainer(example, BY_HAND))
  },
  {
    name: 'plan-nothing-to-remove',
    asComment: true,
    inputs: { ...FILE, mode: 'remove', 'dry-run': 'true' },
    prepare: (_standIn, example) => example
  }
]

const ROLLOUTS: readonly Scene[] = [
  {
    name: 'good-rollout',
    kept: true,
    inputs: { ...FILE, ...FOLLOWED },
    prepare: (standIn, example) => runs(standIn, example, [completes({ after: 120 })])
  },
  {
    name: 'failed-rollout',
    kept: true,
    inputs: { ...FILE, ...FOLLOWED, 'extra-args': '--no-such-flag' },
    prepare: (standIn, example) =>
      runs(standIn, example, [together(completes({ after: 90 }), DIES), completes({ after: 60 })])
  },
  {
    name: 'adopted',
    inputs: { ...SENSOR, ...FOLLOWED },
    prepare: (standIn, example) => runs(standIn, withContainer(example, BY_HAND), [completes({ after: 120 })])
  },
  {
    name: 'breaker',
    inputs: { ...FILE, ...FOLLOWED },
    prepare: (standIn, example) =>
      runs(standIn, example, [
        breakerRollsBack({
          after: 240,
          ...imageRateLimited('levoai/pcap-sensor:0.1.9'),
          container: 'levo-pcap-sensor'
        })
      ])
  },
  {
    name: 'secret-denied',
    inputs: { ...FILE, ...FOLLOWED, 'rollback-on-failure': 'false' },
    prepare: (standIn, example) =>
      runs(standIn, example, [breakerRollsBack({ after: 240, stoppedReason: SECRET_DENIED })])
  },
  {
    name: 'timed-out',
    inputs: { ...FILE, ...FOLLOWED, 'wait-for-minutes': '5' },
    prepare: (standIn, example) => runs(standIn, example, [stalls(), completes({ after: 60 })])
  },
  {
    name: 'several-services',
    inputs: { ...SENSOR, ...FOLLOWED, 'task-definition-family': 'web', service: 'web,worker' },
    prepare: (standIn, example) => {
      runs(standIn, example, [completes({ after: 120 })])
      return runs(standIn, example, [together(completes({ after: 90 }), DIES), completes({ after: 60 })], 'worker')
    }
  },
  {
    name: 'started',
    inputs: { ...FILE, ...WEB },
    prepare: (standIn, example) => runs(standIn, example)
  },
  {
    name: 'removed',
    inputs: { ...FOLLOWED, mode: 'remove' },
    prepare: (standIn, example) => runs(standIn, withContainer(example, BY_HAND), [completes({ after: 60 })])
  },
  {
    name: 'not-verified',
    inputs: { ...WEB, mode: 'verify', 'verify-sensor': 'warn' },
    prepare: (standIn, example) => runs(standIn, example)
  }
]

const SECRET_DENIED =
  'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: ' +
  'service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:us-east-1:123456789012:secret:web/token-AbCdEf from secrets manager: ' +
  'AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/web-execution/0123456789abcdef is not authorized to perform: ' +
  'secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:us-east-1:123456789012:secret:web/token-AbCdEf because no identity-based policy allows the action'

const REFUSALS: readonly Scene[] = [
  {
    name: 'does-not-fit',
    inputs: { ...FILE, ...WEB, memory: '8192', cpu: '2048' },
    prepare: (standIn, example) => runs(standIn, example)
  },
  {
    name: 'bad-definition',
    offline: true,
    inputs: { ...FILE, 'dry-run': 'true' },
    prepare: (_standIn, example) => ({
      ...withContainer(example, { name: 'web', image: 7, misspelt: true }),
      networkMode: 'none'
    })
  },
  {
    name: 'denied',
    inputs: { ...FILE, ...WEB },
    prepare: (standIn, example) => {
      standIn.fault({ operation: 'RegisterTaskDefinition', kind: 'deny', times: Infinity })
      return runs(standIn, example)
    }
  }
]

export const SCENES: readonly Scene[] = [...PLANS, ...ROLLOUTS, ...REFUSALS, ...FLEETS]

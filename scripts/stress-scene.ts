// What the stress test runs: the flows, what each finds in AWS, and what it is told.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '../stand-in/json.ts'
import type { Script } from '../stand-in/script.ts'
import { codeDeploySucceeds, completes, neverEnds, sensorStops, together } from '../stand-in/scripts.ts'
import type { StandIn } from '../stand-in/server.ts'
import type { Account } from '../stand-in/state.ts'

export const REGIONS = ['us-east-1', 'eu-west-1'] as const
export const CLUSTER = 'production'
/** Attempts for one call. */
export const MAX_RETRIES = 3

export interface Flow {
  readonly name: string
  /** A sentence for the table. */
  readonly does: string
  /** Beside those that all have. */
  readonly inputs: Readonly<Record<string, string>>
  /** Families and services with the courses of their deployments. */
  readonly seed: (standIn: StandIn) => unknown
  /** Deployments of each service, by ECS or CodeDeploy, that are begun at most: the way back is one too. */
  readonly deployments: number
}

/** Seconds, by the clock that the process and the stand-in share. */
const ROLLOUT = { after: 12, running: 4 }

export const EVERY_FLOW = {
  'satellite-url': 'https://satellite.example.com',
  'levo-env': 'staging',
  'levoai-org-id': 'stress-organization',
  'check-image': 'off',
  'max-retries': String(MAX_RETRIES),
  'wait-max-delay-seconds': '5',
  'sensor-settle-seconds': '5',
  // Three looks at service deployments may hang, for 30 s each, before it goes on without them.
  'wait-for-minutes': '3'
} as const

const ONE_SERVICE = { cluster: CLUSTER, service: 'web', 'wait-for-service-stability': 'true' } as const
/** Its sensor exits in every task, after the deployment completed. */
const SENSOR_DIES = sensorStops({ runningFor: 10, log: ['Error: unknown flag: --no-such-flag'] })

export const FLOWS: readonly Flow[] = [
  {
    name: 'forced',
    does: 'Registers a revision, moves a service onto it by a forced deployment, follows that and verifies the sensor.',
    inputs: { ...ONE_SERVICE, 'force-new-deployment': 'true' },
    seed: ({ account }) => addService(account, 'web', [completes(ROLLOUT)]),
    deployments: 1
  },
  {
    name: 'put back',
    does: 'The same without force, with `rollback-on-failure`: the sensor exits in every task, and the service is put back.',
    inputs: { ...ONE_SERVICE, 'rollback-on-failure': 'true' },
    seed: ({ account }) => addService(account, 'web', [together(completes(ROLLOUT), SENSOR_DIES), completes(ROLLOUT)]),
    deployments: 2
  },
  {
    name: 'out of time',
    does: 'The same, and the deployment never ends: it is stopped, and ECS puts the service back.',
    inputs: { ...ONE_SERVICE, 'rollback-on-failure': 'true', 'wait-for-minutes': '1' },
    seed: ({ account }) => addService(account, 'web', [neverEnds(ROLLOUT), completes(ROLLOUT)]),
    deployments: 2
  },
  {
    name: 'CodeDeploy',
    does: 'Registers a revision, has CodeDeploy deploy it, follows that and verifies the sensor.',
    inputs: { ...ONE_SERVICE, 'codedeploy-appspec': 'appspec.json' },
    seed: ({ account }) => addDelivered(account, [codeDeploySucceeds(ROLLOUT)]),
    deployments: 1
  },
  {
    name: 'CodeDeploy, put back',
    does: 'The same with `rollback-on-failure`: the sensor exits in every task, and CodeDeploy puts the service back.',
    inputs: { ...ONE_SERVICE, 'codedeploy-appspec': 'appspec.json', 'rollback-on-failure': 'true' },
    seed: ({ account }) =>
      addDelivered(account, [together(codeDeploySucceeds(ROLLOUT), SENSOR_DIES), codeDeploySucceeds(ROLLOUT)]),
    deployments: 2
  },
  {
    name: 'fleet',
    does: 'Finds four services of two families in all Regions, and does the same for each: a canary, then the others.',
    inputs: { regions: 'all', clusters: 'prod*' },
    seed: standIn => {
      standIn.regions = REGIONS
      for (const region of REGIONS) {
        for (const name of ['orders', 'web']) addService(standIn.in(region), name, [completes(ROLLOUT)])
      }
    },
    deployments: 1
  }
]

export const APP_SPEC = {
  version: 0,
  Resources: [
    {
      TargetService: {
        Type: 'AWS::ECS::Service',
        Properties: {
          TaskDefinition: '<TASK_DEFINITION>',
          LoadBalancerInfo: { ContainerName: 'web', ContainerPort: 8080 }
        }
      }
    }
  ]
}

const DEFINITION = JSON.parse(
  readFileSync(join(import.meta.dirname, '../examples/task-definition.json'), 'utf8')
) as JsonObject

function addService(account: Account, name: string, courses: readonly Script[], controller = 'ECS'): string {
  const taskDefinition = account.addTaskDefinition({ ...DEFINITION, family: name })
  const deploymentController = { type: controller }
  const service = account.addService({ cluster: CLUSTER, name, taskDefinition, desiredCount: 2, deploymentController })
  account.scriptRollouts(service, ...courses)
  return service
}

function addDelivered(account: Account, courses: readonly Script[]): void {
  const service = addService(account, 'web', courses, 'CODE_DEPLOY')
  const names = { application: `AppECS-${CLUSTER}-web`, group: `DgpECS-${CLUSTER}-web` }
  account.addDeploymentGroup({ ...names, service, terminationWaitMinutes: 0 })
}

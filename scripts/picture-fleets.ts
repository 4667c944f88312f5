// The runs over a fleet that npm run pictures shows.
import type { Script } from '../stand-in/script.ts'
import { breakerRollsBack, completes, imageRateLimited, sensorStops, together } from '../stand-in/scripts.ts'
import type { StandIn } from '../stand-in/server.ts'
import type { ServiceSeed } from '../stand-in/state.ts'
import type { Example, Inputs, Scene } from './picture-scenes.ts'

const FLEET: Inputs = {
  'satellite-url': 'https://satellite.example.com',
  'levo-env': 'production',
  'levoai-org-id': 'demo-organization',
  regions: 'us-east-1, eu-west-1',
  clusters: 'prod-*',
  'check-image': 'off'
}

const DIES = sensorStops({ runningFor: 8, exitCode: 1, log: ['Error: failed to set BPF filter: syntax error'] })

type Courses = Readonly<Record<string, readonly Script[]>>

const ENDS_WELL = [completes({ after: 90 }), completes({ after: 60 })]

/** Services in two Regions; one is under CodeDeploy, one kept out by its tag. What `courses` does not name ends well. */
function fill(standIn: StandIn, example: Example, courses: Courses): void {
  const add = (region: string, name: string, more: Partial<ServiceSeed> = {}) => {
    const account = standIn.in(region)
    const taskDefinition = account.addTaskDefinition({ ...example, family: name })
    const service = account.addService({ cluster: 'prod-shop', name, taskDefinition, desiredCount: 2, ...more })
    account.scriptRollouts(service, ...(courses[name] ?? ENDS_WELL))
  }
  for (const name of ['web', 'api', 'checkout']) add('us-east-1', name)
  for (const name of ['web', 'search']) add('eu-west-1', name)
  add('us-east-1', 'payments', { deploymentController: { type: 'CODE_DEPLOY' } })
  add('us-east-1', 'vault', { tags: [{ key: 'levoai:sensor', value: 'off' }] })
}

const BREAKS = breakerRollsBack({
  after: 240,
  ...imageRateLimited('levoai/pcap-sensor:0.1.9'),
  container: 'levo-pcap-sensor'
})

export const FLEETS: readonly Scene[] = [
  {
    name: 'fleet',
    kept: true,
    inputs: { ...FLEET, canary: '1', 'canary-soak-minutes': '5', 'stop-after-failures': '3' },
    prepare: (standIn, example) => {
      fill(standIn, example, { checkout: [BREAKS] })
      return example
    }
  },
  {
    name: 'discover',
    kept: true,
    earlier: [
      { ...FLEET, services: 'web' },
      { ...FLEET, services: 'api', image: 'levoai/pcap-sensor:0.1.8' },
      { ...FLEET, services: 'checkout', 'verify-sensor': 'off' }
    ],
    inputs: { ...FLEET, 'check-image': 'warn', mode: 'discover', 'fail-on': 'stopped' },
    prepare: (standIn, example) => {
      fill(standIn, example, { checkout: [together(completes({ after: 30 }), DIES)] })
      return example
    }
  }
]

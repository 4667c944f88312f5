// npm run demo: the committed dist/index.js, started as a GitHub runner starts it, against an imitation of ECS on this machine.
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { completeDeployment } from '../stand-in/rollouts.ts'
import { completes, sensorStops, together } from '../stand-in/scripts.ts'
import { type StandIn, startStandIn } from '../stand-in/server.ts'
import { type ActionRun, runAction } from './runner.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const workspace = join(root, 'examples')
const FILE = 'task-definition.json'

const INPUTS: Readonly<Record<string, string>> = {
  'task-definition': FILE,
  'satellite-url': 'https://satellite.example.com',
  'levo-env': 'staging',
  'levoai-org-id': 'demo-organization',
  // Nothing here leaves this machine.
  'check-image': 'off',
  cluster: 'production',
  service: 'web'
}

/** Quicker than life: a rollout takes minutes in AWS, and the sensor is watched for a minute. */
const FOLLOWING = {
  'wait-for-service-stability': 'true',
  'wait-max-delay-seconds': '1',
  'sensor-settle-seconds': '2',
  'rollback-on-failure': 'true'
}

const DIES = sensorStops({ runningFor: 3, exitCode: 1, log: ['Error: unknown flag: --no-such-flag'] })

const standIn = await startStandIn({ region: 'us-east-1' })
try {
  await demonstrate(standIn)
} finally {
  await standIn.close()
}

async function demonstrate({ account, url, requests }: StandIn): Promise<void> {
  const running = account.addTaskDefinition(JSON.parse(readFileSync(join(workspace, FILE), 'utf8')))
  const service = account.addService({ cluster: 'production', name: 'web', taskDefinition: running, desiredCount: 2 })
  title('An imitation of Amazon ECS, with one service')
  console.log(`cluster production, service web, running ${running}`)

  title('First run: add the sensor, register the revision, move the service')
  const first = await step(url)
  show(first)
  const arn = first.outputs['task-definition-arn'] ?? ''
  title('What is registered now')
  console.log(JSON.stringify(account.findTaskDefinition(arn)?.containerDefinitions, null, 2))

  completeDeployment(account, service)
  title('Second run, with the same input: nothing is left to do')
  const before = requests.length
  const second = await step(url)
  show(second)
  const calls = requests.slice(before).map(request => request.operation)
  console.log(`\ncalls made: ${calls.join(', ')}`)

  const runs = () => account.services.get(service)?.taskDefinition
  const moved = runs() === arn
  if (first.status !== 0 || second.status !== 0 || !moved || second.outputs.changed !== 'false') {
    throw new Error('the demo did not come out as it should')
  }

  title(
    'Third run: a flag that the sensor does not know. The rollout is followed, the sensor found dead, the service put back'
  )
  account.scriptRollouts(service, together(completes({ after: 3 }), DIES), completes({ after: 2 }))
  const third = await step(url, { ...FOLLOWING, 'extra-args': '--no-such-flag' })
  show(third)
  if (third.status !== 1 || third.outputs['deployment-outcome'] !== 'rolled-back' || runs() !== arn) {
    throw new Error('the demo did not come out as it should')
  }

  title('Fourth run: a newer sensor, followed to its end and proven to run in every task')
  account.scriptRollouts(service, completes({ after: 3 }))
  const fourth = await step(url, { ...FOLLOWING, image: 'levoai/pcap-sensor:0.2.1' })
  show(fourth)
  if (fourth.status !== 0 || fourth.outputs['sensor-running'] !== '2/2') {
    throw new Error('the demo did not come out as it should')
  }
  title('Done: the service runs the new sensor, and what did not work was put back')
}

async function step(url: string, more: Readonly<Record<string, string>> = {}): Promise<ActionRun> {
  const run = await runAction({
    entry: join(root, 'dist/index.js'),
    inputs: { ...INPUTS, ...more },
    workspace,
    env: {
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_ECS: url,
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: url,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example'
    }
  })
  await run.dispose()
  return run
}

function show({ stdout, stderr, outputs, summary, status }: ActionRun): void {
  console.log(indent(stdout + stderr))
  console.log('outputs:')
  for (const [name, value] of Object.entries(outputs)) console.log(`  ${name} = ${shorten(value)}`)
  console.log(`exit status ${status}, job summary of ${summary.length} characters`)
}

function title(text: string): void {
  console.log(`\n=== ${text}\n`)
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, '  | ')
}

function shorten(value: string): string {
  const line = value.replaceAll('\n', ' ')
  return line.length > 140 ? `${line.slice(0, 140)}…` : line
}

import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readOutputs } from '../../scripts/runner.ts'
import { ASKED, askToEnd } from '../support/ask-to-end.ts'
import { ACTION, useStage } from '../support/bundle-stage.ts'
import { shop } from '../support/flow-definitions.ts'
import { SENSOR } from '../support/flow-scene.ts'

const stage = useStage()

interface Moment {
  readonly operation: string
  readonly skip?: number
  readonly inputs?: Readonly<Record<string, string>>
}

const WHEN_REGISTERING: Moment = { operation: 'RegisterTaskDefinition' }

/** Starts the action and sends the signal when ECS gets a call, which it carries out a moment later. */
async function cancelled(
  signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL',
  { operation, skip = 0, inputs: given = {} }: Moment = WHEN_REGISTERING
) {
  const s = stage()
  const [outputs, summary] = [join(s.workspace, `${signal}-output`), join(s.workspace, `${signal}-summary`)]
  await s.file(`${signal}-output`, '')
  await s.file(`${signal}-summary`, '')
  const inputs = Object.entries({ ...SENSOR, service: 'web', ...given }).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value
  ])
  const child = spawn(process.execPath, [...ASKED.args, ACTION], {
    stdio: ASKED.stdio,
    cwd: s.workspace,
    env: {
      PATH: process.env.PATH,
      HOME: s.workspace,
      RUNNER_TEMP: s.workspace,
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: s.workspace,
      GITHUB_OUTPUT: outputs,
      GITHUB_STEP_SUMMARY: summary,
      ...Object.fromEntries(inputs),
      ...s.credentials
    }
  })
  const end = () => void (signal === 'SIGKILL' ? child.kill(signal) : askToEnd(child, signal))
  s.standIn.fault({ operation, skip, kind: 'before', act: end })
  let stdout = ''
  child.stdout?.setEncoding('utf8').on('data', text => {
    stdout += text
  })
  const status = await new Promise<number | null>(resolve => child.on('close', resolve))
  return {
    status,
    stdout,
    outputs: readOutputs(await readFile(outputs, 'utf8')),
    summary: await readFile(summary, 'utf8')
  }
}

function prepare(): void {
  const { account } = stage().standIn
  account.addTaskDefinition(shop())
  account.addService({ name: 'web', taskDefinition: 'shop:1' })
}

test('a runner that dies finds the outputs that were true before', async () => {
  prepare()
  const { outputs } = await cancelled('SIGKILL')
  expect(outputs['task-definition']).toContain('task-definition.json')
  expect(outputs['sensor-image']).toBe('levoai/pcap-sensor:0.1.9')
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s: nothing more is changed, and what is known is said', async signal => {
  const s = stage()
  prepare()
  const run = await cancelled(signal)
  expect(s.calls()).not.toContain('UpdateService')
  expect(run.status).toBe(1)
  expect(run.stdout).toMatch(/::error::.*cancel/i)
  expect(run.outputs['task-definition']).toContain('task-definition.json')
  expect(run.summary).toContain('cancel')
})

test('while a deployment is followed: nothing is put back, and what goes on in AWS is said', async () => {
  const s = stage()
  prepare()
  const inputs = {
    'wait-for-service-stability': 'true',
    'rollback-on-failure': 'true',
    'wait-max-delay-seconds': '1'
  }
  // Looked at when the plan is made, right before the move, and twice while it is followed.
  const run = await cancelled('SIGTERM', { operation: 'DescribeServices', skip: 3, inputs })
  expect(run.status).toBe(1)
  expect(s.calls().filter(call => ['UpdateService', 'StopServiceDeployment'].includes(call))).toEqual(['UpdateService'])
  const id = s.standIn.account.services.get(s.arn('service/default/web'))?.deployments[0]?.id
  expect(run.stdout).toMatch(new RegExp(`::error::.*web: deployment ${id} to .*shop:2 goes on in AWS`))
  expect(run.outputs).toMatchObject({ 'deployment-outcome': 'started', 'deployment-id': id })
  expect(run.summary).toContain('goes on in AWS')
})

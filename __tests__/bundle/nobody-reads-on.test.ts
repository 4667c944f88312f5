import { spawn } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { completes, sensorStops, together } from '../../stand-in/scripts.ts'
import { SENSOR_FLAGS, useStage } from '../support/bundle-stage.ts'
import { shop } from '../support/flow-definitions.ts'

const stage = useStage()
const CLI = join(resolve(dirname(fileURLToPath(import.meta.url)), '../..'), 'dist/cli.js')

/** The command, with one of its streams closed as soon as something comes by it. */
function runClosing(closed: 'stdout' | 'stderr', args: readonly string[], env: Record<string, string>) {
  return new Promise<{ status: number | null; other: string }>((done, failed) => {
    const child = spawn(process.execPath, [CLI, ...args], { env: { PATH: process.env.PATH, ...env } })
    let other = ''
    child[closed].once('data', () => child[closed].destroy())
    child[closed === 'stdout' ? 'stderr' : 'stdout'].on('data', text => {
      other += text
    })
    child.on('error', failed).on('close', status => done({ status, other }))
  })
}

test('a rollout whose reader is gone is followed to its end, and put back', async () => {
  const s = stage()
  const { account, url } = s.standIn
  account.addTaskDefinition(shop())
  const service = account.addService({ name: 'web', taskDefinition: 'shop:1', desiredCount: 1 })
  account.scriptRollouts(
    service,
    together(completes({ after: 2 }), sensorStops({ runningFor: 2 })),
    completes({ after: 1 })
  )
  const flags = ['--service', 'web', '--wait-for-service-stability', '--rollback-on-failure']
  const quick = ['--wait-max-delay-seconds', '1', '--sensor-settle-seconds', '1']
  const env = { ...s.credentials, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: url }
  const run = await runClosing('stderr', ['install', ...flags, ...quick, ...SENSOR_FLAGS], env)
  expect(run.status).toBe(1)
  expect(account.services.get(service)?.taskDefinition).toBe(s.arn('task-definition/shop:1'))
  expect(s.calls().filter(operation => operation === 'UpdateService')).toHaveLength(2)
}, 60_000)

test('help that nobody reads to its end leaves no stack behind', async () => {
  const run = await runClosing('stdout', ['install', '--help'], {})
  expect(run.other).toBe('')
})

// The action as it is shipped over the benchmark's fleet, at the pace of real time.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { json, text } from 'node:stream/consumers'
import { environmentIn, withStandIn } from './bench-fleet-processes.ts'
import { INPUTS } from './bench-fleet-scene.ts'

export interface RealTimeRun {
  readonly count: number
  /** Services that the sensor was verified in. */
  readonly ended: number
  readonly seconds: number
  /** Bytes, as the system counts them for the process. */
  readonly resident: number
  /** Seconds. */
  readonly cpu: number
}

/**
 * Without a canary, so that services end soon. After so many minutes the run is cancelled, as a runner does it. Throws when it ends by
 * itself and not well, or no service has ended by then.
 */
export async function runInRealTime(count: number, minutes: number, folder: string): Promise<RealTimeRun> {
  return withStandIn(folder, [String(count)], async url => {
    const begun = performance.now()
    const action = spawn(process.execPath, [...PROBE, join(import.meta.dirname, '../dist/index.js')], {
      cwd: folder,
      env: environmentOf(url, folder),
      stdio: ['ignore', 'pipe', 'inherit', 'pipe']
    })
    const timer = Number.isFinite(minutes) ? setTimeout(() => action.kill('SIGTERM'), minutes * 60_000) : undefined
    const [log, probed, [status]] = await Promise.all([
      text(action.stdio[1] as Readable),
      json(action.stdio[3] as Readable) as Promise<{ cpu: number; resident: number }>,
      once(action, 'exit')
    ])
    clearTimeout(timer)
    const ended = log.match(/: deployed, runs /g)?.length ?? 0
    const seconds = (performance.now() - begun) / 1000
    const isCancelled = seconds >= minutes * 60
    if (isCancelled ? ended === 0 : status !== 0)
      throw new Error(`the action ended with ${status}:\n${log.slice(-2000)}`)
    return { count, ended, seconds, resident: probed.resident, cpu: probed.cpu / 1000 }
  })
}

const PROBE = ['--require', join(import.meta.dirname, 'bench-probe.cjs')]

function environmentOf(url: string, folder: string): Record<string, string> {
  const files = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'].map(name => [name, join(folder, name)] as const)
  for (const [, path] of files) writeFileSync(path, '')
  return {
    ...environmentIn(folder),
    ...Object.fromEntries(files),
    ...Object.fromEntries(
      Object.entries({ ...INPUTS, canary: '0' }).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
    ),
    ...Object.fromEntries(['ECS', 'EC2', 'CLOUDWATCH_LOGS'].map(service => [`AWS_ENDPOINT_URL_${service}`, url])),
    HOME: folder,
    RUNNER_TEMP: folder,
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: folder
  }
}

// The processes of the fleet benchmark: the stand-in, and the run in simulated time.
import { type ChildProcess, fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Asked, Measured } from './bench-fleet-scene.ts'
import { BUNDLED } from './bundled.ts'

/** Milliseconds. */
const LONGEST_RUN = 300_000

/** What one run over a fleet has cost. */
export interface SimulatedRun {
  readonly count: number
  readonly measured: Measured
  readonly asked: Asked
}

/** Bundles the script of a run in a folder, and gives its path: hundreds of source files would be a third of what is resident. */
export async function bundleRun(folder: string): Promise<string> {
  const entryPoints = [join(import.meta.dirname, 'bench-fleet-run.ts')]
  await build({ ...BUNDLED, entryPoints, entryNames: 'run', outdir: folder, outExtension: { '.js': '.mjs' } })
  return join(folder, 'run.mjs')
}

export async function runInSimulatedTime(script: string, count: number, folder: string): Promise<SimulatedRun> {
  const clockFile = join(folder, `clock-${count}`)
  writeFileSync(clockFile, Buffer.alloc(8))
  return withStandIn(folder, [String(count), clockFile], async (url, ask) => {
    const env = environmentIn(folder)
    const run = fork(script, [url, clockFile], { env, execArgv: ['--expose-gc'], timeout: LONGEST_RUN })
    const measured = await messageOf<Measured>(run).finally(() => run.kill())
    return { count, measured, asked: await ask() }
  })
}

/** `act` is given the stand-in's URL, and asks it with the other for what it has counted. */
export async function withStandIn<T>(
  folder: string,
  args: readonly string[],
  act: (url: string, ask: () => Promise<Asked>) => Promise<T>
): Promise<T> {
  const standIn = fork(join(import.meta.dirname, 'bench-fleet-stand-in.ts'), args, { env: environmentIn(folder) })
  try {
    const url = await messageOf<string>(standIn)
    return await act(url, () => {
      standIn.send('counts')
      return messageOf<Asked>(standIn)
    })
  } finally {
    standIn.kill()
  }
}

/** With nothing of who runs this. */
export function environmentIn(folder: string): Record<string, string> {
  const nowhere = join(folder, 'no-such-file')
  return {
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_CONFIG_FILE: nowhere,
    AWS_SHARED_CREDENTIALS_FILE: nowhere
  }
}

/** The next one. Throws when the process ends without one. */
async function messageOf<T>(child: ChildProcess): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const onMessage = (message: unknown) => resolve(message as T)
  const onExit = (status: number | null) => reject(new Error(`a process of the benchmark ended with ${status}`))
  child.once('message', onMessage).once('exit', onExit)
  return promise.finally(() => child.off('message', onMessage).off('exit', onExit))
}

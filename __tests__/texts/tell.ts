import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Environment, Options } from '../../src/options/options.ts'
import { parseOptions } from '../../src/options/parse.ts'
import { imageFinder } from '../../src/registry/find-image.ts'
import { run } from '../../src/run.ts'
import { CREATED_BY, type Inputs, type Scene, SENSOR } from '../support/flow-scene.ts'
import { openStreams, type Streams, type Texts } from '../support/streams.ts'

/** One run of the scene as `main` drives it, and what it says in every stream. */
export async function tellRun(scene: Scene, inputs: Inputs): Promise<Texts> {
  const raw = { ...SENSOR, ...inputs }
  const streams = openStreams({ raw, workspace: scene.workspace })
  const options = await parse(scene, raw, streams)
  if (options === undefined) return streams.texts()
  const before = scene.standIn.requests.length
  const report = await run(options, {
    workspace: scene.workspace,
    clock: scene.clock,
    ecs: async () => scene.connect(options.maxAttempts),
    findImage: scene.findImage ?? imageFinder(scene.connection(options.maxAttempts)),
    onEvent: (event, known) => streams.event(event, known)
  })
  // Its policy has to be enough for it, as that of every run of a scene.
  scene.asked.push({ options, requests: scene.standIn.requests.slice(before) })
  await streams.finish(report, options)
  return streams.texts()
}

async function parse(scene: Scene, raw: Inputs, streams: Streams): Promise<Options | undefined> {
  const { account, workspace } = scene
  const environment: Environment = {
    region: account.region,
    profileRegion: async () => undefined,
    hasCredentials: true,
    workspace,
    fileExists: path => existsSync(resolve(workspace, path)),
    provenance: PROVENANCE,
    ...scene.environment
  }
  try {
    return await parseOptions(raw, environment)
  } catch (error) {
    streams.fail(error)
    return undefined
  }
}

const PROVENANCE = {
  createdBy: CREATED_BY,
  repository: 'example/web',
  commit: '0123456789abcdef0123456789abcdef01234567',
  run: 'https://github.com/example/web/actions/runs/1234567890/attempts/1'
}

import type { Script } from '../../stand-in/script.ts'
import type { ServiceSeed } from '../../stand-in/state.ts'
import { shop } from '../support/flow-definitions.ts'
import type { Inputs, Scene } from '../support/flow-scene.ts'
import { script, WAITING } from '../support/rollout.ts'

/** Prepares the scene, and gives the inputs of the run whose texts are looked at. */
export type Scenario = (scene: Scene) => Promise<Inputs> | Inputs

export const PUTTING_BACK: Inputs = { ...WAITING, 'rollback-on-failure': 'true' }

/** The inputs of `mode: remove` and `mode: verify`, which need no sensor's. */
export const NO_SENSOR: Inputs = { 'satellite-url': '', 'levo-env': '', 'levoai-org-id': '', 'extra-args': '' }

/** The service `web` of two tasks runs `shop:1`, which has no sensor. */
export function addWeb({ account }: Scene, seed: Partial<ServiceSeed> = {}): void {
  account.addTaskDefinition(shop())
  account.addService({ name: 'web', taskDefinition: 'shop:1', desiredCount: 2, ...seed })
}

/** `web` and the courses of its next deployments. */
export function addWebWith(scene: Scene, ...scripts: Script[]): void {
  addWeb(scene)
  script(scene, ...scripts)
}

/** As `addWeb`, but it runs `shop:2`, which has the sensor that a run before put there. */
export async function addWebWithSensor(scene: Scene): Promise<void> {
  scene.account.addTaskDefinition(shop())
  await scene.succeed({ 'task-definition-family': 'shop' })
  scene.account.addService({ name: 'web', taskDefinition: 'shop:2', desiredCount: 2 })
}

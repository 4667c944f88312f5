import { beforeEach } from '@jest/globals'
import type { Script } from '../../stand-in/script.ts'
import { shop } from './flow-definitions.ts'
import { type Inputs, type Scene, useScene } from './flow-scene.ts'

/** What every run that waits has in common. */
export const WAITING: Inputs = { service: 'web', 'wait-for-service-stability': 'true' }

/** A scene with the service `web` of two tasks, which runs `shop:1`, a revision without a sensor. */
export function useWeb(desiredCount = 2): () => Scene {
  const scene = useScene()
  beforeEach(() => {
    const { account } = scene()
    account.addTaskDefinition(shop())
    account.addService({ name: 'web', taskDefinition: 'shop:1', desiredCount })
  })
  return scene
}

/** The courses of the service's next deployments. */
export function script(scene: Scene, ...scripts: Script[]): void {
  scene.account.scriptRollouts(scene.arn('service/default/web'), ...scripts)
}

/** Without the right to look at service deployments. */
export function denyServiceDeployments(scene: Scene): void {
  scene.standIn.fault({ operation: 'DescribeServiceDeployments', kind: 'deny', times: Infinity })
}

/** Seconds that the run took, by its own clock. */
export function elapsed(scene: Scene): number {
  return scene.slept.reduce((sum, seconds) => sum + seconds, 0)
}

/** The calls that change something, in order. */
export function sent(scene: Scene): string[] {
  return scene.calls().filter(operation => !/^(?:Describe|List|Get)/.test(operation))
}

/** What is sent to move one service, and nothing more. */
export const MOVED = ['RegisterTaskDefinition', 'UpdateService', 'TagResource']

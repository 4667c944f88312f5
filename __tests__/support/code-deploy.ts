import { beforeEach } from '@jest/globals'
import type { DeploymentGroupSeed } from '../../stand-in/code-deploy.ts'
import { shop } from './flow-definitions.ts'
import { type Scene, useScene } from './flow-scene.ts'

export const APP_SPEC = `version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: <TASK_DEFINITION>
        LoadBalancerInfo:
          ContainerName: counter
          ContainerPort: 8080
`

/** The deployment group that CodeDeploy's console would make for the service `web` of the default cluster. */
export function addGroup(scene: Scene, changes: Partial<DeploymentGroupSeed> = {}): void {
  scene.account.addDeploymentGroup({
    application: 'AppECS-default-web',
    group: 'DgpECS-default-web',
    service: scene.arn('service/default/web'),
    ...changes
  })
}

/** A scene with the service `web` of two tasks, which CodeDeploy deploys and which runs `shop:1`, a revision without a sensor. */
export function useDelivered(group: Partial<DeploymentGroupSeed> | 'none' = {}): () => Scene {
  const scene = useScene()
  beforeEach(async () => {
    const s = scene()
    s.account.addTaskDefinition(shop())
    const deploymentController = { type: 'CODE_DEPLOY' }
    s.account.addService({ name: 'web', taskDefinition: 'shop:1', desiredCount: 2, deploymentController })
    if (group !== 'none') addGroup(s, group)
    await s.file('appspec.yaml', APP_SPEC)
  })
  return scene
}

/** The id of the deployment that was begun as the n-th one. */
export function codeDeployId(scene: Scene, n = 0): string {
  return [...scene.account.codeDeployments.keys()][n] ?? ''
}

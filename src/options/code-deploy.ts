import type { CodeDeployOptions } from '../deploy/code-deploy.ts'
import { line, type Option, text } from './option.ts'
import type { Values } from './table.ts'

/** The inputs for a service under the controller CODE_DEPLOY, by the names that the AWS deploy action has for them. */
export const CODE_DEPLOY_OPTIONS = {
  'codedeploy-appspec': line({
    section: 'action',
    description:
      'Path of the AppSpec file, JSON or YAML, relative to the workspace; `appspec.yaml` if not given. The revision is put into it. This and the next four are for one service that CodeDeploy deploys (controller `CODE_DEPLOY`); other services do not use them.'
  }),
  'codedeploy-application': line({
    section: 'action',
    description: 'CodeDeploy application; `AppECS-CLUSTER-SERVICE` if not given.'
  }),
  'codedeploy-deployment-group': line({
    section: 'action',
    description: 'CodeDeploy deployment group; `DgpECS-CLUSTER-SERVICE` if not given.'
  }),
  'codedeploy-deployment-description': text({
    section: 'action',
    description: 'Description of the CodeDeploy deployment, cut at 512 characters.'
  }),
  'codedeploy-deployment-config': line({
    section: 'action',
    description: "CodeDeploy deployment configuration, instead of the deployment group's."
  })
} as const satisfies Record<string, Option<unknown>>

export const CODE_DEPLOY_NAMES = Object.keys(CODE_DEPLOY_OPTIONS) as (keyof typeof CODE_DEPLOY_OPTIONS)[]

export function readCodeDeploy(values: Values): CodeDeployOptions {
  return {
    appSpec: values['codedeploy-appspec'],
    application: values['codedeploy-application'],
    group: values['codedeploy-deployment-group'],
    description: values['codedeploy-deployment-description'],
    config: values['codedeploy-deployment-config']
  }
}

/** An application, a group and an AppSpec belong to one service, and only what moves it needs them. */
export function oneServiceForCodeDeploy(values: Values): string[] {
  const given = CODE_DEPLOY_NAMES.filter(name => values[name] !== undefined)
  if (values.mode === 'verify') {
    return given.map(name => `${name}: must not be given in mode verify, which changes nothing`)
  }
  const count = new Set(values.service).size
  return count <= 1 ? [] : given.map(name => `${name}: is for one service only, not for ${count}`)
}

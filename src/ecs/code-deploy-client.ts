/** The part of the SDK for CodeDeploy that is used, so that a bundler takes no more than that. */
export {
  CodeDeployClient,
  CreateDeploymentCommand,
  GetDeploymentCommand,
  GetDeploymentGroupCommand,
  ListDeploymentsCommand
} from '@aws-sdk/client-codedeploy'

import { expression, type InputNotes } from './notes.ts'

const ONE_CODE_DEPLOY = 'Only for a service under the controller `CODE_DEPLOY`, one a step; others do not use it.'

/** What to do. */
export const OF_THE_RUN = {
  mode: {
    example: 'verify',
    modes: ['install', 'remove', 'verify', 'discover', 'restore'],
    notes:
      '`verify` needs `service`; `discover` and `restore` are of [fleets](fleet.md). `verify` and `discover` change nothing. The command has a word for each in place of it.'
  },
  'dry-run': {
    example: 'true',
    notes:
      'The plan is shown and the rendered file written, also to `output-file`. With AWS credentials it is compared with what is registered and runs; from a file it goes without any.'
  },
  register: {
    example: 'false',
    modes: ['install', 'remove'],
    notes:
      'For a step that registers the file itself, such as `aws-actions/amazon-ecs-deploy-task-definition`: exactly one revision is made then. Not together with `service`, nor in a fleet.'
  },
  'output-file': {
    example: 'task-definition.json',
    notes:
      'It may be the file that `task-definition` names: then only the lines of the sensor and of the task size change.'
  },
  tags: {
    example: 'team=shop',
    notes:
      'Tags that the source has are kept. Beside them `levoai:created_by`, `levoai:repository`, `levoai:commit` and `levoai:run` say who made the revision, as far as the 50 that ECS takes allow.'
  },
  cluster: { example: 'production', notes: 'Not needed where `service` is an ARN that names it.' },
  service: {
    example: 'web',
    notes:
      'Without it nothing is moved: the revision is registered, and its ARN is an output. Several have to be of one cluster and, without a definition of their own, run one and the same revision; ' +
      'they are moved one after another, and followed side by side. For more there are [fleets](fleet.md).'
  },
  'force-new-deployment': { example: 'true', notes: 'Sent to ECS only if given; needs `service`.' },
  'desired-count': { example: '2', notes: 'Sent to ECS only if given; needs `service`.' },
  'propagate-tags': { example: 'SERVICE', notes: 'Sent to ECS only if given; needs `service`.' },
  'enable-ecs-managed-tags': { example: 'true', notes: 'Sent to ECS only if given; needs `service`.' },
  'on-deployment-in-progress': {
    example: 'wait',
    notes: 'Under the controller `CODE_DEPLOY` `replace` is refused: CodeDeploy takes no second deployment of a group.'
  },
  'wait-for-service-stability': {
    example: 'true',
    notes:
      '[What is followed, and how it can end](how-it-decides.md#how-a-rollout-is-judged). Needs `service`. In `mode`: `verify` it says whether a deployment that is under way is followed to its end first.'
  },
  'wait-for-minutes': {
    example: '45',
    notes:
      "Also the longest that `on-deployment-in-progress`: `wait` waits. Under the controller `CODE_DEPLOY` the deployment group's own waits are added, up to 360 minutes in all. The job's own `timeout-minutes` should be longer."
  },
  'wait-max-delay-seconds': { example: '30', notes: 'The first looks are closer together.' },
  'verify-sensor': {
    example: 'warn',
    notes:
      'With `require` a sensor that does not run fails the step, and `rollback-on-failure` puts the service back. Needs `wait-for-service-stability` or `mode`: `verify`, where `off` is refused.'
  },
  'sensor-settle-seconds': {
    example: '120',
    notes:
      'One and the same run of the container: one that is restarted begins anew. A wrong packet filter ends the sensor after some five seconds, so `0` proves little. It is within `wait-for-minutes`.'
  },
  'rollback-on-failure': {
    example: 'true',
    notes:
      '[When it puts a service back, and when never](how-it-decides.md#when-it-rolls-back). The step fails all the same.'
  },
  'codedeploy-appspec': { example: 'appspec.yaml', notes: 'The file itself is not changed.' },
  'codedeploy-application': { example: 'AppECS-production-web', notes: ONE_CODE_DEPLOY },
  'codedeploy-deployment-group': {
    example: 'DgpECS-production-web',
    notes: `${ONE_CODE_DEPLOY} A group that deploys another service is refused before anything is registered.`
  },
  'codedeploy-deployment-description': { example: 'with the Levo sensor', notes: ONE_CODE_DEPLOY },
  'codedeploy-deployment-config': { example: 'CodeDeployDefault.ECSCanary10Percent5Minutes', notes: ONE_CODE_DEPLOY },
  'max-retries': {
    example: '20',
    notes:
      'The AWS SDK waits longer before each; what must not be sent twice is looked up first. For an account whose API is throttled.'
  },
  'comment-on-pull-request': {
    example: 'true',
    modes: ['install', 'remove', 'verify', 'discover', 'restore'],
    notes: '[What it shows, and when there is none](reports.md#the-comment-on-a-pull-request).'
  },
  'github-token': {
    example: expression('github.token'),
    modes: ['install', 'remove', 'verify', 'discover', 'restore'],
    notes:
      'Used for `comment-on-pull-request` alone. The default has the rights of the job; another one is seldom needed.'
  }
} as const satisfies Record<string, InputNotes>

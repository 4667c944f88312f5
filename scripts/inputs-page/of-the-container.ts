import type { InputNotes } from './notes.ts'

/** The sensor's container. */
export const OF_THE_CONTAINER = {
  'sensor-profile': {
    example: 'low-resource',
    notes:
      'What `auto` takes when, and what it never takes: [how it decides](how-it-decides.md#the-size-of-the-sensor). A profile that is named is taken as documented by ' +
      'Levo, with a warning where it outweighs an essential container. `cpu`, `memory` and the flags override it one by one.'
  },
  image: {
    example: '123456789012.dkr.ecr.us-west-2.amazonaws.com/levoai/pcap-sensor:0.1.9',
    notes:
      'Fargate pulls it for every task that starts. Docker Hub limits anonymous pulls by address, so for more than a few tasks copy it to ECR. ' +
      'A container whose image has this repository, or one that ends in `pcap-sensor`, counts as a sensor that is there already.'
  },
  'check-image': {
    example: 'require',
    notes:
      "Linux on X86_64 or ARM64, by the registry's own API, for 5 seconds at most: in ECR with the run's credentials, elsewhere without an account. No way to the " +
      "registry, a private one, or one that limits its rate says nothing: this machine's network is not the task's. In a dry run it is looked up where there are " +
      'credentials, and never where no task would pull the image. What a pull-through cache of ECR would bring in with the first pull counts as not there.'
  },
  'container-name': {
    example: 'levo-pcap-sensor',
    notes:
      'A sensor with another name is adopted and gets this one. A container of this name that is no sensor is an error.'
  },
  cpu: {
    example: '128',
    notes:
      'With `0` the sensor takes what the others leave. A share is rounded down. ECS refuses a task whose containers reserve more than it has; `task-size` says what then happens.'
  },
  memory: {
    example: '512',
    notes: 'The hard limit: above it the sensor is killed, the application is not. Less than 200 is a warning.'
  },
  'memory-reservation': { example: '128', notes: 'At most `memory`.' },
  'environment-variables': {
    example: 'HTTP_PROXY=http://proxy.example.com:3128',
    notes: 'Besides `LEVO_AWS_REGION`, which the sensor always gets. The values are never printed.'
  },
  secrets: {
    example: 'TOKEN=arn:aws:secretsmanager:us-west-2:123456789012:secret:levo-AbCdEf',
    notes:
      "The task's execution role has to be allowed to read them, else the task does not start; without an execution role they are refused."
  },
  'docker-labels': { example: 'team=security' },
  'repository-credentials': {
    example: 'arn:aws:secretsmanager:us-west-2:123456789012:secret:docker-hub-AbCdEf',
    notes:
      "For a private registry, or an account of Docker Hub. The task's execution role has to be allowed to read it."
  },
  'log-group': {
    example: '/ecs/web-pcap',
    notes:
      "Not given, the sensor logs to the application's own group: a group that is missing, or that the execution role may not create, keeps the whole task from starting " +
      '([how it decides](how-it-decides.md#where-the-sensor-logs)). Not together with `log-configuration-log-driver`.'
  },
  'log-stream-prefix': { example: 'ecs-pcap' },
  'log-configuration-log-driver': {
    example: 'awsfirelens',
    notes: 'On Fargate `awslogs`, `splunk` or `awsfirelens`. In the place of `log-group` and `log-stream-prefix`.'
  },
  'log-configuration-options': {
    example: 'Name=cloudwatch_logs\nlog_group_name=/ecs/web-pcap\nregion=us-west-2',
    notes:
      'Goes with `log-configuration-log-driver` only. `awslogs` needs `awslogs-group`, `awslogs-region` and `awslogs-stream-prefix`.'
  },
  'restart-attempt-period': {
    example: '300',
    notes: 'Without it ECS leaves a sensor that has ended as it is: the application goes on without it.'
  },
  'container-overrides': {
    example: '{ "stopTimeout": 10 }',
    notes:
      'For members that have no input. `name` is refused (`container-name` gives it). It may make the sensor essential, which is said as a warning: then its end is the end of the task.'
  },
  'task-size': {
    example: 'grow',
    notes: '[What grows to what, and how it goes back](how-it-decides.md#when-it-does-not-fit).'
  },
  'aws-region': {
    example: 'us-west-2',
    notes:
      'Also becomes `LEVO_AWS_REGION` of the sensor. `aws-actions/configure-aws-credentials` sets `AWS_REGION`, so it is seldom needed.'
  }
} as const satisfies Record<string, InputNotes>

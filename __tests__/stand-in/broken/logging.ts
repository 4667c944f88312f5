import { app, fargate } from '../definitions.ts'
import { bridged, type Row, withHelper } from './row.ts'

export const LOGGING: readonly Row[] = [
  [
    'fargate-log-driver',
    withHelper({ logConfiguration: { logDriver: 'json-file' } }),
    'json-file is not a valid log driver. Must be one of [awslogs,splunk,awsfirelens]'
  ],
  [
    'awslogs-options',
    bridged({ logConfiguration: { logDriver: 'awslogs' } }),
    'Log driver awslogs requires options: awslogs-region, awslogs-group'
  ],
  [
    'fargate-awslogs-execution-role',
    fargate({ executionRoleArn: undefined, containerDefinitions: [app({ image: 'nginx' })] }),
    'Fargate requires task definition to have execution role ARN to support log driver awslogs.'
  ],
  [
    'fargate-awslogs-stream-prefix',
    withHelper({
      logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'g', 'awslogs-region': 'us-east-1' } }
    }),
    'Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.'
  ],
  [
    'awsfirelens-router',
    withHelper({ logConfiguration: { logDriver: 'awsfirelens' } }),
    'When awsfirelens log driver is specified in log configuration, a firelens configuration object must be specified'
  ]
]

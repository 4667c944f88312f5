import { app, ec2Bridge, fargate } from '../definitions.ts'
import { type Row, withHelper } from './row.ts'

export const FARGATE: readonly Row[] = [
  ['fargate-network-mode', fargate({ networkMode: 'bridge' }), 'Fargate only supports network mode ‘awsvpc’.'],
  [
    'fargate-ecr-execution-role',
    fargate({ executionRoleArn: undefined, containerDefinitions: [app({ logConfiguration: undefined })] }),
    'Fargate requires task definition to have execution role ARN to support ECR images.'
  ],
  [
    'fargate-capability-add',
    withHelper({ linuxParameters: { capabilities: { add: ['SYS_PTRACE', 'NET_RAW'] } } }),
    'NET_RAW is not allowed on Fargate.'
  ],
  ['fargate-privileged', withHelper({ privileged: true }), "Fargate requires that the 'privileged' setting be 'false'"],
  [
    'fargate-pid-mode',
    fargate({ pidMode: 'host' }),
    "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'."
  ],
  ['fargate-ipc-mode', fargate({ ipcMode: 'task' }), 'Fargate compatible task definitions do not support ipcMode'],
  [
    'fargate-placement-constraints',
    fargate({ placementConstraints: [{ type: 'memberOf' }] }),
    'Fargate compatible task definitions do not support constraints'
  ],
  [
    'fargate-volume-sourcePath',
    fargate({ volumes: [{ name: 'v', host: { sourcePath: '/v' } }] }),
    'Fargate compatible task definitions do not support sourcePath'
  ],
  [
    'fargate-volume-dockerVolumeConfiguration',
    fargate({ volumes: [{ name: 'v', dockerVolumeConfiguration: { scope: 'task' } }] }),
    'Fargate compatible task definitions do not support dockerVolumeConfiguration'
  ],
  ...Object.entries({
    devices: [{ hostPath: '/dev/a' }],
    sharedMemorySize: 64,
    tmpfs: [{ containerPath: '/t', size: 1 }],
    maxSwap: 10,
    swappiness: 60
  }).map(
    ([member, value]): Row => [
      `fargate-${member}`,
      withHelper({ linuxParameters: { [member]: value } }),
      `Fargate compatible task definitions do not support ${member}`
    ]
  ),
  [
    'fargate-dockerSecurityOptions',
    withHelper({ dockerSecurityOptions: ['no-new-privileges'] }),
    'Fargate compatible task definitions do not support dockerSecurityOptions'
  ],
  [
    'fargate-gpu',
    withHelper({ resourceRequirements: [{ type: 'GPU', value: '1' }] }),
    'Tasks using the Fargate launch type do not support GPU resource requirements'
  ],
  [
    'fargate-stop-timeout',
    withHelper({ stopTimeout: 121 }),
    'Tasks using the Fargate launch type must have a container stop timeout of less than 120 seconds.'
  ],
  [
    'fargate-start-timeout',
    withHelper({ startTimeout: 121 }),
    'Tasks using the Fargate launch type must have a container start timeout of less than 120 seconds.'
  ],
  [
    'startTimeout-minimum',
    withHelper({ startTimeout: 1 }),
    "The 'startTimeout' setting for container 'helper' must be at least 2 seconds."
  ],
  [
    'stopTimeout-minimum',
    withHelper({ stopTimeout: 1 }),
    "The 'stopTimeout' setting for container 'helper' must be at least 2 seconds."
  ],
  [
    'ec2-ephemeral-storage',
    ec2Bridge({ ephemeralStorage: { sizeInGiB: 30 } }),
    'Tasks using the EC2 launch type do not support EphemeralStorage'
  ]
]

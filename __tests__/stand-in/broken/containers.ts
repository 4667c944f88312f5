import { ec2Host } from '../definitions.ts'
import { copies, type Row, withHelper } from './row.ts'

const range = { containerPortRange: '9000-9010' }
const dependsOn = (containerName: string, condition: string) => ({ dependsOn: [{ containerName, condition }] })

export const CONTAINERS: readonly Row[] = [
  [
    'awsvpc-ports',
    withHelper({ portMappings: [{ containerPort: 80, hostPort: 81 }] }),
    'When networkMode=awsvpc, the host ports and container ports in port mappings must match.'
  ],
  [
    'host-ports',
    ec2Host({
      containerDefinitions: [{ name: 'app', image: 'nginx', portMappings: [{ containerPort: 80, hostPort: 81 }] }]
    }),
    'When networkMode=host, the host ports and container ports in port mappings must match.'
  ],
  [
    'port-and-range',
    withHelper({ portMappings: [{ containerPort: 80, ...range }] }),
    'cannot specify both single port and port range'
  ],
  ['port-ranges-too-many', withHelper({ portMappings: copies(101, () => range) }), 'Too many container port ranges.'],
  ...(
    [
      ['links', ['app'], 'Links are'],
      ['disableNetworking', true, 'Disable Networking is'],
      ['dnsServers', ['10.0.0.2'], 'DNS servers are'],
      ['dnsSearchDomains', ['example.com'], 'DNS search domains are'],
      ['extraHosts', [{ hostname: 'a', ipAddress: '10.0.0.3' }], 'Extra hosts are']
    ] as const
  ).map(([member, value, start]): Row => {
    const onContainer = member === 'links' ? '' : ' on container'
    return [
      `awsvpc-${member}`,
      withHelper({ [member]: value }),
      `${start} not supported${onContainer} when networkMode=awsvpc`
    ]
  }),
  ['awsvpc-hostname', withHelper({ hostname: 'h' }), 'hostname is not supported on container when networkMode=awsvpc'],
  [
    'depends-on-unknown',
    withHelper(dependsOn('nobody', 'START')),
    "Cannot depend on container + 'nobody' because it does not exist"
  ],
  [
    'depends-on-essential',
    withHelper(dependsOn('app', 'SUCCESS')),
    'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container'
  ],
  [
    'depends-on-healthy',
    withHelper(dependsOn('app', 'HEALTHY')),
    'A dependency container with HEALTHY condition must have health check configured'
  ],
  [
    'volumes-from-unknown',
    withHelper({ volumesFrom: [{ sourceContainer: 'nobody' }] }),
    "Invalid 'volumesFrom' setting. Unknown container: 'nobody'"
  ],
  ['mount-point-unknown', withHelper({ mountPoints: [{ sourceVolume: 'none' }] }), "Unknown volume 'none'."],
  [
    'restart-attempt-period',
    withHelper({ restartPolicy: { enabled: true, restartAttemptPeriod: 59 } }),
    "the 'restartAttemptPeriod' setting for container 'helper' must be between 60 and 1800"
  ],
  [
    'ignored-exit-codes',
    withHelper({ restartPolicy: { enabled: true, ignoredExitCodes: Array.from({ length: 51 }, (_, i) => i) } }),
    "the 'ignoredExitCodes' setting for container 'helper' must have at most 50 codes"
  ],
  [
    'environment-files',
    withHelper({ environmentFiles: copies(11, () => ({ type: 's3', value: 'arn:aws:s3:::b/a.env' })) }),
    'The maximum number of environment files was exceeded. Specify ten or less and try again'
  ],
  ...(
    [
      ['interval', 4, 5, 300],
      ['timeout', 61, 2, 60],
      ['retries', 11, 1, 10],
      ['startPeriod', 301, 0, 300]
    ] as const
  ).map(
    ([member, value, least, most]): Row => [
      `health-check-${member}`,
      withHelper({ healthCheck: { command: ['CMD', 'true'], [member]: value } }),
      `the health check '${member}' setting for container 'helper' must be between ${least} and ${most}`
    ]
  )
]

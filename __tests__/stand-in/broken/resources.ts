import { app, ec2Host, fargate, helper } from '../definitions.ts'
import { bridged, type Row, withApp, withHelper } from './row.ts'

export const RESOURCES: readonly Row[] = [
  [
    'fargate-cpu-missing',
    fargate({ cpu: undefined }),
    "Fargate requires that 'cpu' be defined at the task level.",
    ['fargate-size']
  ],
  [
    'fargate-memory-missing',
    fargate({ memory: undefined }),
    "Fargate requires that 'memory' be defined at the task level.",
    ['fargate-size', 'memory-missing']
  ],
  ['cpu-spelling', ec2Host({ cpu: '127' }), "Invalid 'cpu' setting for task."],
  ['memory-spelling', bridged({}, { memory: '2 GiB' }), "Invalid 'memory' setting for task."],
  [
    'fargate-size',
    fargate({ cpu: '.5 vCPU', memory: '512', containerDefinitions: [app({ memory: 256 }), helper()] }),
    'No Fargate configuration exists for given values: 512 CPU, 512 memory. ' +
      'See the Amazon ECS documentation for the valid values.'
  ],
  [
    'memory-missing',
    bridged({ memory: undefined }),
    "Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation' must be specified."
  ],
  ['memory-minimum', withHelper({ memory: 5 }), "Invalid setting for container 'helper'. 'memory' must be at least 6."],
  [
    'reservation-above-memory',
    withApp({ memoryReservation: 1025 }),
    "Invalid setting for container 'app'. 'memory' must be greater than or equal to 'memoryReservation'."
  ],
  [
    'memory-above-task',
    withHelper({ memory: 2049 }),
    "The 'memory' setting for container 'helper' is greater than for the task."
  ],
  [
    'cpu-sum',
    withHelper({ cpu: 513 }),
    "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'."
  ],
  [
    'reservation-sum',
    fargate({ containerDefinitions: [app({ memoryReservation: 1024 }), helper({ memoryReservation: 1025 })] }),
    "The sum of all container 'memoryReservation' values cannot be greater than the value of the task 'memory'."
  ]
]

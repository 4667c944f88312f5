import { app, ec2Bridge, fargate, helper } from '../definitions.ts'
import { bridged, copies, type Row, withApp, withHelper } from './row.ts'

export const STRUCTURE: readonly Row[] = [
  ['family-missing', fargate({ family: '' }), 'Family can not be blank.'],
  ['family-characters', fargate({ family: 'bad name!' }), 'Family contains invalid characters.'],
  ['family-length', fargate({ family: 'f'.repeat(256) }), 'Family should not be longer than 255 characters.'],
  ['containers-empty', fargate({ containerDefinitions: [] }), 'Container list cannot be empty.', ['essential-missing']],
  [
    'containers-too-many',
    fargate({ containerDefinitions: [app(), ...copies(10, index => helper({ name: `helper-${index}` }))] }),
    'Too many containers.'
  ],
  ['container-name-missing', withHelper({ name: '' }), 'Container.name should not be null or empty.'],
  ['container-name-characters', withHelper({ name: 'a.b' }), 'Container.name contains invalid characters.'],
  [
    'container-name-length',
    withHelper({ name: 'c'.repeat(256) }),
    'Container.name should not be longer than 255 characters.'
  ],
  ['container-names-unique', withHelper({ name: 'app' }), 'Container names must be unique within a Task Definition.'],
  ['image-missing', withHelper({ image: '' }), 'Container.image should not be null or empty.'],
  ['image-characters', withHelper({ image: '<IMAGE>' }), 'Container.image contains invalid characters.'],
  [
    'image-length',
    withHelper({ image: `${'i'.repeat(256)}@sha256:0` }),
    'Container.image should not be longer than 255 characters.'
  ],
  ['essential-missing', withApp({ essential: false }), "Task definition doesn't have any essential container."],
  ['task-role', fargate({ taskRoleArn: '' }), 'Role is not valid'],
  ['execution-role', ec2Bridge({ executionRoleArn: '' }), 'Role is not valid'],
  [
    'secrets-without-execution-role',
    bridged({ secrets: [{ name: 'KEY', valueFrom: 'key' }] }),
    "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'."
  ],
  [
    'placement-constraints-too-many',
    ec2Bridge({ placementConstraints: copies(11, () => ({ type: 'memberOf' })) }),
    'Too many placement constraints.'
  ],
  [
    'ephemeral-storage-minimum',
    fargate({ ephemeralStorage: { sizeInGiB: 20 } }),
    'EphemeralStorage size should be at least 21'
  ],
  [
    'ephemeral-storage-maximum',
    fargate({ ephemeralStorage: { sizeInGiB: 201 } }),
    'EphemeralStorage size should be at most 200'
  ],
  [
    'definition-size',
    { family: 'large', containerDefinitions: [{ name: 'a', image: 'b', memory: 6, user: 'x'.repeat(65536) }] },
    "Actual length: '65625'. Max allowed length is '65536' bytes."
  ]
]

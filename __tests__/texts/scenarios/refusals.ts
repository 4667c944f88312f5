import { beginDeployment } from '../../../stand-in/rollouts.ts'
import { completes, neverEnds } from '../../../stand-in/scripts.ts'
import type { Account } from '../../../stand-in/state.ts'
import { counter, shop } from '../../support/flow-definitions.ts'
import { script, WAITING } from '../../support/rollout.ts'
import { addWeb, type Scenario } from '../scenario.ts'

/** What ends before any service is moved. */
export const REFUSALS: Readonly<Record<string, Scenario>> = {
  'many-wrong-inputs': async s => {
    await s.file('task.json', shop())
    return {
      'task-definition': 'task.json',
      'task-definition-family': 'shop',
      'satellite-url': 'satellite',
      'levo-env': '',
      'rate-limit': '1e3',
      'desired-count': '-1',
      'path-allow': '(?=x)',
      service: 'web'
    }
  },
  'one-wrong-input': async s => {
    await s.file('task.json', shop())
    return { 'task-definition': 'tusk.json' }
  },
  'file-that-is-no-json': async s => {
    await s.file('broken.json', '{\n  "family": "shop",\n  "containerDefinitions": [\n}\n')
    return { 'task-definition': 'broken.json', service: 'web' }
  },
  'does-not-fit': async s => {
    const till = counter({ name: 'till', cpu: 1024, memory: 2048, portMappings: [] })
    await s.file('task.json', JSON.stringify(shop({ containerDefinitions: [counter(), till] }), null, 2))
    return { 'task-definition': 'task.json', 'sensor-profile': 'standard' }
  },
  'image-is-not-there': async s => {
    s.findImage = async () => ({ kind: 'absent', says: 'registry-1.docker.io does not have it (MANIFEST_UNKNOWN)' })
    await s.file('task.json', shop())
    return { 'task-definition': 'task.json', image: 'levoai/pcap-sensor:0.1.99', 'check-image': 'require' }
  },
  'image-is-for-another-architecture': async s => {
    s.findImage = async () => ({ kind: 'found', platforms: ['linux/amd64'] })
    await s.file('task.json', JSON.stringify(shop({ runtimePlatform: { cpuArchitecture: 'ARM64' } }), null, 2))
    return { 'task-definition': 'task.json', 'check-image': 'require' }
  },
  'refused-network-mode': async s => {
    const bridge = shop({ requiresCompatibilities: ['EC2'], networkMode: 'bridge' })
    await s.file('task.json', JSON.stringify(bridge, null, 2))
    return { 'task-definition': 'task.json' }
  },
  'service-not-found': s => {
    addWeb(s)
    return { service: 'web,shopp' }
  },
  'access-denied-on-registering': s => {
    addWeb(s)
    const resource = s.arn('task-definition/shop:*')
    s.standIn.fault({ operation: 'RegisterTaskDefinition', kind: 'deny', resource, times: Infinity })
    return { service: 'web' }
  },
  'role-may-not-be-passed': s => {
    addWeb(s)
    const message =
      'User: arn:aws:sts::123456789012:assumed-role/deployer/session is not authorized to perform: iam:PassRole on ' +
      'resource: arn:aws:iam::123456789012:role/shop-execution because no identity-based policy allows the iam:PassRole action'
    const denial = { status: 400, code: 'ClientException', message, times: Infinity } as const
    s.standIn.fault({ operation: 'RegisterTaskDefinition', kind: 'error', ...denial })
    return { service: 'web' }
  },
  'deployment-under-way': s => {
    addWeb(s)
    s.account.addTaskDefinition(shop({ cpu: '4096', memory: '8192' }))
    script(s)
    beginDeployment(s.account, s.arn('service/default/web'), s.arn('task-definition/shop:2'), completes())
    return WAITING
  },
  'waits-for-another-deployment-in-vain': s => {
    addWeb(s)
    s.account.addTaskDefinition(shop({ cpu: '4096', memory: '8192' }))
    script(s)
    beginDeployment(s.account, s.arn('service/default/web'), s.arn('task-definition/shop:2'), neverEnds())
    return { ...WAITING, 'on-deployment-in-progress': 'wait', 'wait-for-minutes': '7' }
  },
  'somebody-deployed-meanwhile': s => {
    addWeb(s)
    s.account.addTaskDefinition(shop({ family: 'theirs' }))
    const act = (account: Account) =>
      void beginDeployment(account, s.arn('service/default/web'), s.arn('task-definition/theirs:1'), completes())
    s.standIn.fault({ operation: 'DescribeServices', kind: 'before', skip: 1, act })
    return { service: 'web' }
  }
}

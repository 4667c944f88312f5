import { completes } from '../../../stand-in/scripts.ts'
import { counter, shop } from '../../support/flow-definitions.ts'
import { script, WAITING } from '../../support/rollout.ts'
import { addWeb, addWebWithSensor, NO_SENSOR, type Scenario } from '../scenario.ts'

/** What is planned, and what of it is done where nothing is followed. */
export const PLANS: Readonly<Record<string, Scenario>> = {
  'registers-from-a-file': async s => {
    await s.file('task.json', shop({ tags: [{ key: 'team', value: 'shop' }] }))
    return { 'task-definition': 'task.json', tags: 'stage=staging' }
  },
  'moves-what-a-service-runs': s => {
    addWeb(s, { tags: [{ key: 'aws:cloudformation:stack-name', value: 'shop-stack' }] })
    return { service: 'web', 'sensor-profile': 'low-resource', 'rate-limit': '500', 'log-group': '/levo' }
  },
  'starts-without-waiting': async s => {
    addWeb(s)
    await s.file('task.json', shop())
    return { 'task-definition': 'task.json', service: 'web' }
  },
  'dry-run-of-a-file-without-aws': async s => {
    s.environment = { hasCredentials: false }
    await s.file('task.json', shop())
    return { 'task-definition': 'task.json', 'dry-run': 'true' }
  },
  'dry-run-with-a-service': s => {
    addWeb(s)
    return { service: 'web', 'dry-run': 'true' }
  },
  'finds-the-image': async s => {
    s.findImage = async () => ({ kind: 'found', platforms: ['linux/amd64', 'linux/arm64'] })
    await s.file('task.json', shop())
    return { 'task-definition': 'task.json', 'check-image': 'warn' }
  },
  'finds-no-way-to-the-image': async s => {
    s.findImage = async () => ({ kind: 'unknown', why: 'registry-1.docker.io could not be reached (ETIMEDOUT)' })
    await s.file('task.json', JSON.stringify(shop({ runtimePlatform: { cpuArchitecture: 'ARM64' } }), null, 2))
    return { 'task-definition': 'task.json', 'check-image': 'warn', 'dry-run': 'true' }
  },
  'may-not-look-the-image-up': async s => {
    const repository = 'mirror/pcap-sensor'
    const resource = `arn:aws:ecr:us-east-1:123456789012:repository/${repository}`
    s.standIn.fault({ operation: 'BatchGetImage', kind: 'deny', resource })
    await s.file('task.json', shop())
    const image = `123456789012.dkr.ecr.us-east-1.amazonaws.com/${repository}:0.1.9`
    return { 'task-definition': 'task.json', image, 'check-image': 'require' }
  },
  'renders-only': async s => {
    s.account.addTaskDefinition(shop())
    await s.file('task.json', shop())
    return { 'task-definition': 'task.json', register: 'false' }
  },
  'nothing-to-change': async s => {
    await addWebWithSensor(s)
    return { service: 'web' }
  },
  'dry-run-with-nothing-to-change': async s => {
    await addWebWithSensor(s)
    return { service: 'web', 'dry-run': 'true' }
  },
  removes: async s => {
    await addWebWithSensor(s)
    return { ...NO_SENSOR, service: 'web', mode: 'remove' }
  },
  'removes-where-there-is-none': s => {
    addWeb(s)
    return { ...NO_SENSOR, service: 'web', mode: 'remove' }
  },
  'adopts-an-old-sensor': s => {
    const app = counter({ dependsOn: [{ containerName: 'tap', condition: 'START' }] })
    s.account.addTaskDefinition(shop({ containerDefinitions: [app, oldSensor()] }))
    s.account.addService({ name: 'web', taskDefinition: 'shop:1', desiredCount: 2 })
    return { service: 'web', 'dry-run': 'true' }
  },
  'differs-from-what-the-service-runs': async s => {
    addWeb(s)
    const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/counter:2'
    const till = counter({ name: 'till', cpu: 256, memory: 512, portMappings: [], essential: false })
    const changed = counter({ image, memory: 1536, environment: [{ name: 'LANGUAGE', value: 'de' }] })
    await s.file('task.json', shop({ containerDefinitions: [changed, till], volumes: [{ name: 'scratch' }] }))
    return { 'task-definition': 'task.json', service: 'web' }
  },
  'dry-run-onto-a-revision-that-is-there': async s => {
    addWeb(s)
    const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/counter:4'
    await s.file('task.json', shop({ containerDefinitions: [counter({ image })] }))
    await s.succeed({ 'task-definition': 'task.json' })
    return { 'task-definition': 'task.json', service: 'web', 'dry-run': 'true' }
  },
  'takes-out-a-sensor-that-the-file-has-not': async s => {
    await addWebWithSensor(s)
    await s.file('task.json', shop())
    return { ...NO_SENSOR, 'task-definition': 'task.json', service: 'web', mode: 'remove' }
  },
  'replaces-a-sensor-that-the-file-has-not': async s => {
    s.account.addTaskDefinition(shop())
    const other = { image: 'levoai/pcap-sensor:0.2.0', 'environment-variables': 'PROXY_PASSWORD=planted-variable' }
    await s.succeed({ 'task-definition-family': 'shop', ...other })
    s.account.addService({ name: 'web', taskDefinition: 'shop:2', desiredCount: 2 })
    await s.file('task.json', shop())
    return { 'task-definition': 'task.json', service: 'web', 'dry-run': 'true' }
  },
  'changes-tags-alone': async s => {
    await addWebWithSensor(s)
    return { service: 'web', tags: 'team=shop', 'dry-run': 'true' }
  },
  'registers-again-what-was-deregistered': async s => {
    await addWebWithSensor(s)
    s.account.deregister('shop:2')
    return { service: 'web' }
  },
  'renders-what-is-there-already': async s => {
    await addWebWithSensor(s)
    await s.file('task.json', shop())
    return { 'task-definition': 'task.json', register: 'false' }
  },
  'grows-the-task': s => {
    s.account.addTaskDefinition(
      shop({ cpu: '1024', memory: '2048', containerDefinitions: [counter({ memory: 2048 })] })
    )
    s.account.addService({ name: 'web', taskDefinition: 'shop:1', desiredCount: 2 })
    return { service: 'web', 'task-size': 'grow', 'dry-run': 'true' }
  },
  'writes-the-output-file': async s => {
    s.account.addTaskDefinition(shop())
    await s.file('task.json', JSON.stringify(shop(), null, 2))
    return { 'task-definition': 'task.json', 'output-file': 'task.json', register: 'false' }
  },
  'needs-much-to-be-said': async s => {
    const sidecar = counter({ name: 'proxy', image: 'nginx', essential: false, portMappings: [{ containerPort: 80 }] })
    const app = counter({ cpu: 512, memory: 1024 })
    s.account.addTaskDefinition(shop({ containerDefinitions: [app, { ...sidecar, cpu: 256, memory: 512 }] }))
    s.account.addService({
      name: 'web',
      taskDefinition: 'shop:1',
      desiredCount: 12,
      tags: [{ key: 'managed-by', value: 'terraform' }],
      deploymentConfiguration: { minimumHealthyPercent: 0, maximumPercent: 100 },
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'], assignPublicIp: 'DISABLED' } }
    })
    script(s, completes())
    const options = { 'path-allow': '/api/.*', filter: 'port 8080', 'exclude-sidecar-ports': 'true' }
    return { ...WAITING, ...options, 'docker-labels': 'owner=shop', 'restart-attempt-period': '60' }
  }
}

/** As somebody pasted it in long ago, under a name of their own. */
function oldSensor() {
  return {
    name: 'tap',
    image: 'levoai/pcap-sensor:0.1.4',
    cpu: 64,
    memory: 128,
    essential: false,
    entryPoint: ['./bin/init', 'apidump', '--levo-env', 'production', '--domain', 'planted-old-domain'],
    environment: [{ name: 'OLD_PASSWORD', value: 'planted-old-value' }],
    user: '0',
    logConfiguration: {
      logDriver: 'awslogs',
      options: { 'awslogs-group': '/old', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'tap' }
    }
  }
}

import { readFile } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import { expect, test } from '@jest/globals'
import { useStage } from '../support/bundle-stage.ts'
import { asGiven, modeOf } from '../support/file-mode.ts'
import { containerOf, listOf, shop } from '../support/flow-definitions.ts'

const stage = useStage()

function prepare(): void {
  const { account } = stage().standIn
  account.addTaskDefinition(shop(), { tags: [{ key: 'team', value: 'shop' }] })
  account.addService({ cluster: 'prod', name: 'web', taskDefinition: 'shop:1' })
}

test('a file is rendered, registered and moved onto, and the outputs say so', async () => {
  prepare()
  const s = stage()
  await s.file('shop.json', shop())
  const run = await s.action({ 'task-definition': 'shop.json', cluster: 'prod', service: 'web' })
  expect(run.status).toBe(0)
  expect(run.stderr).toBe('')
  const arn = s.arn('task-definition/shop:2')
  const service = s.standIn.account.services.get(s.arn('service/prod/web'))
  expect(service?.taskDefinition).toBe(arn)
  expect(run.outputs).toMatchObject({
    'task-definition-arn': arn,
    'task-definition-family': 'shop',
    'task-definition-revision': '2',
    'previous-task-definition-arn': s.arn('task-definition/shop:1'),
    changed: 'true',
    'sensor-image': 'levoai/pcap-sensor:0.1.9',
    'deployment-outcome': 'started',
    'deployment-id': service?.deployments[0]?.id,
    'service-deployment-arn': service?.currentServiceDeployment
  })
  expect(JSON.parse(run.outputs['container-definition'] ?? '')).toMatchObject({ name: 'levo-pcap-sensor' })
  expect(JSON.parse(run.outputs.results ?? '')).toEqual([
    {
      region: 'us-east-1',
      cluster: 'prod',
      service: 'web',
      taskDefinition: arn,
      previousTaskDefinition: s.arn('task-definition/shop:1'),
      changed: true,
      outcome: 'started',
      deploymentId: service?.deployments[0]?.id,
      url: expect.stringMatching(/^https:\/\/us-east-1\.console\.aws\.amazon\.com\/ecs\//)
    }
  ])
  expect(JSON.parse(await readFile(run.outputs['results-file'] ?? '', 'utf8'))).toHaveLength(1)
  expect(run.summary).toContain('web')
  expect(run.summary).toContain('shop:2')
  expect(run.stdout).toContain(`Registered ${arn}`)
})

test('the revision tells who made it, and so does the service', async () => {
  prepare()
  const s = stage()
  await s.action({ cluster: 'prod', service: 'web' })
  const tags = s.standIn.account.tags.get(s.arn('task-definition/shop:2'))
  expect(tags).toEqual([
    { key: 'team', value: 'shop' },
    { key: 'levoai:created_by', value: expect.stringMatching(/^fargate-pcap-action\/\d+\.\d+\.\d+$/) },
    { key: 'levoai:repository', value: 'example/web' },
    { key: 'levoai:commit', value: '0123456789abcdef0123456789abcdef01234567' },
    { key: 'levoai:run', value: expect.stringContaining('https://github.com/example/web/actions/runs/1234567890') }
  ])
  expect(s.standIn.account.tags.get(s.arn('service/prod/web'))?.[0]).toMatchObject({ key: 'levoai:modified_by' })
})

test('a second run finds nothing to do', async () => {
  prepare()
  const s = stage()
  await s.file('shop.json', shop())
  const inputs = { 'task-definition': 'shop.json' }
  await s.action(inputs)
  const run = await s.action(inputs)
  expect(run.status).toBe(0)
  expect(run.outputs).toMatchObject({ changed: 'false', 'task-definition-arn': s.arn('task-definition/shop:2') })
  expect(s.revisions('shop')).toBe(2)
})

test('the rendered file is private, plain JSON, and what another step registers without a change', async () => {
  prepare()
  const s = stage()
  const run = await s.action({ 'task-definition-family': 'shop', register: 'false', tags: 'stage=test' })
  expect(run.status).toBe(0)
  expect(s.calls()).toEqual(['DescribeTaskDefinition'])
  expect(run.outputs).not.toHaveProperty('task-definition-arn')
  const path = run.outputs['task-definition'] ?? ''
  expect(isAbsolute(path)).toBe(true)
  expect(path.startsWith(run.temp)).toBe(true)
  expect(modeOf(path)).toBe(asGiven(0o600))
  const rendered = JSON.parse(await readFile(path, 'utf8'))
  expect(rendered).not.toHaveProperty('taskDefinitionArn')
  expect(rendered).not.toHaveProperty('registeredAt')
  expect(rendered.tags).toEqual([
    { key: 'team', value: 'shop' },
    { key: 'stage', value: 'test' }
  ])
  expect(containerOf(rendered, 'levo-pcap-sensor').entryPoint).toContain('planted-org-of-the-tests')

  const { region, accessKeyId, secretAccessKey } = { region: 'us-east-1', accessKeyId: 'k', secretAccessKey: 's' }
  const client = new ECSClient({ endpoint: s.standIn.url, region, credentials: { accessKeyId, secretAccessKey } })
  await client.send(new RegisterTaskDefinitionCommand(rendered))
  client.destroy()
  expect(s.revisions('shop')).toBe(2)
  const registered = { ...s.standIn.account.findTaskDefinition('shop:2') }
  expect(listOf(registered.containerDefinitions).map(({ name }) => name)).toEqual(['counter', 'levo-pcap-sensor'])

  const again = await s.action({ 'task-definition-family': 'shop', tags: 'stage=test' })
  expect(again.outputs.changed).toBe('false')
  expect(s.revisions('shop')).toBe(2)
})

test('a dry run shows the plan, sets the file, and changes nothing', async () => {
  prepare()
  const s = stage()
  const run = await s.action({ cluster: 'prod', service: 'web', 'dry-run': 'TRUE' })
  expect(run.status).toBe(0)
  expect(s.calls()).toEqual(['DescribeServices', 'DescribeTaskDefinition'])
  expect(run.outputs).toMatchObject({ changed: 'true', 'task-definition-family': 'shop' })
  expect(run.outputs).not.toHaveProperty('task-definition-arn')
  expect(run.outputs).not.toHaveProperty('deployment-outcome')
  expect(run.stdout).toContain('levo-pcap-sensor')
  expect(run.summary).toContain('levo-pcap-sensor')
  expect(JSON.parse(await readFile(run.outputs['task-definition'] ?? '', 'utf8')).containerDefinitions).toHaveLength(2)
})

test('a dry run from a file needs no AWS at all', async () => {
  const s = stage()
  await s.file('shop.json', shop())
  const inputs = { 'task-definition': 'shop.json', 'dry-run': 'true', 'aws-region': 'eu-west-1', 'levoai-org-id': '' }
  const run = await s.action(inputs, { AWS_ENDPOINT_URL_ECS: s.standIn.url, AWS_EC2_METADATA_DISABLED: 'true' })
  expect(run.status).toBe(0)
  expect(s.calls()).toEqual([])
  expect(run.outputs.changed ?? '').toBe('')
  expect(run.stdout).toContain('no AWS credentials')
  expect(run.stdout).toContain('::warning::levoai-org-id')
  const bare = await s.action({ ...inputs, 'levoai-org-id': 'org' }, {})
  expect(bare.status).toBe(0)
})

// The cases of npm run test:moto. Each has families and clusters of its own; what it claims is read back from moto as it is on the wire.
import assert from 'node:assert/strict'
import { RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import { definition, OF_A_REVISION, split, without } from './moto-definition.ts'
import { listOf, type MotoScene, OTHER_REGION, REGION } from './moto-scene.ts'

export interface Case {
  readonly name: string
  readonly prove: (scene: MotoScene) => Promise<void>
}

export const CASES: readonly Case[] = [
  {
    name: 'a dry run reads a family, and registers nothing',
    async prove(s) {
      const arn = await s.register(definition('dry'))
      const { outputs } = await s.act({ 'task-definition-family': 'dry', 'dry-run': 'true' })
      assert.deepEqual(await s.revisions('dry'), [arn])
      assert.equal(outputs['previous-task-definition-arn'], arn)
      assert.equal(outputs.changed, 'true')
    }
  },
  {
    name: 'a revision keeps all members, and the tags are carried over',
    async prove(s) {
      const before = await s.register(definition('kept'))
      const { outputs } = await s.act({ 'task-definition-family': 'kept', tags: 'stage=test' })
      const arn = outputs['task-definition-arn'] ?? ''
      assert.deepEqual(await s.revisions('kept'), [before, arn])
      const [old, now] = [await s.revision(before), await s.revision(arn)]
      const members = [...OF_A_REVISION, 'containerDefinitions']
      assert.deepEqual(without(now.definition, members), without(old.definition, members))
      const { others, sensor } = split(now.definition)
      assert.deepEqual(others, old.definition.containerDefinitions)
      assert.equal(sensor?.image, outputs['sensor-image'])
      assert.equal(sensor?.essential, false)
      const { 'levoai:created_by': createdBy, ...tags } = now.tags
      assert.match(String(createdBy), /^fargate-pcap-action\//)
      assert.deepEqual(without(tags, ['levoai:repository', 'levoai:commit', 'levoai:run']), {
        team: 'payments',
        stage: 'test'
      })
    }
  },
  {
    name: 'the same once more registers nothing',
    async prove(s) {
      await s.register(definition('same'))
      const first = await s.act({ 'task-definition-family': 'same' })
      const again = await s.act({ 'task-definition-family': 'same' })
      assert.equal(again.outputs.changed, 'false')
      assert.equal(again.outputs['task-definition-arn'], first.outputs['task-definition-arn'])
      assert.equal((await s.revisions('same')).length, 2)
    }
  },
  {
    name: 'remove gives back what was there before',
    async prove(s) {
      const before = await s.register(definition('back'))
      await s.act({ 'task-definition-family': 'back' })
      const { outputs } = await s.act({ 'task-definition-family': 'back', mode: 'remove' })
      const [old, now] = [await s.revision(before), await s.revision(outputs['task-definition-arn'] ?? '')]
      assert.deepEqual(without(now.definition, OF_A_REVISION), without(old.definition, OF_A_REVISION))
      assert.equal(now.tags.team, 'payments')
    }
  },
  {
    name: 'what the command renders is one that the SDK takes',
    async prove(s) {
      await s.register(definition('rendered'))
      const rendered = JSON.parse(await s.command(['render', '--task-definition-family', 'rendered']))
      const { taskDefinition } = await s.sdk().send(new RegisterTaskDefinitionCommand(rendered))
      const now = await s.revision(taskDefinition?.taskDefinitionArn ?? '')
      assert.deepEqual(split(now.definition).sensor?.entryPoint, rendered.containerDefinitions[1].entryPoint)
      assert.equal(now.tags.team, 'payments')
    }
  },
  {
    name: 'UpdateService gives the service the new revision, and no other one',
    async prove(s) {
      await s.cluster('moved')
      const before = await s.register(definition('moved'))
      for (const serviceName of ['web', 'other'])
        await s.service({ cluster: 'moved', serviceName, taskDefinition: before })
      // moto begins no deployment for a new revision, which the step has to find out and say.
      const { outputs, stdout } = await s.act({ cluster: 'moved', service: 'web' }, 1)
      const arn = outputs['task-definition-arn'] ?? ''
      assert.deepEqual(await s.revisions('moved'), [before, arn])
      assert.match(stdout, new RegExp(`::error::ECS took the update of web to ${arn}, but lists no deployment to it`))
      const web = await s.serviceNow('moved', 'web')
      assert.equal(web.taskDefinition, arn)
      assert.equal(web.desiredCount, 1)
      assert.deepEqual(
        listOf(web.tags).map(({ key }) => key),
        ['levoai:modified_by']
      )
      assert.equal((await s.serviceNow('moved', 'other')).taskDefinition, before)
    }
  },
  {
    name: 'a forced deployment is begun once, with the tasks that were asked for',
    async prove(s) {
      await s.cluster('forced')
      await s.register(definition('forced'))
      const { outputs: made } = await s.act({ 'task-definition-family': 'forced' })
      const taskDefinition = made['task-definition-arn'] ?? ''
      await s.service({ cluster: 'forced', serviceName: 'web', taskDefinition })
      const [before] = listOf((await s.serviceNow('forced', 'web')).deployments)
      const inputs = { cluster: 'forced', service: 'web', 'force-new-deployment': 'true', 'desired-count': '2' }
      const { outputs } = await s.act(inputs)
      const now = await s.serviceNow('forced', 'web')
      const [deployment] = listOf(now.deployments)
      assert.notEqual(deployment?.id, before?.id)
      assert.equal(outputs['deployment-id'], deployment?.id)
      assert.equal(outputs['deployment-outcome'], 'started')
      assert.equal(outputs.changed, 'false')
      assert.deepEqual([now.taskDefinition, now.desiredCount], [taskDefinition, 2])
      assert.equal((await s.revisions('forced')).length, 2)
    }
  },
  {
    name: 'what runs the revision already is left as it is',
    async prove(s) {
      await s.cluster('there')
      await s.register(definition('there'))
      const { outputs: made } = await s.act({ 'task-definition-family': 'there' })
      await s.service({ cluster: 'there', serviceName: 'web', taskDefinition: made['task-definition-arn'] })
      const before = await s.serviceNow('there', 'web')
      const { outputs } = await s.act({ cluster: 'there', service: 'web' })
      assert.equal(outputs['deployment-outcome'], 'already-running')
      assert.deepEqual(await s.serviceNow('there', 'web'), before)
    }
  },
  {
    name: 'discover finds the services of several clusters',
    async prove(s) {
      const plain = await s.register(definition('found'))
      const { outputs: made } = await s.act({ 'task-definition-family': 'found' })
      for (const cluster of ['found-a', 'found-b', 'elsewhere']) await s.cluster(cluster)
      await s.service({ cluster: 'found-a', serviceName: 'without', taskDefinition: plain })
      await s.service({ cluster: 'found-b', serviceName: 'with', taskDefinition: made['task-definition-arn'] })
      await s.service({ cluster: 'found-b', serviceName: 'on-instances', taskDefinition: plain, launchType: 'EC2' })
      const off = [{ key: 'levoai:sensor', value: 'off' }]
      await s.service({ cluster: 'found-b', serviceName: 'off', taskDefinition: plain, tags: off })
      await s.service({ cluster: 'elsewhere', serviceName: 'without', taskDefinition: plain })
      const { outputs } = await s.act({ mode: 'discover', clusters: 'found-*' })
      const results = listOf(JSON.parse(outputs.results ?? ''))
      assert.deepEqual(
        results
          .map(({ cluster, service, sensor, taskDefinition }) => [cluster, service, sensor, taskDefinition])
          .sort(),
        [
          ['found-a', 'without', 'absent', plain],
          ['found-b', 'with', 'present', made['task-definition-arn']]
        ]
      )
      const { include } = JSON.parse(outputs.matrix ?? '')
      assert.deepEqual(include, [{ regions: REGION, clusters: 'found-a,found-b', services: 'without,with' }])
    }
  },
  {
    name: 'discover asks every Region that EC2 lists',
    async prove(s) {
      for (const region of [REGION, OTHER_REGION]) {
        await s.cluster('wide', region)
        const taskDefinition = await s.register(definition('wide'), region)
        await s.service({ cluster: 'wide', serviceName: 'web', taskDefinition }, region)
      }
      const { outputs, stdout } = await s.act({ mode: 'discover', regions: 'all', clusters: 'wid*' })
      const results = listOf(JSON.parse(outputs.results ?? ''))
      assert.deepEqual(results.map(({ region }) => region).sort(), [OTHER_REGION, REGION])
      // Where EC2 gives no list, a note says so.
      assert.doesNotMatch(stdout, /DescribeRegions/)
    }
  },
  {
    name: 'a fleet registers a definition once, and moves each service that runs it',
    async prove(s) {
      await s.cluster('fleet')
      const before = await s.register(definition('fleet'))
      for (const serviceName of ['one', 'two'])
        await s.service({ cluster: 'fleet', serviceName, taskDefinition: before })
      // As above: how the deployments go on is beyond moto, so each of them is told as not known.
      const pace = { canary: '0', 'stop-after-failures': '9', 'verify-sensor': 'off' }
      const { outputs } = await s.act({ clusters: 'fleet', ...pace }, 1)
      const revisions = await s.revisions('fleet')
      assert.equal(revisions.length, 2)
      for (const name of ['one', 'two']) assert.equal((await s.serviceNow('fleet', name)).taskDefinition, revisions[1])
      const results = listOf(JSON.parse(outputs.results ?? ''))
      assert.deepEqual(results.map(({ service, code }) => [service, code]).sort(), [
        ['one', 'deployment-unknown'],
        ['two', 'deployment-unknown']
      ])
    }
  },
  {
    name: 'what is not there is said by its name',
    async prove(s) {
      await s.cluster('empty')
      const family = await s.act({ 'task-definition-family': 'nowhere' }, 1)
      assert.match(family.stdout, /::error::there is no task definition nowhere/)
      const service = await s.act({ cluster: 'empty', service: 'nobody' }, 1)
      assert.match(service.stdout, /::error::.*nobody/)
      const cluster = await s.act({ cluster: 'nothing', service: 'nobody' }, 1)
      assert.match(cluster.stdout, /::error::.*ClusterNotFoundException/)
      for (const run of [family, service, cluster]) assert.equal(run.outputs['task-definition-arn'], undefined)
    }
  }
]

/** What moto has less of than ECS, so that none of these cases proves it. */
export const NOT_PROVEN = [
  'rollouts: UpdateService begins no deployment, and the tasks of a service are never started (ListTasks does not know services)',
  'members of a definition that moto drops: enableFaultInjection, registeredAt, registeredBy, requiresAttributes',
  'what ECS refuses: sizes, roles, unknown members, tags that are reserved',
  'service deployments, service revisions, pages of a list, throttling, denials',
  'CodeDeploy with ECS services'
] as const

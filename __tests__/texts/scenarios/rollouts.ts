import { beginDeployment, primaryOf } from '../../../stand-in/rollouts.ts'
import type { Script } from '../../../stand-in/script.ts'
import {
  blueGreenPausesAtHook,
  breakerRollsBack,
  codeDeployFails,
  codeDeploySucceeds,
  codeDeployWaits,
  completes,
  desiredZero,
  LOG_GROUP_MISSING,
  sensorStops,
  together
} from '../../../stand-in/scripts.ts'
import { liveTasks, type ServiceTask, stopContainer } from '../../../stand-in/tasks.ts'
import { APP_SPEC, addGroup } from '../../support/code-deploy.ts'
import { shop } from '../../support/flow-definitions.ts'
import type { Inputs, Scene } from '../../support/flow-scene.ts'
import { script, WAITING } from '../../support/rollout.ts'
import { addWeb, addWebWith, addWebWithSensor, NO_SENSOR, PUTTING_BACK, type Scenario } from '../scenario.ts'

const REMOVE: Inputs = { ...WAITING, ...NO_SENSOR, mode: 'remove' }
const VERIFY: Inputs = { ...NO_SENSOR, mode: 'verify', service: 'web' }

/** What is followed: to a good end, with several services, by CodeDeploy, in blue/green, or without having been begun here. */
export const ROLLOUTS: Readonly<Record<string, Scenario>> = {
  'deployed-and-verified': s => {
    addWebWith(s, completes({ after: 60 }))
    return WAITING
  },
  'deployed-after-another-deployment': s => {
    addWeb(s)
    s.account.addTaskDefinition(shop({ cpu: '4096', memory: '8192' }))
    script(s)
    const web = s.arn('service/default/web')
    beginDeployment(s.account, web, s.arn('task-definition/shop:2'), breakerRollsBack({ after: 90 }))
    return { ...WAITING, 'on-deployment-in-progress': 'wait' }
  },
  'no-tasks-are-desired': s => {
    addWebWith(s, desiredZero())
    return WAITING
  },
  'several-services-of-which-one-fails': s => {
    addServices(s, ['api', 'web', 'worker'])
    s.account.scriptRollouts(s.arn('service/default/api'), completes({ after: 60 }))
    s.account.scriptRollouts(s.arn('service/default/web'), breakerRollsBack({ after: 90, ...LOG_GROUP_MISSING }))
    s.account.scriptRollouts(s.arn('service/default/worker'), completes({ after: 120 }))
    return { ...PUTTING_BACK, service: 'api,web,worker' }
  },
  'several-services-fail': s => {
    addServices(s, ['api', 'web', 'worker'])
    s.account.scriptRollouts(s.arn('service/default/api'), breakerRollsBack())
    s.account.scriptRollouts(s.arn('service/default/web'), completes())
    s.account.scriptRollouts(
      s.arn('service/default/worker'),
      together(completes(), sensorStops({ runningFor: 40, exitCode: 137, tasks: 1 }))
    )
    return { ...WAITING, service: 'api,web,worker' }
  },
  'one-of-several-can-not-be-moved': s => {
    addServices(s, ['api', 'web', 'worker'])
    for (const name of ['api', 'web', 'worker']) s.account.scriptRollouts(s.arn(`service/default/${name}`), completes())
    s.standIn.fault({ operation: 'UpdateService', kind: 'deny', resource: s.arn('service/default/web'), skip: 1 })
    return { ...WAITING, service: 'api,web,worker' }
  },
  'blue-green-waits-at-a-hook': s => {
    addWeb(s, { deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1 } })
    script(s, blueGreenPausesAtHook({ hook: 'POST_TEST_TRAFFIC_SHIFT' }))
    return { ...PUTTING_BACK, 'wait-for-minutes': '10' }
  },
  'code-deploy-deploys-and-verifies': async s => {
    await addDelivered(s)
    script(s, codeDeploySucceeds({ after: 120 }))
    return WAITING
  },
  'code-deploy-fails': async s => {
    await addDelivered(s)
    script(s, codeDeployFails({ after: 60 }))
    return PUTTING_BACK
  },
  'code-deploy-waits-for-a-person': async s => {
    await addDelivered(s, 7)
    script(s, codeDeployWaits({ after: 60 }))
    return { ...PUTTING_BACK, 'wait-for-minutes': '2' }
  },
  verified: async s => {
    await addWebWithSensor(s)
    return VERIFY
  },
  'verify-without-a-sensor': s => {
    addWeb(s)
    return VERIFY
  },
  'verify-finds-a-stopped-sensor': async s => {
    await addWebWithSensor(s)
    stopContainer(s.account, firstTask(s), 'levo-pcap-sensor', { exitCode: 255, reason: 'it had enough' })
    return VERIFY
  },
  'verify-warns-of-no-tasks': async s => {
    await addWebWithSensor(s)
    s.account.addService({ name: 'idle', taskDefinition: 'shop:2', desiredCount: 0 })
    return { ...VERIFY, service: 'idle' }
  },
  'removed-and-gone': async s => {
    await addWebWithSensor(s)
    script(s, completes())
    return REMOVE
  },
  'removed-and-not-gone': async s => {
    await addWebWithSensor(s)
    script(s, together(completes(), lingers(s)))
    return REMOVE
  },
  'rerun-follows-what-an-earlier-run-began': async s => {
    addWebWith(s, completes({ after: 100 }))
    // The events of the service's first deployment are older than the run before.
    await s.clock.sleep(600)
    await s.succeed({ service: 'web' })
    return WAITING
  }
}

function addServices({ account }: Scene, names: readonly string[]): void {
  account.addTaskDefinition(shop())
  for (const name of names) account.addService({ name, taskDefinition: 'shop:1', desiredCount: 2 })
}

async function addDelivered(s: Scene, readyWaitMinutes?: number): Promise<void> {
  addWeb(s, { deploymentController: { type: 'CODE_DEPLOY' } })
  addGroup(s, readyWaitMinutes === undefined ? {} : { readyWaitMinutes })
  await s.file('appspec.yaml', APP_SPEC)
}

/** One of the old tasks stays when the deployment completes, as when ECS defers cleaning up. */
function lingers(s: Scene): Script {
  const task = firstTask(s)
  return [{ at: 1, act: () => void Object.assign(task, { deploymentId: 'ecs-svc/0' }) }]
}

function firstTask(s: Scene): ServiceTask {
  const service = s.account.services.get(s.arn('service/default/web'))
  const [task] = service === undefined ? [] : liveTasks(s.account, primaryOf(service).id)
  if (task === undefined) throw new Error('no task')
  return task
}

import { beforeEach, describe, expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import type { JsonObject } from '../../../stand-in/json.ts'
import { completes, sensorNeverStarts, together } from '../../../stand-in/scripts.ts'
import { listOf } from '../../support/flow-definitions.ts'
import type { Inputs } from '../../support/flow-scene.ts'
import { elapsed, MOVED, script, sent, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
const PUTTING_BACK: Inputs = { ...WAITING, 'rollback-on-failure': 'true' }
const NOT_FOUND =
  'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ' +
  'docker.io/levoai/pcap-sensor:0.1.9: docker.io/levoai/pcap-sensor:0.1.9: not found'

describe('an image that can not be pulled', () => {
  beforeEach(() => script(scene(), together(completes({ after: 60 }), sensorNeverStarts({ reason: NOT_FOUND }))))

  test('fails the step with the reason of ECS, the likely cause and the input to correct', async () => {
    const s = scene()
    const { report, code, message } = await s.fail(WAITING)
    expect(code).toBe('sensor-not-running')
    expect(message).toContain(`sensor STOPPED (${NOT_FOUND})`)
    expect(message.split(NOT_FOUND)).toHaveLength(2)
    expect(s.moments().join('\n').split(NOT_FOUND)).toHaveLength(2)
    expect(message).toContain(': sensor STOPPED, for the same reason')
    expect(message).not.toContain('exit code')
    expect(message).toContain('Likely cause: the registry has no image of that name, tag or digest')
    expect(message).toContain('the input image')
    expect(message).not.toContain('for the application')
    expect(message).toContain(`The service stays on ${s.arn('task-definition/shop:2')}, and its application runs.`)
    expect(message).toContain(`rollback-on-failure: true puts it back on ${s.arn('task-definition/shop:1')}`)
    expect(report.services).toMatchObject([
      { deployment: { findings: [{ isSensor: true, diagnosis: { code: 'image-not-found', concerns: 'sensor' } }] } }
    ])
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'failed', 'sensor-running': '0/2' })
  })

  test('an application that fails its health check is not said to run', async () => {
    const s = scene()
    const change = (answer: JsonObject) => ({
      ...answer,
      tasks: listOf(answer.tasks).map(task => ({
        ...task,
        containers: listOf(task.containers).map(container =>
          container.name === 'counter' ? { ...container, healthStatus: 'UNHEALTHY' } : container
        )
      }))
    })
    s.standIn.fault({ operation: 'DescribeTasks', kind: 'answer', times: Infinity, change })
    const { message } = await s.fail(WAITING)
    expect(message).toContain(`The service stays on ${s.arn('task-definition/shop:2')}. rollback-on-failure`)
    expect(message).not.toContain('application runs')
  })

  test('is told at the first look after the rollout, and no log of what never ran is read', async () => {
    const s = scene()
    await s.fail(WAITING)
    expect(elapsed(s)).toBeLessThanOrEqual(60 + 15)
    expect(s.calls()).not.toContain('GetLogEvents')
  })

  test('has the service put back with rollback-on-failure', async () => {
    const s = scene()
    const { report } = await s.fail(PUTTING_BACK)
    expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back' } }])
    expect(sent(s)).toEqual([...MOVED, 'UpdateService'])
    expect(s.runs('web')).toBe(s.arn('task-definition/shop:1'))
  })
})

describe('a sensor that stays PENDING', () => {
  const IN_TIME: Inputs = { 'wait-for-minutes': '5' }

  beforeEach(() => {
    const s = scene()
    script(s, completes({ after: 60 }))
    s.standIn.fault({
      operation: 'DescribeTasks',
      kind: 'answer',
      times: Infinity,
      change: answer => ({
        ...answer,
        tasks: listOf(answer.tasks).map(task => ({
          ...task,
          containers: listOf(task.containers).map(container =>
            container.name === 'levo-pcap-sensor' ? { ...container, lastStatus: 'PENDING' } : container
          )
        }))
      })
    })
  })

  test('is waited for until the deadline, and no longer', async () => {
    const s = scene()
    const { report, code, message } = await s.fail({ ...WAITING, ...IN_TIME })
    expect(code).toBe('timed-out')
    expect(elapsed(s)).toBe(300)
    expect(message).toContain('not seen RUNNING for 60 s in 2 of 2 tasks')
    expect(message.match(/sensor not started \(PENDING\)/g)).toHaveLength(2)
    expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'timed-out', 'sensor-running': '0/2' })
    expect(sent(s)).toEqual(MOVED)
  })

  test('is said once, not at each look', async () => {
    const s = scene()
    await s.fail({ ...WAITING, ...IN_TIME })
    expect(s.moments().filter(text => text.startsWith('sensor: 0/2 running'))).toHaveLength(1)
  })

  test('has the service put back with rollback-on-failure', async () => {
    const s = scene()
    const { report, code } = await s.fail({ ...PUTTING_BACK, ...IN_TIME })
    expect(code).toBe('timed-out')
    expect(report.services).toMatchObject([{ deployment: { outcome: 'rolled-back' } }])
    expect(sent(s)).toEqual([...MOVED, 'UpdateService'])
  })

  test('is a warning with verify-sensor: warn', async () => {
    const s = scene()
    const report = await s.succeed({ ...PUTTING_BACK, ...IN_TIME, 'verify-sensor': 'warn' })
    expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed' } }])
    expect(s.warnings(report)).toContainEqual(expect.stringContaining('not seen RUNNING for 60 s in 2 of 2 tasks'))
    expect(sent(s)).toEqual(MOVED)
  })
})

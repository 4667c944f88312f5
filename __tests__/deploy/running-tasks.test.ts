import { beforeEach, describe, expect, test } from '@jest/globals'
import { RunningTasks } from '../../src/deploy/running-tasks.ts'
import type { Ecs } from '../../src/ecs/ecs.ts'
import type { TaskState } from '../../src/ecs/tasks.ts'

const OWN = 'ecs-svc/2'
const isMeant = ({ startedBy }: TaskState) => startedBy === OWN

interface Running {
  startedBy: string
  desiredStatus: string
}

/** A service's tasks, by name. */
let tasks: Map<string, Running>
let calls: string[]
let running: RunningTasks

const arnOf = (name: string) => `arn:aws:ecs:us-east-1:123456789012:task/prod/${name}`
const start = (name: string, startedBy = OWN) => tasks.set(arnOf(name), { startedBy, desiredStatus: 'RUNNING' })
const stop = (name: string) => tasks.set(arnOf(name), { startedBy: OWN, desiredStatus: 'STOPPED' })

const ecs = {
  region: 'us-east-1',
  call: async (operation: string, input: { tasks?: string[] }) => {
    calls.push(operation)
    if (operation === 'ListTasks') {
      return { taskArns: [...tasks].flatMap(([arn, { desiredStatus }]) => (desiredStatus === 'RUNNING' ? arn : [])) }
    }
    return {
      tasks: (input.tasks ?? []).flatMap(taskArn => {
        const task = tasks.get(taskArn)
        return task === undefined ? [] : [{ taskArn, ...task }]
      })
    }
  }
} as unknown as Ecs

async function look(count: number): Promise<{ names: string[]; isListed: boolean }> {
  const seen = await running.look({ isMeant, count })
  return { names: seen.tasks.map(({ arn }) => arn.slice(arn.lastIndexOf('/') + 1)), isListed: seen.isListed }
}

beforeEach(async () => {
  tasks = new Map()
  calls = []
  running = new RunningTasks(ecs, 'prod', 'web')
  start('a')
  start('b')
  start('old', 'ecs-svc/1')
})

test('the first look lists them all', async () => {
  expect(await look(2)).toEqual({ names: ['a', 'b', 'old'], isListed: true })
})

describe('once they are known', () => {
  beforeEach(async () => {
    await look(2)
    calls = []
  })

  test('those that are meant are described, and no list is asked for', async () => {
    expect(await look(2)).toEqual({ names: ['a', 'b'], isListed: false })
    expect(calls).toEqual(['DescribeTasks'])
  })

  test('another count means a list', async () => {
    start('c')
    expect(await look(3)).toEqual({ names: ['a', 'b', 'old', 'c'], isListed: true })
    expect(calls).toEqual(['ListTasks', 'DescribeTasks'])
  })

  test.each([
    ['is to stop', () => stop('b')],
    ['is gone', () => tasks.delete(arnOf('b'))],
    ['is not meant any more', () => start('b', 'ecs-svc/1')]
  ])('one that %s means a list, whatever the count', async (_what, change) => {
    change()
    start('c')
    const { names, isListed } = await look(2)
    expect(isListed).toBe(true)
    expect(names).toContain('c')
    expect(await look(2)).toEqual({ names: ['a', 'c'], isListed: false })
  })

  test('a list that is asked for finds what no count has told', async () => {
    start('c')
    expect((await look(2)).names).toEqual(['a', 'b'])
    expect((await running.list({ isMeant })).tasks).toHaveLength(4)
    expect((await look(3)).names).toEqual(['a', 'b', 'c'])
  })
})

test('without any that is meant it is listed each time', async () => {
  tasks.clear()
  expect(await look(0)).toEqual({ names: [], isListed: true })
  expect(await look(0)).toEqual({ names: [], isListed: true })
})

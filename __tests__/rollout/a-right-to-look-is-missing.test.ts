import { expect, test } from '@jest/globals'
import { useFleet } from '../support/fleet-scene.ts'

const scene = useFleet()

test.each(['ListTasks', 'DescribeTasks'])(
  '%s is denied: the message names it, and nothing is changed',
  async operation => {
    const s = scene()
    for (const name of ['a', 'b']) s.service('us-east-1', 'prod', name)
    s.standIn.fault({ operation, kind: 'deny', times: Infinity })
    const { code, message } = await s.fail({ clusters: 'prod' })
    expect(code).toBe('access-denied')
    expect(message).toMatch(
      new RegExp(
        `- us-east-1/prod/a: verifying the sensor needs a right .* nothing was registered or moved: ecs:${operation} on `
      )
    )
    expect(s.changes()).toEqual([])
  }
)

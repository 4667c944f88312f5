import { expect, test } from '@jest/globals'
import { codeDeploySucceeds, codeDeployWaits } from '../../../stand-in/scripts.ts'
import { useDelivered } from '../../support/code-deploy.ts'
import { elapsed, script, sent, WAITING } from '../../support/rollout.ts'

const scene = useDelivered({ readyWaitMinutes: 7 })

test('who is to reroute the traffic is waited for, and nothing is put back when the time is over', async () => {
  const s = scene()
  script(s, codeDeployWaits({ after: 60 }))
  const inputs = { ...WAITING, 'wait-for-minutes': '2', 'rollback-on-failure': 'true' }
  const { code, message, report } = await s.fail(inputs)
  expect(code).toBe('waits-for-a-person')
  expect(message).toContain('it waits at the rerouting of the traffic (Ready) for somebody to let it go on')
  expect(message).toContain('Nothing was put back.')
  expect(message).toContain('Reroute the traffic, or stop the deployment, in the CodeDeploy console.')
  expect(report.services).toMatchObject([{ deployment: { outcome: 'timed-out' } }])
  expect(s.moments().join('\n')).toContain('Ready, waits for somebody to reroute the traffic, for at most 7 minutes')
  expect(elapsed(s)).toBe((2 + 7 + 5) * 60)
  expect(sent(s)).not.toContain('UpdateService')
  expect(s.bodies('CreateDeployment')).toHaveLength(1)
})

test('it goes on once somebody has', async () => {
  const s = scene()
  script(s, codeDeploySucceeds({ after: 600 }))
  const report = await s.succeed({ ...WAITING, 'wait-for-minutes': '2' })
  expect(report.services).toMatchObject([{ deployment: { outcome: 'deployed', sensor: { verdict: 'proven' } } }])
})

test('no wait is longer than six hours', async () => {
  const s = scene()
  script(s, codeDeployWaits({ after: 60 }))
  await s.fail({ ...WAITING, 'wait-for-minutes': '355', 'wait-max-delay-seconds': '120' })
  expect(elapsed(s)).toBe(360 * 60)
})

import { expect, test } from '@jest/globals'
import { toOutputs } from '../../../src/report/outputs.ts'
import {
  breakerRollsBack,
  completes,
  imageRateLimited,
  sensorNeverStarts,
  together
} from '../../../stand-in/scripts.ts'
import { MOVED, script, sent, useWeb, WAITING } from '../../support/rollout.ts'

const scene = useWeb()
const LIMITED = imageRateLimited('levoai/pcap-sensor:0.1.9')

test('the error blames the sensor, says why pulls are refused and names the ways out', async () => {
  const s = scene()
  script(s, breakerRollsBack({ ...LIMITED, container: 'levo-pcap-sensor' }))
  const { report, code, message } = await s.fail(WAITING)
  expect(code).toBe('rolled-back')
  expect(message).toContain('sensor container levo-pcap-sensor: TaskFailedToStart')
  expect(message).toContain('toomanyrequests')
  expect(message).toContain('Likely cause: the registry allows no more pulls for now')
  expect(message).toContain('Take the image from a mirror')
  expect(message).toContain('repository-credentials')
  expect(report.services).toMatchObject([
    { deployment: { findings: [{ isSensor: true, diagnosis: { code: 'image-rate-limited', concerns: 'sensor' } }] } }
  ])
  expect(sent(s)).toEqual(MOVED)
})

test('the reason, which task and container share, is said once', async () => {
  const s = scene()
  script(s, breakerRollsBack({ ...LIMITED, container: 'levo-pcap-sensor' }))
  const { message } = await s.fail(WAITING)
  expect(message.match(/toomanyrequests/g)).toHaveLength(1)
})

test('the same of a task that runs on without its sensor', async () => {
  const s = scene()
  const never = sensorNeverStarts({ reason: LIMITED.containerReason })
  script(s, together(completes({ after: 60 }), never))
  const { report, code, message } = await s.fail(WAITING)
  expect(code).toBe('sensor-not-running')
  expect(message).toContain('Likely cause: the registry allows no more pulls for now')
  expect(message).toContain('repository-credentials')
  expect(toOutputs(report, {})).toMatchObject({ 'deployment-outcome': 'failed', 'sensor-running': '0/2' })
})

test("an image of the application's is not blamed on the sensor", async () => {
  const s = scene()
  script(s, breakerRollsBack({ ...imageRateLimited('library/nginx:1'), container: 'counter' }))
  const { report, message } = await s.fail(WAITING)
  expect(message).toContain('application container counter')
  expect(message).not.toContain('sensor container')
  expect(report.services).toMatchObject([
    { deployment: { findings: [{ isSensor: false, diagnosis: { code: 'image-rate-limited' } }] } }
  ])
})

import { expect, test } from '@jest/globals'
import { outcomes, useFleet } from '../support/fleet-scene.ts'

const scene = useFleet()
const API = 'us-east-1/acme-prod/acme-api'

test.each(['results-file', 'what the command prints'])(
  '%s has them to the letter, so that restore finds them',
  async source => {
    const s = scene()
    s.service('us-east-1', 'acme-prod', 'acme-api')
    await s.succeed({ clusters: 'acme-prod', 'levoai-org-id': 'acme' })
    const [said] = s.said
    expect([said?.log, said?.summary, said?.stderr, said?.outputs.results].join('\n')).not.toContain('acme')
    await s.keepResults('results.json', source === 'results-file' ? said?.results : said?.stdout)
    const report = await s.succeed({ mode: 'restore', 'results-file': 'results.json', 'levoai-org-id': 'acme' })
    expect(outcomes(report)).toEqual({ [API]: 'deployed' })
    expect(s.runs(API)).toBe('acme-api:1')
  }
)

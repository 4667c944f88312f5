import { describe, expect, test } from '@jest/globals'
import { StepError } from '../../src/errors.ts'
import { toMarkdown } from '../../src/report/markdown.ts'
import type { Report } from '../../src/report/report.ts'
import { createReport, revisionArn } from '../support/report.ts'

const registered = { arn: revisionArn(8), outcome: 'registered', notes: [] } as const
const link = (revision: number) =>
  `[shop:${revision}](https://eu-west-1.console.aws.amazon.com/ecs/v2/task-definitions/shop/${revision}/containers?region=eu-west-1)`

const serviceLink = (name: string) =>
  `[${name}](https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/blue/services/${name}/deployments?region=eu-west-1)`

function markdown(changes: Partial<Report>, plan: readonly string[] = []): string {
  return toMarkdown(createReport(changes), plan)
}

test('a run that moved one service and failed at another', () => {
  const error = new StepError({
    code: 'denied',
    what: 'ecs:UpdateService is denied on api',
    hint: 'Add the statement:\n{"Effect":"Allow"}'
  })
  const summary = markdown(
    {
      until: 'deploy',
      registration: registered,
      baseArn: revisionArn(7),
      error,
      services: [
        {
          kind: 'moved',
          deployment: {
            service: 'web',
            outcome: 'started',
            previousArn: revisionArn(7),
            arn: revisionArn(8),
            deploymentId: 'ecs-svc/1',
            notes: []
          }
        },
        { kind: 'failed', service: 'api', previousArn: revisionArn(6), error },
        { kind: 'not-begun', service: 'jobs', previousArn: revisionArn(6) }
      ],
      notes: [
        { level: 'note', text: 'a note of the plan' },
        { level: 'warning', text: 'a | b *c* <d>\nnext\n- one\n- two' }
      ]
    },
    ['-  "cpu": 1,', '+  "cpu": 2,']
  )
  expect(summary).toBe(`### ❌ Levo PCAP sensor: failed

ecs:UpdateService is denied on api

Add the statement:

\`\`\`json
{
  "Effect": "Allow"
}
\`\`\`

| Task definition | Revision | Compared with | Sensor image |
| --- | --- | --- | --- |
| file task.json | ${link(8)} | ${link(7)} | \`levoai/pcap-sensor:0.1.9\` |

| Service | Outcome | Ran before | Deployment |
| --- | --- | --- | --- |
| ${serviceLink('web')} | started | ${link(7)} | \`ecs-svc/1\` |
| ${serviceLink('api')} | failed | ${link(6)} |  |
| ${serviceLink('jobs')} | not begun | ${link(6)} |  |

<details><summary>Plan: adds levo-pcap-sensor (512 CPU units, 512 MiB)</summary>

- a note of the plan

\`\`\`diff
-  "cpu": 1,
+  "cpu": 2,
\`\`\`

</details>

**Warnings**

- a \\| b \\*c\\* \\<d\\>

  next

  - one
  - two
`)
})

test('a run that failed before anything was known', () => {
  const { rendering: _rendering, origin: _origin, ...empty } = createReport({ error: new Error('no file') })
  expect(toMarkdown(empty, [])).toBe('### ❌ Levo PCAP sensor: failed\n\nNo file\n')
})

describe('the headline is', () => {
  test.each<[string, Partial<Report>]>([
    ['📝 Levo PCAP sensor: plan, adds levo-pcap-sensor (512 CPU units, 512 MiB)', { until: 'render', dryRun: true }],
    ['📝 Levo PCAP sensor: rendered, adds levo-pcap-sensor (512 CPU units, 512 MiB)', { until: 'render' }],
    ['✅ Levo PCAP sensor: registered', { registration: registered }],
    ['✅ Levo PCAP sensor: nothing to change', { registration: { ...registered, outcome: 'unchanged' } }],
    ['❌ Levo PCAP sensor: failed', { registration: registered, error: new Error('x') }]
  ])('%s', (headline, changes) => {
    expect(markdown(changes).split('\n', 1)[0]).toBe(`### ${headline}`)
  })
})

test('where the console is not known the ARN is shown', () => {
  const arn = 'arn:aws-iso:ecs:us-iso-east-1:111122223333:task-definition/shop:8'
  expect(markdown({ registration: { ...registered, arn } })).toContain(`| file task.json | \`${arn}\` |`)
})

test('backticks in a message or a plan end no block', () => {
  expect(markdown({ error: new Error('a ``` b') })).toContain('A \\`\\`\\` b')
  expect(markdown({ error: new Error('Its log:\n  a ``` b\n  c') })).toContain('````\na ``` b\nc\n````')
  expect(markdown({}, ['+ "````"'])).toContain('`````diff\n+ "````"\n`````')
})

test('a path cannot break the table', () => {
  expect(markdown({ origin: 'file a|b.json' })).toContain('| file a\\|b.json |')
})

import { describe, expect, test } from '@jest/globals'
import { StepError } from '../../src/errors.ts'
import type { Entry } from '../../src/fleet/fleet.ts'
import { toFleetMarkdown } from '../../src/report/fleet-markdown.ts'
import type { FleetReport } from '../../src/report/fleet-report.ts'
import { createEntry, createFleetReport, createMoved, refusal } from './fleet-entries.ts'

const markdown = (entries: readonly Entry[], changes: Partial<FleetReport> = {}) =>
  toFleetMarkdown(createFleetReport(entries, changes))
const service = (name: string, text = `eu-west-1/prod/${name}`) =>
  `[${text}](https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/prod/services/${name}/deployments?region=eu-west-1)`
const revision = (family: string, number: number) =>
  `[${family}:${number}](https://eu-west-1.console.aws.amazon.com/ecs/v2/task-definitions/${family}/${number}/containers?region=eu-west-1)`
const stopped = (name: string) =>
  new StepError({
    code: 'sensor-not-running',
    what: `${name}: the sensor does not run as it should in 2 of 2 tasks.`,
    hint: 'Check satellite-url.'
  })
const byCodeDeploy = (name: string) =>
  createEntry(name, { outcome: 'refused', error: refusal('deployed by CodeDeploy') })

test('a run that failed at two services, with all that is left', () => {
  const entries = [
    createMoved('web', 'deployed'),
    createMoved('jobs', 'rolled-back', { error: stopped('jobs') }),
    createMoved('mail', 'failed', { error: stopped('mail') }),
    byCodeDeploy('pay'),
    byCodeDeploy('cart'),
    createEntry('late', { outcome: 'not-begun' })
  ]
  const error = new StepError({ code: 'x', what: '2 services failed', cause: entries[1]?.deployment?.error })
  const skipped = [{ region: 'ap-south-2', code: 'denied', reason: 'ecs:ListClusters is denied.' }]
  const notes = ['web', 'jobs'].map(
    name => ({ level: 'warning', text: `eu-west-1/prod/${name}: owned by Terraform` }) as const
  )
  expect(
    markdown(entries, { error, skipped, notes })
  ).toBe(`### ❌ Levo PCAP sensor: 2 of 6 services failed, 1 not begun

6 services: 1 deployed, 1 rolled-back, 1 failed, 2 refused, 1 not begun; 1 left out.

| Outcome | Services | What it means |
| --- | ---: | --- |
| failed | 1 | what went wrong stands below |
| rolled-back | 1 | the deployment went wrong, and the service is back on what it ran before |
| refused | 2 | nothing was tried, for the reason below |
| not begun | 1 | nothing was tried |
| deployed | 1 | runs the new revision, with the sensor in it |

**Failed: 2 services**

- 2 services: ${service('jobs')} (rolled-back), ${service('mail')} (failed)

  jobs: the sensor does not run as it should in 2 of 2 tasks.

  Check satellite-url.

  This is what the first one says; the others differ from it in names and numbers only.

**Refused: 2 services**

- deployed by CodeDeploy

  2 services: ${service('pay')}, ${service('cart')}

<details><summary>Not begun: 1 service</summary>

- ${service('late')}

</details>

**Left out: 1**

- ecs:ListClusters is denied.

  ap-south-2

<details open><summary>eu-west-1/prod: 1 service: 1 deployed</summary>

| Service | Outcome | Ran before | Runs |
| --- | --- | --- | --- |
| ${service('web', 'web')} | deployed | ${revision('web', 7)} | ${revision('web', 8)} |

</details>

**Warnings**

- eu-west-1/prod/web: owned by Terraform

  The same for eu-west-1/prod/jobs.

**Next steps**

- Put right what failed, as said above. Run again with the same inputs: services that are done stay as they are, so only the rest is done.
- A canary that fails stops everything else; stop-after-failures says after how many failures of others no further service is begun.
- To take this back: mode: restore with the output results-file as the input results-file moves the service back to what ran before.
`)
})

test('a dry run says what would change and what it adds', () => {
  const entries = [
    createEntry('web', { changed: true, adds: { cpu: 256, memory: 512 } }),
    createEntry('api', { changed: true, adds: { cpu: 512, memory: 512, size: '1024/2048' } }),
    createEntry('done', { changed: false })
  ]
  expect(markdown(entries, { dryRun: true })).toBe(`### 📝 Levo PCAP sensor: plan, 2 of 3 services would change

3 services: 2 would change, 1 unchanged; dry run, nothing in AWS was changed.

| Outcome | Services | What it means |
| --- | ---: | --- |
| would change | 2 | would be moved onto a new revision |
| unchanged | 1 | has the sensor already, as these inputs ask for |

**What it adds**

This adds +768 CPU units and +1024 MiB in all (2 services, one task of each counted).

| CPU units for each task | MiB for each task | Services |
| ---: | ---: | ---: |
| +256 | +512 | 1 |
| +512 | +512 | 1 |

1 service needs a larger Fargate size, which costs more:

- 1 vCPU / 2 GB: 1 service: eu-west-1/prod/api

<details open><summary>eu-west-1/prod: 3 services: 2 would change, 1 unchanged</summary>

| Service | Outcome | Runs | CPU units | MiB | New task size |
| --- | --- | --- | ---: | ---: | --- |
| ${service('web', 'web')} | would change | ${revision('web', 7)} | +256 | +512 |  |
| ${service('api', 'api')} | would change | ${revision('api', 7)} | +512 | +512 | 1 vCPU / 2 GB |
| ${service('done', 'done')} | unchanged | ${revision('done', 7)} |  |  |  |

</details>

**Next steps**

- Run it without dry-run to do this. canary says how many services go first, max-parallel how many at a time.
`)
})

test('discover says how each sensor stands, and who registered the revision when', () => {
  const registeredBy = 'arn:aws:sts::111122223333:assumed-role/deploy/session'
  const entries = [
    createEntry('web', { sensor: 'absent', registeredBy, registeredAt: 1_772_366_400 }),
    createEntry('api', { sensor: 'present' }),
    createEntry('old', { sensor: 'stopped' })
  ]
  const summary = markdown(entries, { mode: 'discover', matrix: { include: [{ services: 'web' }] } })
  expect(summary).toContain('### ⚠️ Levo PCAP sensor: 1 of 3 services has the sensor as it should be\n')
  expect(summary).toContain(`| Service | Sensor | Runs | Registered |
| --- | --- | --- | --- |
| ${service('web', 'web')} | absent | ${revision('web', 7)} | assumed-role/deploy/session, 2026-03-01 12:00 UTC |`)
  expect(summary).toContain('- To see why a sensor stopped: mode: verify')
  expect(summary).toContain('- To put the sensor into the service that is absent or outdated: mode: install')
  expect(summary).toContain('- Or let 1 job do it: the output matrix is made for strategy.matrix.\n')
})

test('a dry run of a removal says what it gives back', () => {
  const entry = createEntry('web', { changed: true, adds: { cpu: -256, memory: -512, size: '256/512' } })
  const summary = markdown([entry], { mode: 'remove', dryRun: true })
  expect(summary).toContain(
    '\n\nThis gives back 256 CPU units and 512 MiB in all (1 service, one task of each counted).\n\n'
  )
  expect(summary).toContain('get back the size that they had without the sensor:\n\n- 0.25 vCPU / 0.5 GB: 1 service')
})

test('who deployed meanwhile is not overridden, and running again sees to it', () => {
  const error = refusal('somebody deployed while this ran', 'deployed-meanwhile')
  const summary = markdown([createMoved('a', 'deployed'), createEntry('b', { outcome: 'not-begun', error })])
  expect(summary).toContain('### ⚠️ Levo PCAP sensor: 1 of 2 services has the sensor, 1 left alone\n')
  expect(summary).toContain('**Left alone: 1 service**\n\n- somebody deployed while this ran\n')
  expect(summary).toContain('- Run again with the same inputs')
})

test('restore says what was moved back and what was left alone', () => {
  const moved = createMoved('web', 'deployed')
  const left = createEntry('api', { outcome: 'not-begun', error: refusal('it runs api:9 by now', 'moved-on') })
  const summary = markdown([moved, left], { mode: 'restore' })
  expect(summary).toContain('### ✅ Levo PCAP sensor: 1 of 2 services is back on what it ran before, 1 left alone\n')
  expect(summary).toContain(`**Left alone: 1 service**\n\n- it runs api:9 by now\n\n  ${service('api')}\n`)
  expect(summary).not.toContain('Next steps')
})

describe('the headline is', () => {
  const good = [createMoved('a', 'deployed'), createMoved('b', 'already-running')]
  const skipped = [{ region: 'eu-west-1', code: 'x', reason: 'y' }]
  const left = [{ region: 'eu-west-1', cluster: 'prod', service: 'x', code: 'opted-out', reason: 'y' }]
  const missing = [{ region: 'eu-west-1', cluster: 'prod', service: 'x', code: 'service-not-found', reason: 'y' }]

  test.each<[string, readonly Entry[], Partial<FleetReport>]>([
    ['✅ Levo PCAP sensor: all 2 services have the sensor', good, {}],
    ['✅ Levo PCAP sensor: all 2 services have the sensor', good, { skipped: left }],
    ['⚠️ Levo PCAP sensor: all 2 services have the sensor', good, { skipped }],
    ['⚠️ Levo PCAP sensor: all 2 services have the sensor', good, { skipped: missing }],
    ['✅ Levo PCAP sensor: all 2 services are without the sensor', good, { mode: 'remove' }],
    ['⚠️ Levo PCAP sensor: 2 of 3 services have the sensor', [...good, byCodeDeploy('c')], {}],
    ['⚠️ Levo PCAP sensor: no service was found', [], {}],
    ['❌ Levo PCAP sensor: no service was found', [], { error: new Error('x') }],
    ['❌ Levo PCAP sensor: the service failed', [createMoved('a', 'timed-out')], {}],
    [
      '❌ Levo PCAP sensor: failed: 1 of 2 services has the sensor, 1 not begun',
      [createMoved('a', 'deployed'), createEntry('b')],
      { error: new Error('cancelled') }
    ],
    [
      '⏳ Levo PCAP sensor: 1 of 2 services has the sensor, deployments are under way',
      [createMoved('a', 'deployed'), createMoved('b', 'started')],
      {}
    ],
    ['✅ Levo PCAP sensor: nothing to change', [createEntry('a', { changed: false })], { dryRun: true }],
    [
      '✅ Levo PCAP sensor: the service has the sensor',
      [createEntry('a', { sensor: 'present' })],
      { mode: 'discover' }
    ],
    ['📝 Levo PCAP sensor: no service has the sensor', [createEntry('a', { sensor: 'absent' })], { mode: 'discover' }],
    [
      '📝 Levo PCAP sensor: 1 of 2 services has the sensor as it should be',
      [createEntry('a', { sensor: 'present' }), createEntry('b', { sensor: 'outdated' })],
      { mode: 'discover' }
    ]
  ])('%s', (headline, entries, changes) => {
    expect(markdown(entries, changes).split('\n', 1)[0]).toBe(`### ${headline}`)
  })
})

test('why the run as a whole ended is said, unless a service says it', () => {
  const error = new Error('cancelled: nothing more was sent')
  expect(markdown([createMoved('a', 'deployed')], { error })).toContain('\n\ncancelled: nothing more was sent\n\n')
  const own = stopped('a')
  const summary = markdown([createMoved('a', 'failed', { error: own })], { error: own })
  expect(summary.split('Check satellite-url.')).toHaveLength(2)
})

test('names that hold what Markdown and HTML read are text', () => {
  const summary = markdown([createEntry('a|b](x) <i>', { outcome: 'deployed', cluster: '<b>&"' })])
  expect(summary).toContain('<summary>eu-west-1/&#60;b&#62;&#38;&#34;: 1 service')
  expect(summary).toContain('| a\\|b\\](x) \\<i\\> | deployed |')
})

test('where the console is not known there are no links', () => {
  const arn = 'arn:aws-iso:ecs:us-iso-east-1:111122223333:task-definition/web:7'
  expect(markdown([createEntry('web', { arn, outcome: 'deployed' })])).toContain('| web | deployed | web:7 |')
})

describe('however many services there are', () => {
  const many = (count: number, entryOf: (index: number) => Entry) =>
    Array.from({ length: count }, (_, at) => entryOf(at))
  const place = (index: number) => ({ cluster: `cluster-${index % 40}` })

  test.each([1000, 5000])('%d rows stay short, and begin with the outcome', count => {
    const entries = many(count, index =>
      index % 100 === 99
        ? createMoved(`service-${index}`, 'failed', { ...place(index), error: stopped(`service-${index}`) })
        : createMoved(`service-${index}`, 'deployed', place(index))
    )
    const summary = markdown(entries)
    const shown = summary.split('\n').filter(line => /^\| \[service-/.test(line))
    expect(Buffer.byteLength(summary)).toBeLessThan(200_000)
    expect(shown).toHaveLength(200)
    expect(summary).toContain(`… and ${count * 0.99 - 200} more, in the output results-file.`)
    expect(summary.slice(0, 200)).toContain(`❌ Levo PCAP sensor: ${count / 100} of ${count} services failed`)
    expect(summary.indexOf('**Failed')).toBeLessThan(1000)
    expect(summary.split('Check satellite-url.')).toHaveLength(2)
  })

  test('each of those that failed is named, though they failed alike', () => {
    const failed = many(60, index => createMoved(`web-${index}`, 'rolled-back', { error: stopped(`web-${index}`) }))
    const summary = markdown(failed)
    expect(failed.filter(entry => !summary.includes(service(entry.service)))).toEqual([])
    expect(summary.split('does not run as it should')).toHaveLength(2)
  })

  test('what is refused for one reason stands once, whatever its numbers', () => {
    const refused = many(60, index =>
      createEntry(`web-${index}`, {
        outcome: 'refused',
        error: refusal(
          `the sensor does not fit into the task:\n- the containers claim ${500 + index} MiB, the task has 512`
        )
      })
    )
    const summary = markdown(refused)
    expect(summary.split('does not fit')).toHaveLength(2)
    expect(summary).toContain('and 50 more')
    expect(summary).toContain('the others differ from it in names and numbers only')
  })

  test('rows that need somebody are shown before others', () => {
    const entries = many(1000, index => createEntry(`s-${index}`, { sensor: index === 900 ? 'stopped' : 'present' }))
    expect(markdown(entries, { mode: 'discover' })).toContain('| [s-900]')
  })

  test.each<[string, Partial<Entry>]>([
    ['failed', { outcome: 'failed' }],
    ['refused', { outcome: 'refused' }],
    ['not begun', { outcome: 'not-begun' }]
  ])('5,000 %s, each with a long message of its own, stay below the limit', (_name, changes) => {
    const entries = many(5000, index => {
      const error = refusal(`${'x'.repeat(index + 1)}: why\n${'a long line\n'.repeat(1000)}`)
      return createEntry(`service-${index}`, { ...place(index), ...changes, error })
    })
    const skipped = many(5000, index => createEntry(`left-${index}`)).map((entry, index) => {
      return { ...entry, code: 'x', reason: 'y'.repeat(index) }
    })
    const notes = entries.map(({ service: name }, index) => {
      return { level: 'warning', text: `${name} ${'z'.repeat(index)}` } as const
    })
    expect(Buffer.byteLength(markdown(entries, { skipped, notes }))).toBeLessThan(600_000)
  })
})

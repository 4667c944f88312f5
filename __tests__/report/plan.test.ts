import { describe, expect, test } from '@jest/globals'
import { planLines } from '../../src/report/plan.ts'
import type { Report } from '../../src/report/report.ts'
import { render } from '../../src/sensor/render.ts'
import { appContainer, fargateDefinition, oldSensor } from '../fixtures/definitions.ts'
import { createRendering, createReport, revisionArn } from '../support/report.ts'

const plan = (changes: Partial<Report>): string => planLines(createReport(changes)).join('\n')

/** The lines of one part, without its title. */
function part(lines: string, title: string): string[] {
  const from = lines.split('\n')
  const start = from.indexOf(`@@ ${title} @@`)
  const rest = start < 0 ? [] : from.slice(start + 1)
  const end = rest.findIndex(line => line.startsWith('@@ '))
  return end < 0 ? rest : rest.slice(0, end)
}

describe('where it starts and what it gives', () => {
  test.each<[string, Partial<Report>, string]>([
    ['a revision that is new', { changed: true, baseArn: revisionArn(7) }, '+++ a new revision of shop'],
    ['one that was not compared', {}, '+++ a new revision of shop'],
    [
      'one of a family that nobody named',
      { rendering: createRendering({}, fargateDefinition({ family: undefined })) },
      '+++ a new revision'
    ]
  ])('%s', (_name, changes, line) => {
    expect(plan(changes).split('\n').slice(0, 3)).toEqual([
      '--- file task.json',
      line,
      '@@ container levo-pcap-sensor @@'
    ])
  })
})

test('what is as the inputs ask for has no plan', () => {
  const rendering = createRendering({}, createRendering().after)
  const marks = [{ key: 'levoai:commit', value: 'abc' }]
  expect(planLines(createReport({ rendering, marks }))).toEqual([])
  expect(planLines(createReport({ rendering, marks, changed: false, baseArn: revisionArn(7) }))).toEqual([])
})

test('nothing rendered is no plan', () => {
  const { rendering: _rendering, ...nothing } = createReport()
  expect(planLines(nothing)).toEqual([])
})

test('the size of the task, as it is spelled', () => {
  const grown = createRendering({ taskSize: 'grow' }, fargateDefinition({ cpu: '256', memory: '512' }))
  expect(part(plan({ rendering: grown }), 'task size')).toEqual(
    expect.arrayContaining(['-"cpu": "256"', `+"cpu": ${JSON.stringify(grown.after.cpu)}`])
  )
})

test('what an adopted sensor loses, by name', () => {
  const definition = fargateDefinition({
    containerDefinitions: [appContainer(), oldSensor({ user: '0', environment: [{ name: 'TOKEN', value: 'hidden' }] })]
  })
  const lost = part(plan({ rendering: createRendering({}, definition) }), 'lost with the sensor that was there')
  expect(lost).toEqual(expect.arrayContaining(['-environment variable TOKEN', '-user']))
  expect(lost.join()).not.toContain('hidden')
})

describe('other containers', () => {
  const waits = (name: string) => appContainer({ dependsOn: [{ containerName: name, condition: 'START' }] })

  test('follow an old name to the new one', () => {
    const sensor = oldSensor({ name: 'old-name' })
    const rendering = createRendering({}, fargateDefinition({ containerDefinitions: [waits('old-name'), sensor] }))
    expect(part(plan({ rendering }), 'other containers')).toEqual([
      '-shop.dependsOn: {"containerName":"old-name","condition":"START"}',
      '+shop.dependsOn: {"containerName":"levo-pcap-sensor","condition":"START"}'
    ])
  })

  test('name no sensor that is taken out', () => {
    const rendered = createRendering().after
    const [app, ...others] = rendered.containerDefinitions
    const containerDefinitions = [{ ...app, ...waits('levo-pcap-sensor') }, ...others]
    const rendering = render({ ...rendered, containerDefinitions }, { kind: 'remove', image: 'x' }, { region: 'r' })
    expect(part(plan({ rendering }), 'other containers')).toEqual([
      '-shop.dependsOn: {"containerName":"levo-pcap-sensor","condition":"START"}'
    ])
  })

  test('that are sensors too are left out', () => {
    const containerDefinitions = [appContainer(), oldSensor({ name: 'one' }), oldSensor({ name: 'two' })]
    const rendering = createRendering({}, fargateDefinition({ containerDefinitions }))
    expect(part(plan({ rendering }), 'other containers')).toEqual(['-container two'])
  })
})

describe('tags', () => {
  const marks = [
    { key: 'levoai:created_by', value: 'test/2' },
    { key: 'levoai:commit', value: 'abc' }
  ]

  test('are compared with those that are there', () => {
    const tagsBefore = [
      { key: 'team', value: 'a' },
      { key: 'gone', value: '1' },
      { key: 'levoai:commit', value: 'old' }
    ]
    const tags = [
      { key: 'team', value: 'b' },
      { key: 'levoai:commit', value: 'old' }
    ]
    expect(part(plan({ changed: true, tagsBefore, tags, marks }), 'tags')).toEqual([
      '-"team": "a"',
      '+"team": "b"',
      '-"gone": "1"',
      '-"levoai:commit": "old"',
      '+"levoai:commit": "abc"',
      '+"levoai:created_by": "test/2"'
    ])
  })

  test('of our own are left out where there is no room', () => {
    const tags = Array.from({ length: 49 }, (_, index) => ({ key: `tag-${index}`, value: '' }))
    expect(part(plan({ changed: true, tagsBefore: tags, tags, marks }), 'tags')).toEqual([
      '+"levoai:created_by": "test/2"'
    ])
  })

  test('of our own are in no plan of what is only rendered', () => {
    const tagsBefore = [{ key: 'levoai:commit', value: 'old' }]
    const rendered = { until: 'render', changed: true, tagsBefore, tags: [{ key: 'team', value: 'b' }], marks } as const
    expect(part(plan(rendered), 'tags')).toEqual(['+"team": "b"'])
    expect(part(plan({ ...rendered, dryRun: true }), 'tags')).toContain('+"levoai:commit": "abc"')
  })

  test('alone may be what changes', () => {
    const rendering = createRendering({}, createRendering().after)
    const tags = [{ key: 'team', value: 'b' }]
    expect(plan({ rendering, changed: true, tags })).toBe(
      '--- file task.json\n+++ a new revision of shop\n@@ tags @@\n+"team": "b"'
    )
  })

  test('are not shown where nothing is registered, nor is anything else', () => {
    expect(plan({ changed: false, baseArn: revisionArn(7), marks })).toBe('')
  })
})

describe('a revision that is there already', () => {
  const there = { changed: false, baseArn: revisionArn(7), until: 'deploy', named: ['web', 'api'] } as const
  const running = [
    { service: 'web', arn: revisionArn(6) },
    { service: 'api', arn: revisionArn(7) }
  ]
  const rendering = createRendering({}, createRendering().after)
  const marks = [{ key: 'levoai:commit', value: 'abc' }]

  test('is what a service is moved onto that runs another', () => {
    const tags = [{ key: 'team', value: 'a' }]
    expect(planLines(createReport({ ...there, rendering, running, marks, tags, tagsBefore: tags }))).toEqual([
      '--- file task.json',
      '+++ shop:7, which is there already',
      '@@ services @@',
      '!web: shop:6 -> shop:7'
    ])
  })

  test('is shown with all that changes for those that run another', () => {
    const otherChanges = [{ arn: revisionArn(6), services: ['web'], changes: ['cpu: "256" -> "512"'] }]
    const lines = plan({ ...there, running, otherChanges })
    expect(lines.split('\n')[1]).toBe('+++ shop:7, which is there already')
    expect(part(lines, 'container levo-pcap-sensor')).toContain('+  "name": "levo-pcap-sensor",')
    expect(part(lines, 'besides the sensor, compared with shop:6, which web runs')).toEqual(['!cpu: "256" -> "512"'])
    // Rendered only: nobody is moved, and what differs is shown all the same.
    expect(plan({ ...there, until: 'render', running, otherChanges })).not.toContain('@@ services @@')
    expect(plan({ ...there, until: 'render', running, otherChanges })).toContain('!cpu')
  })

  test('may be deployed anew', () => {
    expect(part(plan({ ...there, rendering, running, forces: true }), 'services')).toEqual([
      '!web: shop:6 -> shop:7',
      '!api: shop:7, deployed anew'
    ])
  })

  test('has no plan where everybody runs it', () => {
    expect(plan({ ...there, running: running.slice(1) })).toBe('')
  })
})

describe('a sensor of a revision that it was not made from', () => {
  const before = createRendering({ image: 'levoai/pcap-sensor:0.2.0' }).sensor
  const title = 'container levo-pcap-sensor, compared with shop:6, which web runs'
  const other = { arn: revisionArn(6), services: ['web'], changes: [] }

  test('is compared, with what it loses', () => {
    const sensor = { before, lost: ['flag --a'], others: ['tap'], says: [] }
    const lines = plan({ changed: true, otherChanges: [{ ...other, sensor }] })
    expect(part(lines, title)).toEqual(
      expect.arrayContaining(['-  "image": "levoai/pcap-sensor:0.2.0",', '-container tap'])
    )
    expect(part(lines, 'lost with the sensor of shop:6, which web runs')).toEqual(['-flag --a'])
  })

  test('is gone', () => {
    const definition = fargateDefinition()
    const rendering = { before: definition, after: definition, notes: [] }
    const sensor = { before, lost: [], others: [], says: [] }
    const lines = part(plan({ changed: true, rendering, otherChanges: [{ ...other, sensor }] }), title)
    expect(lines).toContain('-  "name": "levo-pcap-sensor",')
    expect(lines.filter(line => !line.startsWith('-'))).toEqual([])
  })
})

test('what changes besides, for each revision that it was not made from', () => {
  const otherChanges = [
    {
      arn: revisionArn(6),
      services: ['web', 'api'],
      changes: ['containerDefinitions[app].image: "a" -> "b"', 'volumes: gone']
    },
    { arn: revisionArn(7), services: [], changes: ['cpu: "256" -> "512"'] }
  ]
  const lines = plan({ otherChanges })
  expect(part(lines, 'besides the sensor, compared with shop:6, which web, api run')).toEqual([
    '!containerDefinitions[app].image: "a" -> "b"',
    '!volumes: gone'
  ])
  expect(part(lines, 'besides the sensor, compared with shop:7')).toEqual(['!cpu: "256" -> "512"'])
})

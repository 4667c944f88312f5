import { describe, expect, test } from '@jest/globals'
import { readOverrides } from '../../src/options/overrides.ts'
import { parseSensor, problemsWith } from '../support/parsed.ts'

describe('container-overrides is read', () => {
  test.each([
    ['as JSON', '{"user": "0", "cpu": null}', { user: '0', cpu: null }],
    [
      'as YAML',
      'user: "0"\ncpu: null\nulimits:\n  - name: nofile',
      { user: '0', cpu: null, ulimits: [{ name: 'nofile' }] }
    ],
    ['as YAML in one line', '{user: "0", cpu: ~}', { user: '0', cpu: null }],
    ['with comments and anchors', '# c\na: &a {x: 1}\nb:\n  <<: *a', { a: { x: 1 }, b: { x: 1 } }],
    ['when it is empty inside', '{}', {}]
  ])('%s', async (_name, text, overrides) => {
    expect(await readOverrides(text)).toEqual({ overrides, problems: [] })
    expect((await parseSensor({ 'container-overrides': text })).overrides).toEqual(overrides)
  })

  test.each(['', ' \n'])('not when it is %j', async text => {
    expect((await parseSensor({ 'container-overrides': text })).overrides).toBeUndefined()
  })

  test('not when it is absent', async () => {})
})

describe('container-overrides is refused, without its text', () => {
  const SECRET = 'hunter2'
  test.each([
    ['a list', `["${SECRET}"]`, /must be a JSON or YAML object/],
    ['a text', SECRET, /must be a JSON or YAML object/],
    ['a number', '12', /must be a JSON or YAML object/],
    ['null', 'null', /must be a JSON or YAML object/],
    ['broken JSON', `{"a": "${SECRET}"`, /must be a JSON or YAML object/],
    ['broken YAML', `a: b: "${SECRET}`, /must be a JSON or YAML object/],
    ['several documents', `a: ${SECRET}\n---\nb: 1`, /must be a JSON or YAML object/],
    ['an alias to nothing', `a: *${SECRET}`, /must be a JSON or YAML object/],
    ['a key twice', `a: ${SECRET}\na: 1`, /must be a JSON or YAML object/],
    ['a name', `{"name": "${SECRET}"}`, /must not hold "name"; use container-name/],
    ['no name', '{"name": null}', /must not hold "name"/],
    ['a name by way of an anchor', `x: &x {name: ${SECRET}}\n<<: *x`, /must not hold "name"/],
    ['a label of our own', `{"dockerLabels": {"Levoai.x": "${SECRET}"}}`, /must not begin with "levoai\."/]
  ])('%s', async (_name, text, problem) => {
    const problems = await problemsWith({ 'container-overrides': text })
    expect(problems).toEqual([expect.stringMatching(problem)])
    expect(problems.join()).toMatch(/^container-overrides: /)
    expect(problems.join()).not.toContain(SECRET)
  })

  test('with every other problem', async () => {
    const problems = await problemsWith({ 'container-overrides': '1', cpu: 'x', 'restart-attempt-period': '59' })
    expect(problems.map(problem => problem.split(':')[0]).sort()).toEqual([
      'container-overrides',
      'cpu',
      'restart-attempt-period'
    ])
  })
})

describe('restart-attempt-period', () => {
  test.each(['60', '1800'])('%s arrives', async text => {
    expect((await parseSensor({ 'restart-attempt-period': text })).restartAttemptPeriod).toBe(Number(text))
  })

  test.each(['59', '1801', '60.5', '-60', 'off'])('%s is refused', async text => {
    expect(await problemsWith({ 'restart-attempt-period': text })).toEqual([
      `restart-attempt-period: must be a whole number from 60 to 1800, not "${text}"`
    ])
  })
})

test.each([
  ['grow', 'keep'],
  ['unchecked', 'keep']
])('task-size %s is taken, and is not %s', async (text, other) => {
  const { taskSize } = await parseSensor({ 'task-size': text })
  expect(taskSize).toBe(text)
  expect((await parseSensor()).taskSize).toBe(other)
})

test.each([
  ['true', true],
  ['FALSE', false]
])('exclude-sidecar-ports %s', async (text, expected) => {
  expect((await parseSensor({ 'exclude-sidecar-ports': text })).excludeSidecarPorts).toBe(expected)
})

import { describe, expect, test } from '@jest/globals'
import { containerOf, shop, tagsOf } from '../support/flow-definitions.ts'
import { useScene } from '../support/flow-scene.ts'

const scene = useScene()

const YAML = `# the shop
family: shop
requiresCompatibilities: [FARGATE]
networkMode: awsvpc
cpu: '1024'
memory: 2 GB
containerDefinitions:
  - &small
    name: counter
    image: nginx
    memory: 256
  - <<: *small
    name: till
`

test.each([
  ['JSON', 'shop.json', JSON.stringify(shop())],
  [
    'JSON with comments and trailing commas',
    'deploy/shop.jsonc',
    `// ours\n${JSON.stringify(shop()).replace(/}$/, ',}')}`
  ],
  ['JSON with a byte order mark', 'shop.json', `\uFEFF${JSON.stringify(shop())}`],
  ['YAML with anchors', 'shop.yml', YAML],
  ['the answer of describe-task-definition', 'shop.json', JSON.stringify({ taskDefinition: shop(), tags: [] })]
])('%s', async (_kind, name, content) => {
  const s = scene()
  await s.file(name.replace('/', '-'), content)
  const report = await s.succeed({ 'task-definition': name.replace('/', '-') })
  expect(report.origin).toBe(`file ${name.replace('/', '-')}`)
  expect(s.calls()).toEqual(['DescribeTaskDefinition', 'RegisterTaskDefinition'])
  expect(s.body('DescribeTaskDefinition')).toEqual({ taskDefinition: 'shop', include: ['TAGS'] })
  const sent = s.body('RegisterTaskDefinition')
  expect(containerOf(sent, 'counter').name).toBe('counter')
  expect(containerOf(sent, 'levo-pcap-sensor').essential).toBe(false)
  expect(report).toMatchObject({ changed: true, registration: { arn: s.arn('task-definition/shop:1') } })
})

test('an anchor of YAML stands for its members', async () => {
  const s = scene()
  await s.file('shop.yml', YAML)
  await s.succeed({ 'task-definition': 'shop.yml' })
  const sent = s.body('RegisterTaskDefinition')
  expect(containerOf(sent, 'till')).toEqual({ name: 'till', image: 'nginx', memory: 256 })
  expect(sent.memory).toBe('2 GB')
})

test('tags beside a described definition are its tags, and so are tags within a bare one', async () => {
  const s = scene()
  const tags = [{ key: 'team', value: 'shop' }]
  await s.file('beside.json', { taskDefinition: shop(), tags })
  await s.file('within.json', shop({ tags }))
  await s.succeed({ 'task-definition': 'beside.json' })
  await s.succeed({ 'task-definition': 'within.json', tags: 'again=yes' })
  const [beside = {}, within = {}] = s.bodies('RegisterTaskDefinition')
  expect(tagsOf(beside)).toMatchObject({ team: 'shop' })
  expect(tagsOf(within)).toMatchObject({ team: 'shop', again: 'yes' })
})

test('what the family has already is what it is compared with', async () => {
  const s = scene()
  s.account.addTaskDefinition(shop())
  await s.file('shop.json', shop())
  const report = await s.succeed({ 'task-definition': 'shop.json' })
  expect(report.baseArn).toBe(s.arn('task-definition/shop:1'))
  expect(report.registration?.arn).toBe(s.arn('task-definition/shop:2'))
})

describe('a file that is no task definition is an input error, and nothing is asked of AWS', () => {
  test.each([
    ['is not there', undefined, 'there is no'],
    ['is empty', '  \n', 'is empty'],
    ['is broken JSON', '{"family": "shop", "containerDefinitions": [', 'is not valid JSON'],
    ['is broken YAML', 'family: [shop\ncontainerDefinitions: {', 'is not valid YAML'],
    ['is a list', '[]', 'a task definition is a JSON object, not a list'],
    ['has no containers', '{"family":"shop"}', '"containerDefinitions" must be a list of containers, it has none'],
    ['has an empty list', '{"family":"shop","containerDefinitions":[]}', '"containerDefinitions" is empty'],
    [
      'has a container without a name',
      '{"containerDefinitions":[{"image":"a"}]}',
      'containerDefinitions[0] needs a "name"'
    ],
    ['is binary', 'a\u0000b', 'is a binary file']
  ])('%s', async (_fault, content, words) => {
    const s = scene()
    const name = content === undefined ? 'absent.json' : 'bad.json'
    if (content !== undefined) await s.file(content.startsWith('family:') ? 'bad.yaml' : name, content)
    const given = content?.startsWith('family:') ? 'bad.yaml' : name
    const { message } = await s.reject({ 'task-definition': given, service: 'web' })
    expect(message).toMatch(/^task-definition: /)
    expect(message).toContain(given)
    expect(message).toContain(words)
    expect(message).not.toContain(s.workspace)
    expect(s.calls()).toEqual([])
    expect(s.connections).toBe(0)
  })
})

test('a file without a family has nothing to be a revision of', async () => {
  const s = scene()
  const { family: _family, ...nameless } = shop()
  await s.file('nameless.json', nameless)
  const { code, message, report } = await s.fail({ 'task-definition': 'nameless.json' })
  expect(code).toBe('no-family')
  expect(message).toContain('file nameless.json')
  expect(report.error).toMatchObject({ faults: [{ place: { file: 'nameless.json', line: 1 } }] })
  expect(s.calls()).toEqual([])
})

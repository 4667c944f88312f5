import { describe, expect, test } from '@jest/globals'
import { diffSensor } from '../../src/report/container-diff.ts'
import type { SensorOptions } from '../../src/sensor/container.ts'
import type { JsonObject } from '../../src/task-definition/definition.ts'
import { appContainer, fargateDefinition, oldSensor } from '../fixtures/definitions.ts'
import { createRendering } from '../support/report.ts'

const SECRET = 's3cr3t-value'

/** The plan of a container that replaces one, both given whole. */
function planOf(before: JsonObject | undefined, after: JsonObject): string {
  const sensor = { name: 'levo-pcap-sensor', ...after }
  const definition = fargateDefinition()
  const replaced = before === undefined ? undefined : { name: 'levo-pcap-sensor', ...before }
  return diffSensor({ before: definition, after: definition, replaced, sensor, notes: [] }).join('\n')
}

function adopt(own: JsonObject, overrides: Partial<SensorOptions> = {}): string {
  const definition = fargateDefinition({ containerDefinitions: [appContainer(), oldSensor(own)] })
  return diffSensor(createRendering(overrides, definition)).join('\n')
}

test('a new sensor is shown whole, but for what identifies the customer', () => {
  const lines = diffSensor(createRendering({ environment: new Map([['TOKEN', SECRET]]) }))
  expect(lines.join('\n')).toBe(`+{
+  "name": "levo-pcap-sensor",
+  "image": "levoai/pcap-sensor:0.1.9",
+  "cpu": 512,
+  "memory": 512,
+  "essential": false,
+  "entryPoint": [
+    "./bin/init",
+    "apidump",
+    "--satellite-url",
+    "https://satellite.example.com",
+    "--levo-env",
+    "staging",
+    "--levoai-org-id",
+    "***"
+  ],
+  "environment": [
+    {
+      "name": "LEVO_AWS_REGION",
+      "value": "eu-west-1"
+    },
+    {
+      "name": "TOKEN",
+      "value": "***"
+    }
+  ]
+}`)
})

test('nothing is shown where nothing changes', () => {
  const first = createRendering()
  expect(diffSensor(createRendering({}, first.after))).toEqual([])
})

test('what the old sensor had and the inputs do not give is shown as lost', () => {
  const plan = adopt({
    environment: [{ name: 'HTTPS_PROXY', value: SECRET }],
    logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/old' } },
    user: '0'
  })
  for (const lost of ['HTTPS_PROXY', '/ecs/old', '"user"', '0.1.4', '"cpu": 64']) {
    expect(plan).toMatch(new RegExp(`^-.*${lost}`, 'm'))
  }
  expect(plan).not.toContain(SECRET)
})

describe('a value that is hidden is not shown', () => {
  test.each([
    ['of environment', { environment: [{ name: 'A', value: SECRET }] }],
    ['of a secret', { secrets: [{ name: 'A', valueFrom: SECRET }] }],
    ['of the organization', { entryPoint: ['./bin/init', 'apidump', '--levoai-org-id', SECRET] }],
    [
      'of the organization that looks like a flag',
      { entryPoint: ['./bin/init', 'apidump', '--levoai-org-id', `-${SECRET}`] }
    ],
    ['of the organization behind =', { entryPoint: ['./bin/init', 'apidump', `--levoai-org-id=${SECRET}`] }],
    ['of the organization in a shell', { entryPoint: ['sh', '-c', `./bin/init apidump --levoai-org-id ${SECRET}`] }],
    ['of the organization in one argument', { entryPoint: [`./bin/init apidump --levoai-org-id ${SECRET}`] }],
    ['of the organization in one text', { entryPoint: `./bin/init apidump --levoai-org-id ${SECRET}` }],
    ['of the organization in a command of one text', { command: `apidump --levoai-org-id ${SECRET}` }],
    ['of a flag that ends the entry point', { entryPoint: ['init', 'apidump', '--levoai-org-id'], command: [SECRET] }],
    ['of an argument that nobody knows', { entryPoint: ['./bin/init', 'apidump', '--api-key', SECRET] }],
    ['of one behind =', { entryPoint: ['./bin/init', 'apidump', `--api-key=${SECRET}`] }],
    ['without a flag', { entryPoint: ['./bin/init', 'apidump', '--debug', 'true', SECRET] }],
    ['in the command', { command: ['--api-key', SECRET] }],
    ['in a URL', { entryPoint: ['./bin/init', 'apidump', '--satellite-url', `https://user:${SECRET}@host`] }],
    ['in a URL behind =', { entryPoint: ['./bin/init', 'apidump', `--satellite-url=https://${SECRET}@host`] }],
    ['that looks like a flag', { entryPoint: ['./bin/init', 'apidump', '--password', `-${SECRET}`] }],
    ['of a short flag', { entryPoint: ['./bin/init', 'apidump', `-p${SECRET}`] }],
    ['of a variable before the program', { entryPoint: ['env', `A=${SECRET}`, './bin/init'] }],
    ['in quotes', { entryPoint: [`./bin/init apidump --satellite-url "https://u:${SECRET}@h"`] }],
    ['of environment in other letters', { environment: [{ Name: 'A', Value: SECRET }] }],
    ['beside that of environment', { environment: [{ name: 'LEVO_AWS_REGION', value: 'x', Value: SECRET }] }],
    ['of environment in a map', { environment: { A: SECRET } }],
    ['of environment in one text', { environment: SECRET }],
    ['of environment in texts', { environment: [`A=${SECRET}`] }],
    ['of secrets in one text', { secrets: SECRET }],
    ['of a member that nobody knows', { Environment: [{ Name: 'A', Value: SECRET }], Secrets: { A: SECRET } }],
    ['of one within another', { portMappings: [{ containerPort: 1, secret: SECRET }] }],
    ['of an object in place of a text', { image: { url: SECRET } }],
    ['of a health check', { healthCheck: { command: ['CMD', 'curl', `https://u:${SECRET}@h`] } }],
    ['of a label', { dockerLabels: { owner: SECRET } }],
    ['in a URL of our label', { dockerLabels: { 'levoai.url': `https://u:${SECRET}@h` } }],
    ['in an image', { image: `u:${SECRET}@host/pcap-sensor:1` }],
    ['in a URL of the log group', { logConfiguration: { options: { 'awslogs-endpoint': `https://${SECRET}@h` } } }],
    ['of a log configuration in one text', { logConfiguration: SECRET }],
    ['of Firelens', { firelensConfiguration: { type: 'fluentbit', options: { token: SECRET } } }],
    ['of a file of environment', { environmentFiles: [{ type: 's3', value: SECRET }] }],
    ['in another place', { environment: [{ name: 'A', value: SECRET }], workingDirectory: `/a/${SECRET}/b` }],
    [
      'of the organization in another place',
      { entryPoint: ['init', 'apidump', '--levoai-org-id', SECRET, '--levo-env', SECRET], user: SECRET }
    ],
    ['of a log option', { logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': SECRET } } }],
    [
      'of a log secret',
      { logConfiguration: { logDriver: 'splunk', secretOptions: [{ name: 'splunk-token', valueFrom: SECRET }] } }
    ]
  ])('%s', (_name, members) => {
    expect(planOf(undefined, members)).not.toContain(SECRET)
    expect(planOf(members, { image: 'new' })).not.toContain(SECRET)
    expect(planOf({ image: 'old' }, members)).not.toContain(SECRET)
  })
})

describe('names are shown', () => {
  test.each([
    ['of environment', { environment: [{ name: 'A_NAME', value: SECRET }] }, 'A_NAME'],
    ['of secrets', { secrets: [{ name: 'A_NAME', valueFrom: SECRET }] }, 'A_NAME'],
    ['of unknown flags', { entryPoint: ['init', 'apidump', '--api-key', SECRET] }, '--api-key'],
    ['of unknown flags behind =', { entryPoint: ['init', 'apidump', `--api-key=${SECRET}`] }, '--api-key='],
    [
      'of log options',
      { logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': SECRET } } },
      'splunk-token'
    ],
    ['and the values of flags that we know', { entryPoint: ['init', 'apidump', '--filter', 'port 80'] }, 'port 80'],
    [
      'and a URL without its credentials',
      { entryPoint: ['init', 'x', '--satellite-url', 'http://u:p@host:99'] },
      'http://***@host:99'
    ],
    ['of labels', { dockerLabels: { owner: SECRET } }, 'owner'],
    ['of members that nobody knows', { Environment: [{ Name: 'A', Value: SECRET }] }, '"Environment": "***"'],
    ['of environment in other letters', { environment: [{ Name: 'A_NAME', Value: SECRET }] }, 'A_NAME'],
    ['of environment in a map', { environment: { A_NAME: SECRET } }, 'A_NAME'],
    ['and our own labels', { dockerLabels: { 'levoai.team': 'a-team' } }, 'a-team'],
    ['and the digest of an image', { image: 'levoai/pcap-sensor:1@sha256:abc' }, 'levoai/pcap-sensor:1@sha256:abc'],
    ['and how often health is checked', { healthCheck: { command: ['CMD', 'x'], interval: 17 } }, '"interval": 17'],
    ['and the Region', { environment: [{ name: 'LEVO_AWS_REGION', value: 'eu-west-1' }] }, 'eu-west-1'],
    ['and the log group', { logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/g' } } }, '/g']
  ])('%s', (_name, members, shown) => {
    expect(planOf(undefined, members)).toContain(shown)
  })
})

describe('that a hidden value changes is shown', () => {
  const args = (...words: readonly string[]) => ({ entryPoint: ['./bin/init', 'apidump', ...words] })
  const splunk = (token: string) => ({ logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': token } } })
  const splunkSecret = (valueFrom: string) => ({
    logConfiguration: { logDriver: 'splunk', secretOptions: [{ name: 'splunk-token', valueFrom }] }
  })
  test.each([
    ['of environment', { environment: [{ name: 'A', value: '1' }] }, { environment: [{ name: 'A', value: '2' }] }],
    ['of a secret', { secrets: [{ name: 'A', valueFrom: '1' }] }, { secrets: [{ name: 'A', valueFrom: '2' }] }],
    ['of the organization', args('--levoai-org-id', 'a'), args('--levoai-org-id', 'b')],
    ['of an unknown flag', args('--api-key', 'a'), args('--api-key', 'b')],
    ['of an unknown flag behind =', args('--api-key=a'), args('--api-key=b')],
    ['of credentials in a URL', args('--satellite-url', 'http://u:a@h'), args('--satellite-url', 'http://u:b@h')],
    ['of a label', { dockerLabels: { owner: 'a' } }, { dockerLabels: { owner: 'b' } }],
    ['of a health check', { healthCheck: { command: ['a'] } }, { healthCheck: { command: ['b'] } }],
    ['of a member that nobody knows', { foo: { a: ['b'] } }, { foo: { a: ['c'] } }],
    ['of a word among others', args('--debug=1', 'a', 'b'), args('--debug=1', 'a', 'c')],
    ['of a log option', splunk('a'), splunk('b')],
    ['of a log secret', splunkSecret('a'), splunkSecret('b')]
  ])('%s', (_name, before, after) => {
    expect(planOf(before, after)).toMatch(/^\+.*\(changed\)/m)
    expect(planOf(before, before)).toBe('')
  })
})

test('changes that are far apart are shown as parts', () => {
  const lines = diffSensor(
    createRendering(
      { memory: { kind: 'units', units: 600 }, environment: new Map([['A', '1']]) },
      createRendering().after
    )
  )
  expect(lines).toContain('  …')
  expect(lines).toContain('-  "memory": 512,')
  expect(lines).toContain('+  "memory": 600,')
  expect(lines.every(line => /^[ +-]/.test(line))).toBe(true)
})

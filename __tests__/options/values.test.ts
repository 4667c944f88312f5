import { describe, expect, test } from '@jest/globals'
import { problemsWith } from '../support/parsed.ts'

describe('one bad value of each option, and what is said', () => {
  const lines = 'must be one line, not several'
  const decimal = 'must be a plain decimal number above 0, such as 2 or 0.5'
  const boolean = 'must be true or false'
  const url = 'must be an http:// or https:// URL with a host, such as https://satellite.example.com'
  const least = (number: number) => `must be a whole number from ${number}`
  const share = (number: number) =>
    `must be a whole number from ${number}, or a share of the task such as 5% (up to 100%)`

  test.each([
    ['task-definition', 'a\nb', lines],
    ['satellite-url', 'satellite.example.com', `${url}, not "satellite.example.com"`],
    ['satellite-url', 'ftp://satellite.example.com', `${url}, not "ftp://satellite.example.com"`],
    ['satellite-url', 'https://', `${url}, not "https://"`],
    ['satellite-url', 'http://:9999', `${url}, not "http://:9999"`],
    ['satellite-url', 'https:///path', `${url}, not "https:///path"`],
    ['satellite-url', 'https://user:pass@', `${url}, not "https://***@"`],
    ['satellite-url', 'https://host:port', `${url}, not "https://host:port"`],
    ['levo-env', 'staging\nproduction', lines],
    ['levoai-org-id', 'org\nid', lines],
    ['rate-limit', '0', `${decimal}, not "0"`],
    ['rate-limit', '-1', `${decimal}, not "-1"`],
    ['rate-limit', '1e3', `${decimal}, not "1e3"`],
    ['rate-limit', 'NaN', `${decimal}, not "NaN"`],
    ['rate-limit', '0x10', `${decimal}, not "0x10"`],
    ['trace-export-interval', '0.0', `${decimal}, not "0.0"`],
    ['stream-timeout-seconds', '2s', `${decimal}, not "2s"`],
    ['max-http-length', '1.0', `${least(1)}, not "1.0"`],
    ['max-http-length', '0', `${least(1)}, not "0"`],
    ['filter', 'port 80\nport 81', lines],
    ['sensor-profile', 'Standard', 'must be one of auto, standard, low-resource, proportional, not "Standard"'],
    ['image', 'a b', 'must be an image name of letters, digits and . _ - : / @, not "a b"'],
    ['container-name', 'a.b', 'must be letters, digits, _ and -, at most 255, not "a.b"'],
    ['cpu', '5%%', `${share(0)}, not "5%%"`],
    ['cpu', '-1', `${share(0)}, not "-1"`],
    ['cpu', '0%', `${share(0)}, not "0%"`],
    ['cpu', '101%', `${share(0)}, not "101%"`],
    ['cpu', '.5', `${share(0)}, not ".5"`],
    ['memory', '5', `${share(6)}, not "5"`],
    ['memory', '1 GB', `${share(6)}, not "1 GB"`],
    ['memory-reservation', '5', `${least(6)}, not "5"`],
    [
      'repository-credentials',
      'my-secret',
      'must be the ARN of a Secrets Manager secret, such as arn:aws:secretsmanager:…'
    ],
    ['log-group', '/a\n/b', lines],
    ['log-stream-prefix', 'a\nb', lines],
    ['task-size', 'big', /^must be one of keep, .*unchecked, not "big"$/],
    ['aws-region', 'Ireland', 'must be a Region such as us-west-2, not "Ireland"'],
    ['mode', 'upgrade', /^must be one of install.*, not "upgrade"$/],
    ['dry-run', 'yes', `${boolean}, not "yes"`],
    ['register', '0', `${boolean}, not "0"`],
    ['force-new-deployment', 'on', `${boolean}, not "on"`],
    ['enable-ecs-managed-tags', '1', `${boolean}, not "1"`],
    ['desired-count', '-1', `${least(0)}, not "-1"`],
    ['propagate-tags', 'service', 'must be one of TASK_DEFINITION, SERVICE, NONE, not "service"'],
    ['on-deployment-in-progress', 'ignore', /^must be one of error, .*replace, not "ignore"$/],
    ['max-retries', '0', 'must be a whole number from 1 to 100, not "0"'],
    ['max-retries', '101', 'must be a whole number from 1 to 100, not "101"'],
    ['cluster', 'a/b', 'must be the name or ARN of a cluster, not "a/b"'],
    ['service', 'a/b', 'must be names or ARNs of services, not "a/b"']
  ])('%s: %j', async (name, value, message) => {
    const expected =
      typeof message === 'string'
        ? `${name}: ${message}`
        : expect.stringMatching(message.source.replace('^', `^${name}: `))
    expect(await problemsWith({ [name]: value })).toEqual([expected])
  })

  test('the family, which stands alone', async () => {
    const raw = { 'task-definition': '', 'task-definition-family': 'a b' }
    expect(await problemsWith(raw)).toEqual(['task-definition-family: must be letters, digits, _ and -, not "a b"'])
  })

  test('the revision', async () => {
    const raw = { 'task-definition': '', 'task-definition-family': 'shop', 'task-definition-revision': '0' }
    expect(await problemsWith(raw)).toEqual(['task-definition-revision: must be a whole number from 1, not "0"'])
  })

  test.each([
    'shop:7',
    'arn:aws:ecs:eu-west-1:111122223333:task-definition/shop',
    'arn:aws:ecs:eu-west-1:1111:task-definition/shop:7',
    'arn:aws:ecs:eu-west-1:111122223333:service/shop:7'
  ])('the ARN %s', async arn => {
    expect(await problemsWith({ 'task-definition': '', 'task-definition-arn': arn })).toEqual([
      'task-definition-arn: must be a full ARN with its revision, such as ' +
        `arn:aws:ecs:us-west-2:123456789012:task-definition/web:7, not "${arn}"`
    ])
  })
})

describe('accepted is', () => {
  test.each([
    ['satellite-url', 'HTTP://10.0.0.1:9999'],
    ['satellite-url', 'http://[::1]:9999/path'],
    ['satellite-url', 'https://user:pass@satellite.example.com'],
    ['rate-limit', '.5'],
    ['rate-limit', '50.0'],
    ['max-http-length', '1'],
    ['cpu', '0'],
    ['cpu', '100%'],
    ['memory', '6'],
    ['memory', '2.5%'],
    ['dry-run', 'TRUE'],
    ['register', 'False'],
    ['desired-count', '0'],
    ['service', 'arn:aws-cn:ecs:eu-west-1:111122223333:service/default/shop'],
    ['container-name', 'a'.repeat(255)],
    ['levo-env', ' staging ']
  ])('%s: %j', async (name, value) => {
    expect(await problemsWith({ [name]: value })).toEqual([])
  })
})

test('a satellite URL has no line break and no blank in it', async () => {
  for (const url of [
    'https://one.example\nhttps://two.example',
    'https://one.example/a b',
    'https://u:p w@one.example'
  ]) {
    expect(await problemsWith({ 'satellite-url': url })).toEqual([expect.stringMatching(/^satellite-url: must be/)])
  }
})

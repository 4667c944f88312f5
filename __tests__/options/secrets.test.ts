import { describe, expect, test } from '@jest/globals'
import { rawSecrets } from '../../src/options/parse.ts'
import { proxyCredentials } from '../../src/options/proxy-credentials.ts'
import { parse, parseSensor, problemsWith } from '../support/parsed.ts'

const SECRET = 'hunter2-s3cr3t'

describe('a value that may be secret is in no problem', () => {
  test.each([
    ['levoai-org-id', `${SECRET}\n${SECRET}`],
    ['environment-variables', SECRET],
    ['environment-variables', `A=1\n${SECRET}`],
    ['environment-variables', `=${SECRET}`],
    ['environment-variables', `A=${SECRET}\nA=${SECRET}`],
    ['secrets', SECRET],
    ['docker-labels', SECRET],
    ['log-configuration-options', SECRET],
    ['tags', SECRET],
    ['extra-args', `--token=${SECRET}\n\nx`],
    ['satellite-url', `ftp://user:${SECRET}@host`],
    ['cpu', `https://user:${SECRET}@host`],
    ['satellite-url', `https://${SECRET}@`],
    ['satellite-url', `user:${SECRET}@host`],
    ['satellite-url', `https://user:pa/${SECRET}@host`],
    ['satellite-url', `https://user:pa ${SECRET}@host:port`]
  ])('%s: %j', async (name, value) => {
    const problems = await problemsWith({ [name]: value })
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.join('\n')).not.toContain(SECRET)
  })
})

describe('KEY=value lines', () => {
  test.each(['environment-variables', 'secrets', 'docker-labels', 'log-configuration-options', 'tags'])(
    '%s names the line without repeating it',
    async name => {
      const raw = name.startsWith('log') ? { 'log-configuration-log-driver': 'splunk' } : {}
      expect(await problemsWith({ ...raw, [name]: 'A=1\nbroken' })).toEqual([
        `${name}: must be KEY=value lines, not line 2 without "="`
      ])
      expect(await problemsWith({ ...raw, [name]: 'A=1\nB=2\n =x' })).toEqual([
        `${name}: must be KEY=value lines, not line 3 without a key`
      ])
      expect(await problemsWith({ ...raw, [name]: 'A=1\nA=2' })).toEqual([
        `${name}: must name each key once, not A twice`
      ])
    }
  )

  test('split at the first =, and lose blank lines around them and the CR at their end', async () => {
    const { environment } = await parseSensor({ 'environment-variables': '\n\r\nA=b=c\r\nEMPTY=\n KEY = x \n\n' })
    expect([...environment]).toEqual([
      ['A', 'b=c'],
      ['EMPTY', ''],
      ['KEY', ' x ']
    ])
  })
})

describe('texts that nothing may show', () => {
  test.each([
    [{ 'levoai-org-id': ' org-7f3a ' }, ['org-7f3a']],
    [{ 'satellite-url': 'https://user:pass@host/path@x' }, ['user:pass', 'pass']],
    [{ 'satellite-url': 'https://token@host' }, ['token']],
    [{ 'satellite-url': 'user:pass@host' }, ['user:pass', 'pass']],
    [{ 'satellite-url': 'https://host/a@b' }, []],
    [{ 'satellite-url': 'https://u:a:s@host' }, ['u:a:s', 'a:s']],
    [{ 'satellite-url': 'https://u:LEAK%40pw@host' }, ['u:LEAK%40pw', 'u:LEAK@pw', 'LEAK%40pw', 'LEAK@pw']],
    [{ 'satellite-url': 'https://u:100%@host' }, ['u:100%', '100%']],
    [{ 'github-token': ' ghs_x ' }, ['ghs_x']],
    [{}, []]
  ])('in %j are %j', (raw, secrets) => {
    expect(rawSecrets(raw)).toEqual(secrets)
  })

  test('are handed on with the options', async () => {
    const { secrets } = await parse({ 'satellite-url': 'https://user:pass@host', 'levoai-org-id': 'org' })
    expect(secrets).toEqual(expect.arrayContaining(['org', 'pass', 'user:pass']))
  })
})

describe('what proxies are named with', () => {
  test.each([
    [{ HTTPS_PROXY: 'http://user:password@proxy:8080' }, ['user:password', 'password']],
    [{ http_proxy: 'user:pass%40word@proxy' }, ['user:pass%40word', 'user:pass@word', 'pass%40word', 'pass@word']],
    [{ HTTPS_PROXY: 'http://user:pass/word@' }, ['user:pass/word', 'pass/word']],
    [{ HTTPS_PROXY: 'http://token@proxy' }, ['token']],
    [{ HTTPS_PROXY: 'http://user:p@proxy' }, ['user:p', 'p']],
    [{ HTTPS_PROXY: 'http://user:100%25%@proxy' }, ['user:100%25%', '100%25%']],
    [{ HTTPS_PROXY: 'http://proxy:8080', NO_PROXY: 'a@b', OTHER: 'http://user:password@host' }, []],
    [{ HTTPS_PROXY: '' }, []]
  ])('%j: %j', (variables, secrets) => {
    expect(proxyCredentials(variables)).toEqual(secrets)
  })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  bodyOf,
  type Comment,
  commentOnPullRequest,
  isOurs,
  LONGEST,
  markerOf,
  pullRequestNumber,
  targetOf
} from '../../src/host/github-comment.ts'
import { redactor } from '../../src/report/redact.ts'
import { ConnectProxy } from '../support/connect-proxy.ts'
import { GithubStandIn } from '../support/github-api.ts'
import { createReport } from '../support/report.ts'

const folder = mkdtempSync(join(tmpdir(), 'comment-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
function eventFile(event: unknown): string {
  const path = join(folder, `event-${files++}.json`)
  writeFileSync(path, typeof event === 'string' ? event : JSON.stringify(event))
  return path
}

let github: GithubStandIn
let apiUrl = ''
beforeEach(async () => {
  github = await GithubStandIn.start('/api/v3')
  apiUrl = github.url
})
afterEach(() => github.close())

const REF = 'example/web/.github/workflows/deploy.yml@refs/pull/17/merge'

function variables(changes: Record<string, string> = {}): Record<string, string> {
  return {
    GITHUB_API_URL: apiUrl,
    GITHUB_EVENT_PATH: eventFile({ pull_request: { number: 17 } }),
    GITHUB_JOB: 'plan',
    GITHUB_REPOSITORY: 'example/web',
    GITHUB_RUN_ID: '42',
    GITHUB_SERVER_URL: 'https://github.example.com',
    GITHUB_WORKFLOW_REF: REF,
    ...changes
  }
}

const SERVICE = { token: 'ghs_token', source: { kind: 'service' }, services: ['api'] } as const

function comment(changes: Partial<Comment> = {}): Comment {
  return {
    options: SERVICE,
    report: createReport(),
    text: '### Levo PCAP sensor: dry run\n',
    redact: redactor([]),
    variables: variables(),
    ...changes
  }
}

const LIST = '/api/v3/repos/example/web/issues/17/comments?per_page=100'

describe('the pull request', () => {
  test.each<[string, unknown, number | undefined]>([
    ['its own event', { pull_request: { number: 17 } }, 17],
    ['a comment on it', { issue: { number: 18, pull_request: { url: 'x' } } }, 18],
    ['a comment on an issue', { issue: { number: 18 } }, undefined],
    ['a push', { ref: 'refs/heads/main' }, undefined],
    ['a number that is none', { pull_request: { number: '17' } }, undefined],
    ['a list', [], undefined],
    ['no JSON', '{', undefined]
  ])('%s', (_case, event, number) => {
    expect(pullRequestNumber({ GITHUB_EVENT_PATH: eventFile(event) })).toBe(number)
  })

  test('there is no file, or none is named', () => {
    expect(pullRequestNumber({ GITHUB_EVENT_PATH: join(folder, 'nowhere') })).toBeUndefined()
    expect(pullRequestNumber({ GITHUB_EVENT_PATH: '' })).toBeUndefined()
    expect(pullRequestNumber({})).toBeUndefined()
  })
})

describe('the target', () => {
  const report = createReport()
  const bare = createReport({ rendering: undefined } as never)
  test.each<[string, Comment['options'], readonly string[] | undefined]>([
    ['services in any order', { ...SERVICE, services: ['b', 'a'] }, ['eu-west-1', 'blue', 'a', 'b']],
    [
      'services, whatever file they get',
      { ...SERVICE, source: { kind: 'file', path: '/tmp/1.json' } },
      ['eu-west-1', 'blue', 'api']
    ],
    [
      'a file of the repository',
      { ...SERVICE, services: [], source: { kind: 'file', path: 'task.json' } },
      ['eu-west-1', 'task.json']
    ],
    [
      'a file of another step, by its family',
      { ...SERVICE, services: [], source: { kind: 'file', path: '/tmp/1.json' } },
      ['eu-west-1', 'shop']
    ],
    [
      'a family',
      { ...SERVICE, services: [], source: { kind: 'family', family: 'shop', revision: 3 } },
      ['eu-west-1', 'shop']
    ],
    [
      'an ARN',
      { ...SERVICE, services: [], source: { kind: 'arn', arn: 'arn:aws:ecs:eu-west-1:1:task-definition/shop:3' } },
      ['eu-west-1', 'shop']
    ]
  ])('%s', (_case, options, target) => {
    expect(targetOf(options, report)).toEqual(target)
  })

  test('is unknown as long as the file of another step was not read', () => {
    const options = { ...SERVICE, services: [], source: { kind: 'file', path: '/tmp/1.json' } } as const
    expect(targetOf(options, bare)).toBeUndefined()
  })
})

describe('the marker', () => {
  const target = ['eu-west-1', 'blue', 'api']

  test('is the same for each pull request', () => {
    const other = { GITHUB_WORKFLOW_REF: REF.replace('17', '99') }
    expect(markerOf(target, variables(other))).toBe(markerOf(target, variables()))
  })

  test.each([
    ['workflow file', target, { GITHUB_WORKFLOW_REF: REF.replace('deploy', 'plan') }],
    ['job', target, { GITHUB_JOB: 'other' }],
    ['Region', ['eu-west-2', 'blue', 'api'], {}],
    ['cluster', ['eu-west-1', 'green', 'api'], {}],
    ['service', ['eu-west-1', 'blue', 'web'], {}],
    ['parting of names', ['eu-west-1', 'blue,api'], {}]
  ])('is another for another %s', (_what, otherTarget, changes) => {
    expect(markerOf(otherTarget, variables(changes))).not.toBe(markerOf(target, variables()))
  })

  test('cannot be broken out of', () => {
    expect(markerOf(['--><script>', '\n'], variables({ GITHUB_JOB: '-->' }))).toMatch(
      /^<!-- [a-z/ -]+ [0-9a-f]{32} -->$/
    )
  })

  test.each([
    ['a bot', { user: { type: 'Bot' }, author_association: 'NONE' }, true],
    ['a member', { user: { type: 'User' }, author_association: 'MEMBER' }, true],
    ['a stranger', { user: { type: 'User' }, author_association: 'CONTRIBUTOR' }, false],
    ['nobody', {}, false]
  ])('written by %s', (_who, by, ours) => {
    expect(isOurs({ body: '<!-- x -->\ntext', ...by }, '<!-- x -->')).toBe(ours)
    expect(isOurs({ body: 'quoted: <!-- x -->', ...by }, '<!-- x -->')).toBe(false)
  })
})

describe('the comment', () => {
  test('is made, with what the summary says and where it comes from', async () => {
    const note = await commentOnPullRequest(comment())
    expect(note.text).toBe('Pull request comment: https://github.example.com/example/web/pull/17#issuecomment-1000')
    expect(github.calls()).toEqual([`GET ${LIST}&page=1`, 'POST /api/v3/repos/example/web/issues/17/comments'])
    expect(github.requests.map(({ authorization }) => authorization)).toEqual(['token ghs_token', 'token ghs_token'])
    expect(github.comments[0]?.body).toBe(
      `${markerOf(['eu-west-1', 'blue', 'api'], variables())}\n### Levo PCAP sensor: dry run\n\n` +
        '<sub>deploy.yml · plan · eu-west-1 · blue · api · [run](https://github.example.com/example/web/actions/runs/42)</sub>\n'
    )
  })

  test('is updated in place by the next run', async () => {
    await commentOnPullRequest(comment())
    github.add('and what do you think?')
    await commentOnPullRequest(comment({ text: '### Levo PCAP sensor: deployed\n' }))
    expect(github.comments).toHaveLength(2)
    expect(github.comments[0]?.body).toContain('deployed')
    expect(github.calls().at(-1)).toBe('PATCH /api/v3/repos/example/web/issues/comments/1000')
  })

  test('is found on a later page', async () => {
    for (let count = 0; count < 205; count++) github.add(`comment ${count}`)
    const ours = github.add(`${markerOf(['eu-west-1', 'blue', 'api'], variables())}\nold`)
    for (let count = 0; count < 150; count++) github.add(`later ${count}`)
    await commentOnPullRequest(comment())
    expect(github.calls()).toEqual([
      ...[1, 2, 3].map(page => `GET ${LIST}&page=${page}`),
      `PATCH /api/v3/repos/example/web/issues/comments/${ours.id}`
    ])
    expect(github.comments).toHaveLength(356)
  })

  test('is made when no page has it', async () => {
    for (let count = 0; count < 200; count++) github.add(`comment ${count}`)
    await commentOnPullRequest(comment())
    expect(github.calls().filter(call => call.startsWith('GET'))).toHaveLength(2)
    expect(github.comments).toHaveLength(201)
  })

  test("a stranger's copy of it is left alone", async () => {
    const marker = markerOf(['eu-west-1', 'blue', 'api'], variables())
    github.add(`${marker}\nmine`, { user: { type: 'User' }, author_association: 'NONE' })
    await commentOnPullRequest(comment())
    expect(github.comments.map(({ body }) => body.split('\n')[1])).toEqual(['mine', '### Levo PCAP sensor: dry run'])
  })

  test('matrix jobs have one each', async () => {
    const of = (service: string) => comment({ options: { ...SERVICE, services: [service] } })
    await Promise.all(['api', 'web', 'worker'].map(service => commentOnPullRequest(of(service))))
    await Promise.all(['api', 'web', 'worker'].map(service => commentOnPullRequest(of(service))))
    expect(github.comments).toHaveLength(3)
  })

  test('is cut below what GitHub takes', async () => {
    const text = `<details><summary>s</summary>\n\n\`\`\`diff\n${'+ a line of the plan\n'.repeat(9000)}\`\`\`\n</details>\n`
    await commentOnPullRequest(comment({ text }))
    const body = github.comments[0]?.body ?? ''
    expect(body.length).toBeLessThanOrEqual(LONGEST)
    expect(body.length).toBeGreaterThan(LONGEST - 100)
    expect(body).toMatch(/\n```\n\n<\/details>\n\n… cut here: the job summary has all of it\.\n\n<sub>deploy\.yml/)
  })

  test('names nothing that is hidden, and breaks no line by a name', () => {
    const options = { ...SERVICE, services: [] }
    const made = comment({ options, redact: redactor(['s3cret']), variables: variables({ GITHUB_JOB: 's3cret' }) })
    const foot = bodyOf(made, '<!-- m -->', ['eu-west-1', '</sub>\n# s3cret `x`']).split('\n').at(-2)
    expect(foot).toContain('· *** ·')
    expect(foot).toContain('\\</sub\\> # *** \\`x\\`')
  })
})

describe('what keeps it from being written is a warning', () => {
  const FORBIDDEN = '{"message":"Resource not accessible by integration"}'

  test.each([401, 403, 404])('%i names the permission and forks', async status => {
    github.faults.set('*', { status, body: FORBIDDEN })
    const { level, text } = await commentOnPullRequest(comment())
    expect(level).toBe('warning')
    expect(text).toContain(`GitHub answered ${status}: Resource not accessible by integration`)
    expect(text).toContain('`pull-requests: write`')
    expect(text).toContain('fork')
  })

  test('also when only writing is denied', async () => {
    github.faults.set('POST', { status: 403, body: FORBIDDEN })
    expect((await commentOnPullRequest(comment())).text).toContain('`pull-requests: write`')
  })

  test('a limit is no missing permission', async () => {
    github.faults.set('*', { status: 403, body: '{"message":"API rate limit exceeded for installation"}' })
    const { level, text } = await commentOnPullRequest(comment())
    expect(level).toBe('warning')
    expect(text).not.toContain('pull-requests')
  })

  test.each([
    [
      'a fault',
      { status: 502, body: `<html>\n${'x'.repeat(5000)}</html>`, type: 'text/html' },
      /answered 502: <html>$/
    ],
    ['a page of something else', { status: 200, body: '<html>sign in</html>', type: 'text/html' }, /not one of GitHub/],
    ['broken JSON', { status: 200, body: '[{"id":' }, /not one of GitHub/],
    ['a redirect', { status: 302, body: '' }, /not one of GitHub/]
  ])('%s', async (_case, fault, text) => {
    github.faults.set('*', fault)
    const note = await commentOnPullRequest(comment())
    expect(note.level).toBe('warning')
    expect(note.text).toMatch(text)
    expect(note.text.length).toBeLessThan(500)
  })

  test('no answer', async () => {
    github.faults.set('*', 'never')
    const { level, text } = await commentOnPullRequest(comment({ seconds: 0.2 }))
    expect(level).toBe('warning')
    expect(text).toContain('GitHub was not reached: no answer within 0.2 s')
  })

  test('nobody there', async () => {
    await github.close()
    const { level, text } = await commentOnPullRequest(comment())
    expect(level).toBe('warning')
    expect(text).toContain('ECONNREFUSED')
  })

  test.each(['nonsense', 'ftp://github.example.com'])('an API URL that is none: %s', async url => {
    const { level } = await commentOnPullRequest(comment({ variables: variables({ GITHUB_API_URL: url }) }))
    expect(level).toBe('warning')
  })

  test('no token', async () => {
    const { level, text } = await commentOnPullRequest(comment({ options: { ...SERVICE, token: undefined } }))
    expect([level, text]).toEqual(['warning', 'no pull request comment: github-token is empty'])
    expect(github.requests).toEqual([])
  })
})

test('without a pull request there is a note, and no call', async () => {
  const push = variables({ GITHUB_EVENT_PATH: eventFile({ ref: 'refs/heads/main' }) })
  const { level, text } = await commentOnPullRequest(comment({ variables: push }))
  expect([level, text]).toEqual(['note', 'no pull request comment: this run belongs to no pull request'])
  expect(github.requests).toEqual([])
})

describe('a proxy', () => {
  // Nobody listens at this address of this machine, and it is not among those that never go through a proxy.
  const elsewhere = 'http://127.0.0.2:9'
  let proxy: ConnectProxy
  beforeEach(async () => {
    proxy = await ConnectProxy.start(() => github.port)
  })
  afterEach(() => proxy.close())

  const through = (changes: Record<string, string>) => {
    const urls = { HTTP_PROXY: proxy.url('someone:password'), http_proxy: proxy.url('someone:password') }
    return commentOnPullRequest(comment({ seconds: 1, variables: variables({ ...urls, ...changes }) }))
  }

  test('is asked', async () => {
    expect((await through({ GITHUB_API_URL: elsewhere })).text).toContain('GitHub answered 502')
    expect(proxy.asked).toEqual([`${elsewhere}/repos/example/web/issues/17/comments?per_page=100&page=1`])
  })

  test.each(['NO_PROXY', 'no_proxy'])('is not asked for what %s names', async name => {
    expect((await through({ GITHUB_API_URL: elsewhere, [name]: 'example.org,127.0.0.2' })).level).toBe('warning')
    expect(proxy.asked).toEqual([])
  })

  test('is not asked for loopback', async () => {
    expect((await through({})).level).toBe('note')
    expect(proxy.asked).toEqual([])
  })
  test('that opens no tunnel is not waited for', async () => {
    proxy.refusal = 'never'
    const overTls = { GITHUB_API_URL: 'https://github.example.com', HTTPS_PROXY: proxy.url('someone:password') }
    const { level, text } = await through(overTls)
    expect([level, proxy.asked]).toEqual(['warning', ['github.example.com:443']])
    expect(text).toMatch(/was not reached: (no answer within 1 s|.*proxy tunnel timed out)/)
  })
})

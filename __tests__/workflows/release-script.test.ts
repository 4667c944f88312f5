import { expect, test } from '@jest/globals'
import { runScript } from './run-script.ts'

const REPOSITORY = { owner: 'levoai', repo: 'fargate-pcap-action' }
const COMMIT = 'c'.repeat(40)

interface There {
  readonly release?: boolean
  readonly major?: boolean
}

/** What is called when so much is there already. */
async function publish(there: There, major = 'v1') {
  const calls: [string, unknown][] = []
  const called = (name: string) => async (given: object) => void calls.push([name, given])
  const found =
    (is = false) =>
    async () => {
      if (!is) throw Object.assign(new Error('Not Found'), { status: 404 })
      return { data: {} }
    }
  const repos = { getReleaseByTag: found(there.release), createRelease: called('createRelease') }
  const git = { getRef: found(there.major), createRef: called('createRef'), updateRef: called('updateRef') }
  const env = { COMMIT, NOTES: '- One.', MAJOR: major }
  const { notices } = await runScript(
    '.github/workflows/release.yml',
    'publish',
    'publish',
    env,
    { GITHUB_REF_NAME: 'v1.2.3' },
    { rest: { repos, git } }
  )
  return { calls, notices }
}

const RELEASED = [
  'createRelease',
  { ...REPOSITORY, tag_name: 'v1.2.3', name: 'v1.2.3', body: '- One.', make_latest: 'legacy' }
]
const MOVED = ['updateRef', { ...REPOSITORY, ref: 'tags/v1', sha: COMMIT, force: true }]

test('the release is made, then the tag of the major version moved', async () => {
  expect(await publish({ major: true })).toEqual({ calls: [RELEASED, MOVED], notices: [] })
})

test('the first of a major version makes that tag', async () => {
  const made = ['createRef', { ...REPOSITORY, ref: 'refs/tags/v1', sha: COMMIT }]
  expect((await publish({})).calls).toEqual([RELEASED, made])
})

test('a run that is repeated makes no second release', async () => {
  expect((await publish({ release: true, major: true })).calls).toEqual([MOVED])
})

test('a correction of an older version moves nothing', async () => {
  expect(await publish({ major: true }, '')).toEqual({
    calls: [RELEASED],
    notices: ['v1.2.3 is not the newest of its major version: that tag stays where it is.']
  })
})

import { describe, expect, test } from '@jest/globals'
import {
  actionPaths,
  type Job,
  ownPaths,
  readText,
  readYaml,
  runs,
  stepsOf,
  type Workflow,
  workflowPaths
} from './read-workflows.ts'

/** What a job may write beyond tokens for a role and comments. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  'codeql.yml analyze': ['security-events'],
  'dependabot-dist.yml commit': ['contents', 'actions'],
  'release.yml attest': ['id-token', 'attestations'],
  'release.yml publish': ['contents']
}

interface Named {
  readonly name: string
  readonly job: Job
}

const jobsOf = (path: string): Named[] =>
  Object.entries(readYaml<Workflow>(path).jobs).map(([id, job]) => ({
    name: path.startsWith('.github/') ? `${path.replace('.github/workflows/', '')} ${id}` : id,
    job
  }))

const written = ({ permissions = {} }: Job) => Object.keys(permissions).filter(right => permissions[right] === 'write')

describe.each(workflowPaths())('%s', path => {
  const jobs = jobsOf(path)

  test('the workflow itself has no right, and each job names its own', () => {
    expect(readYaml<Workflow>(path).permissions).toEqual({})
    for (const { name, job } of jobs) expect([name, job.permissions]).toEqual([name, expect.any(Object)])
  })

  test('no job may write but what it is known to write, tokens for a role, and comments', () => {
    for (const { name, job } of jobs) {
      const known = WRITES[name]
      if (known === undefined) expect(['id-token', 'pull-requests']).toEqual(expect.arrayContaining(written(job)))
      else expect([name, written(job)]).toEqual([name, known])
    }
  })

  test('who takes a role may get tokens for it, and nobody else but who attests', () => {
    for (const { name, job } of jobs) {
      const [takes, attests] = ['aws-actions/configure-aws-credentials', 'actions/attest-build-provenance'].map(
        action => stepsOf(job).some(runs(action))
      )
      const may = job.permissions?.['id-token'] === 'write'
      if (job.uses === undefined) expect([name, may]).toEqual([name, takes === true || attests === true])
    }
  })

  test('no script holds an expression: what a user gives comes by env', () => {
    for (const { job } of jobs) {
      for (const { run, with: given } of stepsOf(job)) expect(`${run} ${given?.script}`).not.toContain('${{')
    }
  })

  test('no token is left in the checkout', () => {
    for (const { job } of jobs) {
      for (const step of stepsOf(job).filter(runs('actions/checkout'))) {
        expect(step.with).toMatchObject({ 'persist-credentials': false })
      }
    }
  })

  test('no job runs without an end', () => {
    for (const { name, job } of jobs) {
      const isBounded = job.uses !== undefined || job['timeout-minutes'] !== undefined
      expect([name, isBounded]).toEqual([name, true])
    }
  })
})

describe.each(ownPaths())('%s', path => {
  test('runs of one ref do not pile up, unless it is a part of another workflow', () => {
    const { on, concurrency } = readYaml<Workflow>(path)
    if ('workflow_call' in on) expect(concurrency).toBeUndefined()
    else expect(concurrency?.group).toMatch(/-\$\{\{ github\.ref \}\}$|^release$/)
  })

  test('a job that may write to the repository runs nothing of it', () => {
    for (const { job } of jobsOf(path)) {
      if (!written(job).includes('contents')) continue
      const actions = ['actions/github-script', 'actions/download-artifact']
      expect(stepsOf(job).filter(step => !actions.some(action => runs(action)(step)))).toEqual([])
    }
  })
})

test('everything of others is taken by a full commit, and its version is told', () => {
  const lines = [...ownPaths(), ...actionPaths()].flatMap(path => readText(path).match(/^.*\buses:.*$/gm) ?? [])
  expect(lines.length).toBeGreaterThan(40)
  for (const line of lines) {
    const isOwn = /uses: (\.\/\S*|levoai\/fargate-pcap-action@v1)$/.test(line)
    if (!isOwn) expect(line).toMatch(/^ +(- )?uses: [\w-]+\/[\w-]+(\/[\w-]+)*@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  }
})

test('an action has one version in all files', () => {
  const used = ownPaths().flatMap(path => jobsOf(path).flatMap(({ job }) => stepsOf(job)))
  const pins = new Set(used.flatMap(({ uses = '' }) => (uses.includes('@') ? uses : [])))
  const names = [...pins].map(uses => uses.split('@')[0])
  expect(names).toEqual([...new Set(names)])
})

describe('the gate of ci', () => {
  const { jobs } = readYaml<Workflow>('.github/workflows/ci.yml')
  const { gate, ...others } = jobs

  test('waits for every other job, whatever came of it', () => {
    expect(gate?.if).toBe('always()')
    expect([gate?.needs].flat().toSorted()).toEqual(Object.keys(others).toSorted())
  })

  test('no other job can be passed over, so that skipped means something is wrong', () => {
    for (const job of Object.values(others)) expect([job.if, job.needs]).toEqual([undefined, undefined])
  })

  test('succeeds only when each of them has', () => {
    const [step] = stepsOf(gate ?? {})
    expect(step?.env?.RESULTS).toBe(`\${{ join(needs.*.result, ' ') }}`)
    const [, pattern = ''] = /^\[\[ "\$RESULTS" =~ (.+) \]\]$/m.exec(step?.run ?? '') ?? []
    const succeeds = (...results: string[]) => new RegExp(pattern).test(results.join(' '))
    expect(succeeds('success', 'success', 'success')).toBe(true)
    for (const other of ['failure', 'cancelled', 'skipped', '']) {
      expect([other, succeeds('success', other, 'success')]).toEqual([other, false])
      expect([other, succeeds(other)]).toEqual([other, false])
      expect([other, succeeds('success', other)]).toEqual([other, false])
    }
  })
})

test('packages run no scripts when they are installed', () => {
  const scripts = ownPaths().flatMap(path => jobsOf(path).flatMap(({ job }) => stepsOf(job)))
  const installs = scripts.flatMap(({ run = '' }) => run.match(/^.*\bnpm (ci|i|install|add)\b.*$/gm) ?? [])
  expect(installs.length).toBeGreaterThan(3)
  expect(installs.filter(line => line !== 'npm ci --ignore-scripts')).toEqual([])
})

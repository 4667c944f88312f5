import { describe, expect, test } from '@jest/globals'
import { ACTION, parseStep } from './parse-step.ts'
import { calledBy, isOurs, type Job, readYaml, runs, stepsOf, type Workflow, workflowPaths } from './read-workflows.ts'

const jobsOf = (path: string): [string, Job][] => Object.entries(readYaml<Workflow>(path).jobs)

describe.each(workflowPaths())('%s', path => {
  const jobs = jobsOf(path)

  test('the action gets inputs that it has, and that go together', async () => {
    const { env } = readYaml<Workflow>(path)
    for (const [, job] of jobs) {
      const hasCredentials = job.permissions?.['id-token'] === 'write' || env?.AWS_ACCESS_KEY_ID !== undefined
      for (const step of stepsOf(job).filter(isOurs)) {
        expect(Object.keys(ACTION.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})))
        await expect(parseStep(step.with ?? {}, hasCredentials)).resolves.toBeDefined()
      }
    }
  })

  test('only outputs that the action has are read', () => {
    for (const [, job] of jobs) {
      const read = [...JSON.stringify(job).matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)]
      const ours = new Set(stepsOf(job).flatMap(step => (isOurs(step) ? (step.id ?? []) : [])))
      const ids = stepsOf(job).flatMap(({ id }) => id ?? [])
      for (const [, id = '', output = ''] of read) {
        expect(ids).toContain(id)
        if (ours.has(id)) expect(Object.keys(ACTION.outputs)).toContain(output)
      }
    }
  })

  test('a called workflow gets inputs and secrets that it has, those that it needs, and texts as texts', () => {
    for (const [, job] of jobs) {
      if (job.uses === undefined) continue
      const called = readYaml<Workflow>(calledBy(job) ?? `no workflow of ours: ${job.uses}`).on.workflow_call
      const inputs = Object.entries(called?.inputs ?? {})
      const given = Object.entries(job.with ?? {})
      expect(inputs.map(([name]) => name)).toEqual(expect.arrayContaining(given.map(([name]) => name)))
      expect(given.map(([name]) => name)).toEqual(
        expect.arrayContaining(inputs.flatMap(([name, { required }]) => (required ? name : [])))
      )
      for (const [name, value] of given) {
        const isText = called?.inputs?.[name]?.type === 'string'
        if (isText) expect([name, typeof value]).toEqual([name, 'string'])
      }
      expect(Object.keys(called?.secrets ?? {})).toEqual(expect.arrayContaining(Object.keys(job.secrets ?? {})))
    }
  })
})

test('every file to copy uses the action, by itself or by a workflow that does', () => {
  for (const path of workflowPaths().filter(path => path.startsWith('examples/'))) {
    const uses = jobsOf(path).map(([, job]) => calledBy(job) !== undefined || stepsOf(job).some(isOurs))
    expect([path, uses]).toEqual([path, expect.arrayContaining([true])])
  }
})

test('the reusable workflows need no shell and no tools on the runner', () => {
  for (const path of ['.github/workflows/fleet.yml', '.github/workflows/fleet-region.yml']) {
    const runs = jobsOf(path).flatMap(([, job]) => stepsOf(job).flatMap(({ run }) => run ?? []))
    expect([path, runs]).toEqual([path, []])
  }
})

test('what is restored lies where the runs that move services leave it', () => {
  const name = (path: string, job: string, action: string) =>
    stepsOf(readYaml<Workflow>(path).jobs[job] ?? {}).find(runs(action))?.with?.name
  const restored = name('examples/workflows/restore.yml', 'restore', 'actions/download-artifact')
  expect(restored).toBe('levo-sensor-fleet')
  expect(name('examples/workflows/fleet-in-one-job.yml', 'fleet', 'actions/upload-artifact')).toBe(restored)
  const { workflow_call: fleet } = readYaml<Workflow>('.github/workflows/fleet.yml').on
  expect(fleet?.inputs?.['artifact-name']?.default).toBe(restored)
})

test('the reusable workflow has the defaults of the action', () => {
  const inputs = readYaml<Workflow>('.github/workflows/fleet.yml').on.workflow_call?.inputs ?? {}
  for (const [name, { default: text }] of Object.entries(inputs)) {
    const own = ACTION.inputs[name] as { readonly default?: string } | undefined
    if (own?.default !== undefined && text !== '') expect([name, String(text)]).toEqual([name, own.default])
  }
})

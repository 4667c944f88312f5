import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { putRevision, readAppSpec } from '../../src/source/app-spec.ts'
import { plant } from '../../stand-in/seed.ts'
import { startStandIn } from '../../stand-in/server.ts'
import { runIn } from '../support/command-run.ts'

const EXAMPLES = join(import.meta.dirname, '../../examples')

/** The comment at the top, its lines joined. */
function headOf(name: string): string {
  const lines = readFileSync(join(EXAMPLES, 'workflows', name), 'utf8').split('\n')
  return lines
    .slice(
      0,
      lines.findIndex(line => !line.startsWith('#'))
    )
    .map(line => line.replace(/^#\s*/, ''))
    .join(' ')
}

describe.each(readdirSync(join(EXAMPLES, 'workflows')))('%s', name => {
  test('says at its top when to use it, and which rights it needs', () => {
    expect(headOf(name)).toMatch(/^Use it when: .*\. Rights: ./)
  })

  test('the command that it names for the rights prints a policy', async () => {
    const [, argv] = /fargate-pcap (policy .*)$/.exec(headOf(name)) ?? []
    if (argv === undefined) return expect(headOf(name)).toContain('Rights: none')
    const { stdout, status } = await runIn(EXAMPLES, argv.replaceAll("'", '').split(/\s+/))
    expect(status).toBe(0)
    expect(JSON.parse(stdout).Statement.length).toBeGreaterThan(2)
  })
})

test('the AppSpec has a place for the revision', async () => {
  const arn = 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:2'
  expect(putRevision(await readAppSpec('appspec.yaml', EXAMPLES), arn)).toContain(`"TaskDefinition":"${arn}"`)
})

test('the stand-in takes the account to play with', async () => {
  const standIn = await startStandIn({ region: 'us-east-1' })
  try {
    plant(standIn.account, JSON.parse(readFileSync(join(EXAMPLES, 'account.json'), 'utf8')))
    expect([...standIn.account.services.values()].map(({ serviceName }) => serviceName)).toEqual(['web', 'api'])
  } finally {
    await standIn.close()
  }
})

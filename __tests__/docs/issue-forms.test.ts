import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readYaml } from '../workflows/read-workflows.ts'
import { ROOT } from './read-documents.ts'

interface Form {
  readonly name?: string
  readonly description?: string
  readonly body?: readonly {
    readonly type: string
    readonly id?: string
    readonly attributes: { readonly label?: string }
  }[]
}

const FOLDER = '.github/ISSUE_TEMPLATE'

/** GitHub shows a form that breaks one of these rules to nobody, and says so nowhere but in the repository's settings. */
test.each(readdirSync(join(ROOT, FOLDER)).filter(name => name !== 'config.yml'))('%s is a form', name => {
  const { name: title, description, body = [] } = readYaml<Form>(`${FOLDER}/${name}`)
  expect([title?.length, description?.length]).toEqual([expect.any(Number), expect.any(Number)])
  const fields = body.filter(({ type }) => type !== 'markdown')
  expect(fields.length).toBeGreaterThan(0)
  for (const { type, id, attributes } of fields) {
    expect(['input', 'textarea', 'dropdown', 'checkboxes']).toContain(type)
    expect(id).toMatch(/^[\w-]+$/)
    expect(attributes.label?.length).toBeGreaterThan(0)
  }
  expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length)
  expect(new Set(fields.map(({ attributes }) => attributes.label)).size).toBe(fields.length)
})

import { describe, expect, test } from '@jest/globals'
import { parse, problemsWith } from '../support/parsed.ts'

describe('a comment on the pull request', () => {
  test('is asked for with the token, about what the run is about', async () => {
    const raw = { 'comment-on-pull-request': 'true', 'github-token': 'ghs_x', service: 'web,api' }
    const { comment, source } = await parse(raw)
    expect(comment).toEqual({ token: 'ghs_x', source, services: ['web', 'api'] })
  })

  test('is not made unless it is asked for, whatever token there is', async () => {
    expect((await parse({ 'github-token': 'ghs_x' })).comment).toBeUndefined()
  })

  test('without a token it is asked for all the same: the host says what is missing', async () => {
    const { comment } = await parse({ 'comment-on-pull-request': 'true', 'github-token': '' })
    expect(comment).toMatchObject({ token: undefined })
  })

  test('a token of several lines is not repeated', async () => {
    const problems = await problemsWith({ 'github-token': 'ghs_x\nghs_y' })
    expect(problems).toEqual(['github-token: must be one line, not several'])
  })
})

import type { TaskDefinitionSource } from '../source/source.ts'
import { flag, line, type Option } from './option.ts'
import type { CommentOptions } from './options.ts'
import type { Values } from './table.ts'

/** The inputs for a comment on the pull request that a workflow runs for. */
export const COMMENT_OPTIONS = {
  'comment-on-pull-request': flag({
    section: 'action',
    default: 'false',
    description:
      'Show the plan and what came of it in a comment on the pull request, one for each workflow file, job and target, which later runs update. Needs `pull-requests: write`.'
  }),
  'github-token': line({
    section: 'action',
    secret: true,
    expression: 'github.token',
    description: 'Token for the comment.'
  })
} as const satisfies Record<string, Option<unknown>>

/** What only means something to a job of a workflow: the command has no such flags. */
export const IN_A_WORKFLOW: readonly string[] = Object.keys(COMMENT_OPTIONS)

export function readComment(
  values: Values,
  source: TaskDefinitionSource,
  services: readonly string[]
): CommentOptions | undefined {
  if (!values['comment-on-pull-request']) return undefined
  return { token: values['github-token'], source, services }
}

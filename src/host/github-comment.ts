import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import type { Octokit } from '@octokit/core'
import { messageOf } from '../errors.ts'
import type { CommentOptions } from '../options/options.ts'
import { cutMarkdown } from '../report/cut.ts'
import { escaped } from '../report/prose.ts'
import type { Report } from '../report/report.ts'
import { isObject, type JsonObject, type Note, note, textOf, warning } from '../task-definition/definition.ts'
import { runUrl, type Variables } from './environment.ts'
import { githubApi } from './github-api.ts'

/** What a run was about, as far as its report tells. */
export type Subject = Pick<Report, 'region' | 'cluster' | 'rendering'>

export interface Comment {
  readonly options: CommentOptions
  readonly report: Subject
  /** What the job summary shows, redacted. */
  readonly text: string
  readonly redact: (text: string) => string
  readonly variables: Variables
  /** How long GitHub may take, for all calls together. */
  readonly seconds?: number
}

const SECONDS = 30

/** GitHub takes 65,536 characters; we count UTF-16 units, which are never fewer. */
export const LONGEST = 65_000

/**
 * Writes one comment on the pull request of this run, or updates the one that an earlier run of the same workflow file and job left for
 * the same target. Whatever comes of it is a note: a comment never fails the step.
 */
export async function commentOnPullRequest(comment: Comment): Promise<Note> {
  const { options, report, variables, seconds = SECONDS } = comment
  const number = pullRequestNumber(variables)
  if (number === undefined) return note('no pull request comment: this run belongs to no pull request')
  const target = targetOf(options, report)
  if (target === undefined) return note('no pull request comment: it is not known yet which family this is about')
  if (options.token === undefined) return warning('no pull request comment: github-token is empty')
  const [owner = '', repo = ''] = variables.GITHUB_REPOSITORY?.split('/') ?? []
  const { token } = options
  const baseUrl = variables.GITHUB_API_URL || 'https://api.github.com'
  try {
    const octokit = githubApi({ token, baseUrl, proxy: variables, seconds })
    const marker = markerOf(target, variables)
    const url = await put(octokit, { owner, repo, issue_number: number }, marker, bodyOf(comment, marker, target))
    return note(`Pull request comment: ${url}`)
  } catch (error) {
    return warning(explain(error))
  }
}

/** The pull request that the event is about: its own events, and comments on it. */
export function pullRequestNumber({ GITHUB_EVENT_PATH: path }: Variables): number | undefined {
  const event = path ? readJson(path) : undefined
  const { pull_request: own, issue } = isObject(event) ? event : {}
  const commented = isObject(issue) && isObject(issue.pull_request) ? issue : undefined
  const number = isObject(own) ? own.number : commented?.number
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** What a comment is about, spelled the same in each run; undefined while that is not known. */
export function targetOf({ services, source, fleet }: CommentOptions, report: Subject): readonly string[] | undefined {
  if (fleet !== undefined) return fleet
  if (services.length > 0) return [report.region, report.cluster, ...services.toSorted()]
  const family = textOf(report.rendering?.after.family)
  // An absolute path is that of a step before this one, which may name its file anew each time.
  const name = source.kind === 'file' && !isAbsolute(source.path) ? source.path : (familyOf(source) ?? family)
  return name === undefined ? undefined : [report.region, name]
}

function familyOf(source: CommentOptions['source']): string | undefined {
  if (source.kind === 'family') return source.family
  return source.kind === 'arn' ? /task-definition\/([^:]+)/.exec(source.arn)?.[1] : undefined
}

/** Hidden in the comment's first line; a hash, so that no name in it can end the HTML comment. */
export function markerOf(target: readonly string[], variables: Variables): string {
  const key = JSON.stringify([workflowFile(variables), variables.GITHUB_JOB ?? '', ...target])
  return `<!-- levoai/fargate-pcap-action ${createHash('sha256').update(key).digest('hex').slice(0, 32)} -->`
}

/** `owner/repo/.github/workflows/deploy.yml`, without the ref, which is another for each pull request. */
function workflowFile({ GITHUB_WORKFLOW_REF: ref = '', GITHUB_WORKFLOW: name = '' }: Variables): string {
  return ref === '' ? name : ref.replace(/@refs\/.*$/s, '')
}

export function bodyOf({ text, redact, variables }: Comment, marker: string, target: readonly string[]): string {
  const workflow = workflowFile(variables).replace(/^.*\//s, '')
  const from = [workflow, variables.GITHUB_JOB ?? '', ...target].filter(part => part !== '').map(escaped)
  const run = runUrl(variables)
  const foot = redact(`<sub>${from.join(' · ')}${run === undefined ? '' : ` · [run](${run})`}</sub>`)
  const [head, end] = [`${marker}\n`, foot.length > FOOT ? '' : `\n${foot}\n`]
  return head + cutMarkdown(text, LONGEST - head.length - end.length, CUT) + end
}

const CUT = '… cut here: the job summary has all of it.'

/** Hundreds of services need no second list. */
const FOOT = 4000

interface Place {
  readonly owner: string
  readonly repo: string
  readonly issue_number: number
}

async function put(octokit: Octokit, place: Place, marker: string, body: string): Promise<string> {
  const { owner, repo } = place
  const id = await findOurs(octokit, place, marker)
  const { data } =
    id === undefined
      ? await octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...place, body })
      : await octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
          owner,
          repo,
          comment_id: id,
          body
        })
  if (typeof data.html_url !== 'string') throw new Error(NOT_GITHUB)
  return data.html_url
}

const NOT_GITHUB = 'the answer is not one of GitHub: something between here and there may have given it'

/** A pull request takes 2,500 comments. */
const MOST_PAGES = 100

async function findOurs(octokit: Octokit, place: Place, marker: string): Promise<number | bigint | undefined> {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { data, headers } = await octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...place,
      per_page: 100,
      page
    })
    if (!Array.isArray(data)) throw new Error(NOT_GITHUB)
    const ours = data.find(comment => isOurs({ ...comment }, marker))
    if (ours !== undefined) return ours.id
    // A page may be short without being the last.
    if (!headers.link?.includes('rel="next"')) return undefined
  }
  return undefined
}

const MAY_WRITE = ['OWNER', 'MEMBER', 'COLLABORATOR']

/** Anybody may copy the marker, and goes on being the author of what stands there: only a writer's or an app's comment is taken for ours. */
export function isOurs(comment: JsonObject, marker: string): boolean {
  const author = isObject(comment.user) ? comment.user.type : undefined
  const trusted = author === 'Bot' || MAY_WRITE.some(role => role === comment.author_association)
  return trusted && textOf(comment.body)?.startsWith(marker) === true
}

/** GitHub answers 404 where even seeing needs a right. */
const DENIED = [401, 403, 404]

function explain(error: unknown): string {
  const { status, response } = error as { status?: unknown; response?: unknown }
  const said = (messageOf(error).split('\n', 1)[0] ?? '').slice(0, 300)
  if (response === undefined) return `no pull request comment: GitHub was not reached: ${said}`
  const what = `no pull request comment: GitHub answered ${status}: ${said}`
  if (!DENIED.some(denied => denied === status) || /rate limit/i.test(said)) return what
  return `${what}. The job needs \`pull-requests: write\` among its permissions, and github-token a token that has it; a pull request from a fork, or of Dependabot, gets no such token: the job summary shows the same`
}

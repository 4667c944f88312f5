import type { Texts } from '../support/streams.ts'

/** The plan as each stream shows it, without what surrounds it there; empty where a stream shows none. */
export function plansIn({ log, summary, comment, terminal }: Texts): Record<string, string> {
  return {
    log: lastOf(log, /^::group::Plan: .*\n([\s\S]*?)^::endgroup::$/gm),
    summary: inBlock(summary),
    ...(comment === undefined ? {} : { comment: inBlock(comment) }),
    terminal: terminal.command === 'render --plan' ? terminal.stdout : inGroup(terminal.stderr)
  }
}

function inBlock(markdown: string): string {
  return lastOf(markdown, /^(?<fence>`{3,})diff\n([\s\S]*?)^\k<fence>$/gm)
}

/** Lines behind a title, two characters further in. */
function inGroup(text: string): string {
  return lastOf(text, /^Plan: .*\n((?: {2}.*\n)*)/gm).replace(/^ {2}/gm, '')
}

/** A plan that is made anew takes the place of the one before. */
function lastOf(text: string, pattern: RegExp): string {
  return [...text.matchAll(pattern)].at(-1)?.at(-1) ?? ''
}

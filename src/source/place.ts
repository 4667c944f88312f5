import { readFileSync } from 'node:fs'
import { type FileLine, InputError, type Path, StepError } from '../errors.ts'
import type { Note } from '../task-definition/definition.ts'
import { isYaml, locate, looksLikeJson } from './file.ts'

/** A file that a definition came from, within the workspace: only what is there can be shown beside a message. */
export interface WorkspaceFile {
  readonly absolute: string
  /** Relative to the workspace, with slashes. */
  readonly name: string
}

/** Looked for only when a message is to point into it. */
export type FindFile = () => WorkspaceFile | undefined

export function findInWorkspace(path: string, workspace: string): WorkspaceFile | undefined {
  const { absolute, shown, isInside } = locate(path, workspace)
  return isInside ? { absolute, name: shown } : undefined
}

/** Warnings with their places in the file; other notes are shown without. */
export async function placeNotes(notes: readonly Note[], file: FindFile): Promise<readonly Note[]> {
  const find = await finderIn(file, notes.some(isLocated))
  return notes.map(note => {
    const place = isLocated(note) ? find(note.at) : undefined
    return place === undefined ? note : { ...note, place }
  })
}

function isLocated({ level, at }: Note): boolean {
  return level === 'warning' && at !== undefined
}

/** Gives what is wrong with the definition its places in the file. */
export async function placeFaults(error: unknown, file: FindFile): Promise<void> {
  if (!(error instanceof InputError || error instanceof StepError)) return
  const find = await finderIn(
    file,
    error.faults.some(({ at, place }) => at !== undefined && place === undefined)
  )
  error.faults = error.faults.map(fault => ({ ...fault, place: fault.place ?? find(fault.at) }))
}

/** The same for an error of reading the file itself, whose lines are those of this file. */
export async function placeReadingFaults(error: unknown, file: WorkspaceFile | undefined): Promise<void> {
  if (file === undefined || !(error instanceof InputError)) return
  error.faults = error.faults.map(fault =>
    fault.line === undefined ? fault : { ...fault, place: { file: file.name, line: fault.line } }
  )
  await placeFaults(error, () => file)
}

type Find = (at: Path | undefined) => FileLine | undefined

/** The file is read, and what that takes is loaded, only when something is to be found. */
async function finderIn(findFile: FindFile, isNeeded: boolean): Promise<Find> {
  const file = isNeeded ? findFile() : undefined
  if (file === undefined) return () => undefined
  try {
    const lineOf = await linesIn(readFileSync(file.absolute, 'utf8'), file.name)
    return at => at && { file: file.name, line: lineOf(at) }
  } catch {
    // A message without a line is better than none: the file may be gone by now.
    return () => undefined
  }
}

/**
 * Gives a function for the line, from 1 on, of what a path names in the text of a definition, or of what comes nearest to it: what an
 * alias or a merge key brings is on the line of that. A member is where its name is. The text is one that was read before: whatever is
 * wrong with it is passed over.
 */
export async function linesIn(text: string, name: string): Promise<(at: Path) => number> {
  const plain = text.replace(/^\uFEFF/, '')
  const spots =
    looksLikeJson(plain) && !isYaml(name) ? await import('./json-spots.ts') : await import('./yaml-spots.ts')
  const root = spots.spotsOf(plain)
  const inner = root?.child('containerDefinitions') === undefined ? root?.child('taskDefinition') : undefined
  return at => {
    let nearest = inner ?? root
    for (const step of at) {
      const next = nearest?.child(step)
      if (next === undefined) break
      nearest = next
    }
    return plain.slice(0, nearest?.start ?? 0).split('\n').length
  }
}

/** Something in a text that may have a place. */
export interface Spot {
  readonly start: number
  readonly child: (step: string | number) => Spot | undefined
}

import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { InputError, messageOf } from './errors.ts'
import { writeKeepingLayout } from './layout/layout.ts'
import { type Definition, type Note, note, warning } from './task-definition/definition.ts'
import { toBody } from './task-definition/registrable.ts'
import type { Tag } from './task-definition/tags.ts'

/**
 * Writes the rendered definition to a file of the user's. A definition that is there keeps its layout; a file that is something else
 * is never overwritten. The file is whole at any time: the new text takes the place of the old one at once. Throws InputError.
 */
export async function writeOutputFile(
  shown: string,
  workspace: string,
  after: Definition,
  tags: readonly Tag[]
): Promise<Note[]> {
  const path = resolve(workspace, shown)
  const before = readIfThere(path, shown)
  if (before === undefined || before.trim() === '') {
    replaceFile(path, shown, await printFresh(path, after, tags))
    return [note(`wrote the rendered definition to ${shown}`)]
  }
  const written = await writeKeepingLayout(before, path, after)
  if (written === undefined) {
    throw new InputError([
      `output-file: ${shown} is there already and is no task definition; give another path, or delete it`
    ])
  }
  if (written.text === before) return [note(`${shown} is as it should be already`)]
  replaceFile(path, shown, written.text)
  if (written.kept) return [note(`wrote the rendered definition to ${shown}, only where it changes`)]
  return [
    warning(`wrote the rendered definition to ${shown}; its layout could not be kept everywhere: look at the change`)
  ]
}

function readIfThere(path: string, shown: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined
    throw new InputError([`output-file: ${shown} cannot be read: ${messageOf(error)}`])
  }
}

async function printFresh(path: string, after: Definition, tags: readonly Tag[]): Promise<string> {
  const body = toBody(after, tags)
  if (!['.yaml', '.yml'].includes(extname(path).toLowerCase())) return `${JSON.stringify(body, null, 2)}\n`
  const { printYaml } = await import('./layout/yaml-rewrite.ts')
  return printYaml(body)
}

/** A new file is for its owner alone: it holds the real values. One that is there keeps its mode. */
function replaceFile(path: string, shown: string, text: string): void {
  const target = realpathIfThere(path)
  const fresh = `${target}.${process.pid}.new`
  try {
    const mode = statSync(target, { throwIfNoEntry: false })?.mode ?? 0o600
    writeFileSync(fresh, text, { mode })
    renameSync(fresh, target)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw new InputError([`output-file: ${shown} cannot be written: ${messageOf(error)}`])
  }
}

function realpathIfThere(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

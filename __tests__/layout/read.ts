import { parseText, unwrap } from '../../src/source/file.ts'
import type { Definition } from '../../src/task-definition/definition.ts'

/** The definition of a text, read as the program reads a file. */
export async function read(text: string, path: string): Promise<Definition> {
  return unwrap(await parseText(text, path), path).definition
}

import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { writeKeepingLayout } from '../../src/layout/layout.ts'
import type { Definition } from '../../src/task-definition/definition.ts'
import { changes, files, install, sensors } from './changes.ts'
import { read } from './read.ts'

const RUNS = { numRuns: 1000 }

/** One way to write a definition down. */
export interface Printed {
  readonly path: string
  readonly print: (value: unknown) => string
  /** Whether entries have lines of their own, and whether there are comments. */
  readonly hasLines: boolean
  readonly hasComments: boolean
  /** Shown when a law is broken. */
  readonly style: object
}

async function write(text: string, path: string, after: Definition) {
  const written = await writeKeepingLayout(text, path, after)
  if (written === undefined) throw new Error('no definition was found')
  return written
}

export function testLaws(formats: fc.Arbitrary<Printed>): void {
  test('comes to say what it is to say, and loses nothing else on the way', async () => {
    await fc.assert(
      fc.asyncProperty(changes, formats, async ({ before, changed }, { path, print, hasComments }) => {
        const text = print(before)
        const written = await write(text, path, changed.after)
        expect(await read(written.text, path)).toEqual(changed.after)
        expect(written.kept || hasComments).toBe(true)
        const comments = commentsIn(text, changed.paths)
        expect(commentsIn(written.text, []).filter(comment => comments.includes(comment))).toEqual(comments)
      }),
      RUNS
    )
  })

  test('stays as it is, keeps every other line when a sensor comes, and without it again is what it was', async () => {
    await fc.assert(
      fc.asyncProperty(files, sensors, formats, async (before, sensor, { path, print, hasLines }) => {
        const text = print(before)
        expect(await write(text, path, before)).toEqual({ text, kept: true })
        const written = await write(text, path, install(before, sensor))
        expect(written.kept).toBe(true)
        if (hasLines) expect(missing(linesOf(text), linesOf(written.text))).toEqual([])
        expect((await write(written.text, path, before)).text).toBe(text)
      }),
      RUNS
    )
  })

  test('becomes any other definition', async () => {
    await fc.assert(
      fc.asyncProperty(files, files, formats, async (before, after, { path, print }) => {
        const written = await write(print(before), path, after)
        expect(await read(written.text, path)).toEqual(after)
      }),
      RUNS
    )
  })
}

/** The comments that are not in one of the changed entries. */
function commentsIn(text: string, changed: readonly string[]): string[] {
  const all = [...text.matchAll(/#\d+@([\w/-]*)#/g)]
  return all.filter(([, path]) => !changed.some(each => `${path}/`.startsWith(`${each}/`))).map(([comment]) => comment)
}

/** Lines but those of the task size; a comma may come or go. */
function linesOf(text: string): string[] {
  const lines = text.split('\n').map(line => line.replaceAll(/[,\r]/g, ''))
  return lines.filter(line => !/^\s*"?(cpu|memory)"?[^\w]/.test(line))
}

/** What is not in the whole in the order of the part. */
function missing(part: readonly string[], whole: readonly string[]): readonly string[] {
  let next = 0
  for (const item of whole) if (item === part[next]) next++
  return part.slice(next, next + 1)
}

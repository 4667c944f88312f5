import { expect } from '@jest/globals'
import { writeKeepingLayout } from '../../src/layout/layout.ts'
import { type Container, type Definition, objectsOf } from '../../src/task-definition/definition.ts'
import { toRegistrable } from '../../src/task-definition/registrable.ts'
import { read } from './read.ts'

export type Change = (before: Definition) => Definition

/** Changes the text as the program would, and checks that what comes out says what it has to. */
export async function change(text: string, path: string, to: Change) {
  const after = to(toRegistrable(await read(text, path)).definition)
  const written = await writeKeepingLayout(text, path, after)
  if (written === undefined) throw new Error('there is no definition in it')
  expect(toRegistrable(await read(written.text, path)).definition).toEqual(after)
  return written
}

const withContainers = (to: (containers: readonly Container[]) => Container[]): Change => {
  return before => ({ ...before, containerDefinitions: to(before.containerDefinitions) })
}

export const SENSOR = { name: 'sensor', image: 'levo:1' }

export const install = withContainers(containers => [...containers, SENSOR])
export const remove = (...names: string[]) =>
  withContainers(containers => containers.filter(({ name }) => !names.includes(name)))
export const upgrade = withContainers(containers =>
  containers.map(each => (each.name === 'sensor' ? { ...each, image: 'levo:2' } : each))
)
export const grow: Change = before => ({ ...before, cpu: '512', memory: '1024' })

/** Another name for the sensor, followed by what depends on it. */
export const rename = withContainers(containers =>
  containers.map(each => ({
    ...each,
    name: each.name === 'sensor' ? 'levo' : each.name,
    ...(each.dependsOn === undefined
      ? {}
      : {
          dependsOn: objectsOf(each.dependsOn).map(other =>
            other.containerName === 'sensor' ? { ...other, containerName: 'levo' } : other
          )
        })
  }))
)

/** What is done to a text, and what comes of it. */
export type Row = readonly [name: string, to: Change, before: string, after: string]

export async function keeps([, to, before, after]: Row, path: string): Promise<void> {
  expect(await change(before, path, to)).toEqual({ text: after, kept: true })
}

export const text = (...lines: string[]) => `${lines.join('\n')}\n`

/** YAML with these lines as its containers. */
export const list = (...lines: string[]) => text('containerDefinitions:', ...lines, 'family: shop')

/** JSON with these lines as its containers. */
export const lines = (...inner: string[]) => `{\n  "containerDefinitions": [\n${inner.join('\n')}\n  ]\n}\n`

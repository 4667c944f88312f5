import { expect, test } from '@jest/globals'
import { chooseProfile, PROFILES } from '../../src/sensor/profiles.ts'
import { render } from '../../src/sensor/render.ts'
import type { Container, Definition } from '../../src/task-definition/definition.ts'
import { createSensorOptions } from '../support/options.ts'
import { tableUnder } from './read-documents.ts'

const PAGE = 'docs/how-it-decides.md'

/** `web 256 / 512, agent – / 256`; a dash is nothing. */
function containersOf(text: string): Container[] {
  return text.split(', ').map(each => {
    const [, name = '', cpu = '', memory = ''] = /^(\w+) (\d+|–) \/ (\d+)$/.exec(each) ?? []
    return { name, image: 'app', essential: true, memory: Number(memory), ...(cpu !== '–' && { cpu: Number(cpu) }) }
  })
}

function taskOf(size: string, containers: string): Definition {
  const [cpu = '', memory = ''] = size.split(' / ')
  return {
    family: 'web',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu,
    memory,
    containerDefinitions: containersOf(containers)
  }
}

test.each(tableUnder(PAGE, 'task (CPU units / MiB)', 'its containers', 'profile', 'CPU units', 'MiB'))(
  'a task of %s with %s gets %s, %s CPU units, %s MiB',
  (size, containers, profile, cpu, memory) => {
    const task = taskOf(size ?? '', containers ?? '')
    expect(chooseProfile('auto', task, task.containerDefinitions)).toMatchObject({
      profile,
      cpu: { units: Number(cpu) },
      memory: { units: Number(memory) }
    })
  }
)

test.each(tableUnder(PAGE, 'task (CPU units / MiB)', 'its containers', 'becomes'))(
  'a task of %s with %s grows to %s',
  (size, containers, becomes) => {
    const sensor = createSensorOptions({ taskSize: 'grow' })
    const { after } = render(taskOf(size ?? '', containers ?? ''), { kind: 'install', sensor }, { region: 'us-east-1' })
    expect(`${after.cpu} / ${after.memory}`).toBe(becomes)
  }
)

test('the table of profiles is the one of the code', () => {
  const rows = tableUnder(PAGE, 'profile', 'CPU units', 'memory (MiB)', 'flags that it sets')
  const amount = (each: (typeof PROFILES)['standard']['cpu']) =>
    each.kind === 'units' ? String(each.units) : `${each.percent} % of the task`
  const expected = Object.entries(PROFILES).map(([name, { cpu, memory, flags }]) => {
    const shown = Object.entries(flags).map(([flag, value]) => `\`--${flag} ${value}\``)
    return [`\`${name}\``, amount(cpu), amount(memory), shown.join(', ') || 'none']
  })
  expect(rows).toEqual(expected)
})

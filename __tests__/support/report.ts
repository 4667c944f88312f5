import type { Report } from '../../src/report/report.ts'
import type { SensorOptions } from '../../src/sensor/container.ts'
import { type Rendering, render } from '../../src/sensor/render.ts'
import type { Definition } from '../../src/task-definition/definition.ts'
import { fargateDefinition } from '../fixtures/definitions.ts'
import { createSensorOptions } from './options.ts'

export function createRendering(
  overrides: Partial<SensorOptions> = {},
  definition: Definition = fargateDefinition()
): Rendering {
  return render(definition, { kind: 'install', sensor: createSensorOptions(overrides) }, { region: 'eu-west-1' })
}

/** A run that has rendered a file and gone no further yet. */
export function createReport(changes: Partial<Report> = {}): Report {
  return {
    region: 'eu-west-1',
    cluster: 'blue',
    named: [],
    dryRun: false,
    until: 'register',
    secrets: [],
    marks: [],
    notes: [],
    origin: 'file task.json',
    rendering: createRendering(),
    ...changes
  }
}

export const revisionArn = (revision: number): string =>
  `arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:${revision}`

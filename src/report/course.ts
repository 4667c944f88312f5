import type { Deployment } from '../deploy/deployment.ts'
import type { SensorState } from '../deploy/sensor-state.ts'
import { escaped, htmlOf, linked, toText } from './prose.ts'
import { elapsed } from './text.ts'

/** The sensor's state in each task of a service, as a table. */
export function sayTasks({ service, sensor }: Deployment): string[] {
  const tasks = sensor?.tasks ?? []
  if (tasks.length === 0) return []
  const rows = tasks.slice(0, MOST_TASKS).map(({ task, sensor: state, healthStatus = '' }) => {
    const health = healthStatus === '' || healthStatus === 'UNKNOWN' ? '' : `, ${healthStatus}`
    return `| ${linked(task.arn)} | ${task.lastStatus} | ${escaped(sayState(state))}${health} |`
  })
  const table = ['| Task | Status | Sensor |', '| --- | --- | --- |', ...rows].join('\n')
  const more = tasks.length > MOST_TASKS ? `\n\n… and ${tasks.length - MOST_TASKS} more tasks` : ''
  return [`**Tasks of ${escaped(service)} when they were last looked at**\n\n${table}${more}`]
}

/** A table of more rows is read by nobody. */
const MOST_TASKS = 50

function sayState(state: SensorState): string {
  switch (state.kind) {
    case 'running':
      return `RUNNING, seen for ${Math.round(state.seconds)} s`
    case 'starting':
      return `not started (${state.lastStatus})`
    case 'restarted':
      return 'exited and was restarted'
    case 'missing':
      return 'none'
    case 'stopped':
      return state.container.exitCode === undefined ? 'STOPPED' : `STOPPED, exit code ${state.container.exitCode}`
  }
}

/** What happened when, as a table; folded when it is long, or went well. */
export function sayCourse({ service, course = [], error }: Deployment): string[] {
  if (course.length === 0) return []
  const rows = course.map(({ seconds, text }) => `| ${elapsed(seconds)} | ${toText(text)} |`)
  const open = error === undefined || rows.length > MOST_MOMENTS ? '' : ' open'
  const table = ['| After | What happened |', '| ---: | --- |', ...rows].join('\n')
  return [`<details${open}><summary>The course of ${htmlOf(service)}</summary>\n\n${table}\n\n</details>`]
}

const MOST_MOMENTS = 12

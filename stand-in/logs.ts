import { object, string } from './json.ts'
import type { Task } from './new-task.ts'
import type { Account } from './state.ts'
import { definitionOf } from './tasks.ts'

export interface LogEvent {
  /** Milliseconds since the epoch, as CloudWatch Logs has it. */
  timestamp: number
  message: string
  ingestionTime: number
}

/** The streams of a log group, by name. */
export type LogGroup = Map<string, LogEvent[]>

/** Adds to a stream, which is made with its group if it is not there. */
export function putLogEvents(account: Account, group: string, stream: string, messages: readonly string[]): void {
  const streams = account.logGroups.get(group) ?? new Map<string, LogEvent[]>()
  const events = streams.get(stream) ?? []
  const timestamp = account.timeline.time()
  events.push(...messages.map(message => ({ timestamp, message, ingestionTime: timestamp })))
  account.logGroups.set(group, streams.set(stream, events))
}

/** What a container writes, where its awslogs driver puts it; it is lost for a container without one. */
export function writeLog(account: Account, task: Task, container: string, messages: readonly string[]): void {
  const { logDriver, options } = object(definitionOf(account, task, container)?.logConfiguration)
  const group = string(object(options)['awslogs-group'])
  const prefix = string(object(options)['awslogs-stream-prefix'])
  if (messages.length === 0 || logDriver !== 'awslogs' || group === undefined) return
  const id = task.taskArn.replace(/.*\//, '')
  putLogEvents(account, group, `${prefix}/${container}/${id}`, messages)
}

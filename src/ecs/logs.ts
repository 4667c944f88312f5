import type { Ecs } from './ecs.ts'

/** The last lines of a log stream, the oldest first. */
export async function readLastLines(ecs: Ecs, group: string, stream: string, limit: number): Promise<string[]> {
  const request = { logGroupName: group, logStreamName: stream, limit, startFromHead: false }
  const { events } = await ecs.call('GetLogEvents', request, { on: group })
  return (events ?? []).flatMap(({ message }) => message ?? [])
}

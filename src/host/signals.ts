/** Resolves when the process is asked to end: the runner sends SIGINT, then SIGTERM, and kills it seconds later. */
export function untilCancelled(): Promise<string> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, resolve)
  })
}

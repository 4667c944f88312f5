import type { ChildProcess, StdioOptions } from 'node:child_process'

const BY_MESSAGE = process.platform === 'win32'

const LISTENER = `process.on('message', signal => process.emit(signal, signal)); process.channel.unref()`

/**
 * How to start a process of Node.js that `askToEnd` can ask: on Windows a signal from another process ends it at once, so there a message
 * becomes what a Ctrl+C of the runner would be.
 */
export const ASKED: { readonly args: readonly string[]; readonly stdio: StdioOptions } = BY_MESSAGE
  ? { args: ['--import', `data:text/javascript,${LISTENER}`], stdio: ['pipe', 'pipe', 'pipe', 'ipc'] }
  : { args: [], stdio: 'pipe' }

export function askToEnd(child: ChildProcess, signal: 'SIGINT' | 'SIGTERM'): void {
  if (BY_MESSAGE) child.send(signal)
  else child.kill(signal)
}

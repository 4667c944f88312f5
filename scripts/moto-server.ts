// moto_server of the version in moto-requirements.txt, on a port of this machine.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

export interface MotoServer {
  /** `http://127.0.0.1:PORT`; it answers for all of AWS, in every Region. */
  readonly url: string
  readonly close: () => Promise<void>
}

const REQUIREMENTS = join(import.meta.dirname, 'moto-requirements.txt')
const SECONDS_TO_START = 60

/** Of MOTO_SERVER, the path of a `moto_server`, if that is set; else of a virtual environment in the user's cache, made if it is not there. */
export async function startMoto(): Promise<MotoServer> {
  const executable = process.env.MOTO_SERVER ?? install()
  const port = await freePort()
  const child = spawn(executable, ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // A service that is made with one task has it, so that nothing is under way.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, MOTO_ECS_SERVICE_RUNNING: '1' }
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-2000)
  })
  const close = () => end(child)
  const url = `http://127.0.0.1:${port}`
  try {
    await Promise.race([answers(url), stops(child)])
  } catch (error) {
    await close()
    throw new Error(`${executable} does not answer: ${said}`, { cause: error })
  }
  return { url, close }
}

/** The folder goes by what is installed, so that other versions are never mixed. */
function install(): string {
  const version = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12)
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  const folder = join(cache, 'fargate-pcap-action', `moto-${version}`)
  const complete = join(folder, 'complete')
  if (!existsSync(complete)) {
    rmSync(folder, { recursive: true, force: true })
    python(['-m', 'venv', folder], 'on Debian and Ubuntu: apt-get install python3 python3-venv')
    const quietly = ['--quiet', '--disable-pip-version-check', '--no-compile']
    const pip = ['-m', 'pip', 'install', ...quietly, '--no-deps', '-r', REQUIREMENTS]
    python(pip, 'PyPI has to be reachable', join(folder, 'bin/python'))
    writeFileSync(complete, '')
  }
  return join(folder, 'bin/moto_server')
}

function python(args: readonly string[], remedy: string, executable = 'python3'): void {
  const { status, error, stdout, stderr } = spawnSync(executable, args, { encoding: 'utf8' })
  if (status === 0) return
  throw new Error(`${executable} ${args.join(' ')} failed (${remedy}): ${error?.message ?? `${stdout}${stderr}`}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function answers(url: string): Promise<void> {
  const until = Date.now() + SECONDS_TO_START * 1000
  for (;;) {
    const isThere = await fetch(`${url}/moto-api/data.json`).then(
      ({ ok }) => ok,
      () => false
    )
    if (isThere) return
    if (Date.now() > until) throw new Error(`not within ${SECONDS_TO_START} s`)
    await setTimeout(100)
  }
}

async function stops(child: ChildProcess): Promise<never> {
  const status = await new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject))
  throw new Error(`it ended with the status ${status}`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  child.kill()
  await once(child, 'exit')
}

// node scripts/check-sensor.ts IMAGE [--lacks FLAG]…: whether the sensor in the image takes the arguments that we render, by its own help and
// by starting it for some seconds with a satellite that nobody can reach. Needs Docker.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { PROGRAM } from '../src/sensor/flags.ts'
import { complaintsIn, problemsOfHelp } from './sensor-help.ts'

/** A sensor that refuses a packet filter ends after about 5 s. */
const SECONDS = 15
/** What a profile leaves to the user is given as a user would; what it sets keeps its own spelling. */
const PROFILES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  standard: {
    'rate-limit': '100',
    'trace-export-interval': '5',
    'stream-timeout-seconds': '2',
    'max-http-length': '1000000'
  },
  'low-resource': {},
  proportional: { 'max-http-length': '1000000' }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { lacks: { type: 'string', multiple: true, default: [] } }
})
const [image] = positionals
if (image === undefined) throw new Error('which image?')

const help = runIn(image, [...PROGRAM, '--help'])
console.log(help)
for (const [profile, given] of Object.entries(PROFILES)) {
  const entryPoint = render(image, { 'sensor-profile': profile, ...given })
  const output = runIn(image, entryPoint)
  console.log(`\n--- ${entryPoint.join(' ')}\n${output}`)
  const problems = [...problemsOfHelp(entryPoint.slice(PROGRAM.length), help, values.lacks), ...complaintsIn(output)]
  for (const problem of problems) {
    console.error(`::error::${image}, profile ${profile}: ${problem}`)
    process.exitCode = 1
  }
}

/** The entry point that a task would have, with every flag in it that the image is said to have. */
function render(image: string, options: Readonly<Record<string, string>>): string[] {
  const flags: Readonly<Record<string, string>> = {
    'task-definition': 'examples/task-definition.json',
    'aws-region': 'us-east-1',
    image,
    ...options,
    'satellite-url': 'http://127.0.0.1:9',
    'levo-env': 'staging',
    'levoai-org-id': 'example',
    'levoai-workspace-id': 'example',
    filter: 'tcp port 8080 or tcp port 8081',
    'host-allow': '^api\\.example\\.com',
    'path-allow': '^/v\\d{1,3}/',
    'host-exclusions': '^internal\\.',
    'path-exclusions': '^/health\n^/say/"hi"'
  }
  const given = Object.entries(flags).filter(([name]) => !values.lacks.includes(name))
  const args = given.flatMap(([name, value]) => [`--${name}`, value])
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', 'container', ...args], {
    encoding: 'utf8'
  })
  if (status !== 0) throw new Error(`the container could not be rendered: ${stderr}`)
  return JSON.parse(stdout).entryPoint
}

/** All that it prints until it ends or its time is over. */
function runIn(image: string, [program = '', ...args]: readonly string[]): string {
  const name = `sensor-${process.pid}`
  const limits = ['--rm', '--name', name, '--network', 'none', '--cap-add', 'NET_RAW']
  const { stdout, stderr, error } = spawnSync('docker', ['run', ...limits, '--entrypoint', program, image, ...args], {
    encoding: 'utf8',
    timeout: SECONDS * 1000
  })
  const isOver = error !== undefined && 'code' in error && error.code === 'ETIMEDOUT'
  if (isOver) spawnSync('docker', ['rm', '--force', name])
  else if (error !== undefined) throw error
  return stdout + stderr
}

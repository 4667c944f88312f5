// V8 skims a function when it reads the script, and compiles it when it is first called; one in parentheses it compiles at once. A dry run
// calls half of what it loads: told which half, it takes a tenth less CPU beyond Node's own (npm run bench).
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseAst } from '@rollup/wasm-node/parseAst'

/** A place in a script; the parser's types leave it out of all but the outermost node. */
interface Placed {
  readonly start: number
  readonly end: number
}

interface Coverage {
  readonly result: readonly {
    readonly url: string
    readonly functions: readonly {
      readonly ranges: readonly { readonly startOffset: number; readonly count: number }[]
    }[]
  }[]
}

/** Where the functions of `script` begin that a dry run of `entry` calls, from a file and without AWS. */
export function calledByDryRun(entry: string, script: string): ReadonlySet<number> {
  const temp = mkdtempSync(join(tmpdir(), 'dry-run-'))
  try {
    const { status, stdout } = spawnSync(process.execPath, [entry], { env: surroundings(temp), encoding: 'utf8' })
    if (status !== 0) throw new Error(`a dry run of ${entry} ended with ${status}:\n${stdout}`)
    const folder = join(temp, 'coverage')
    const url = pathToFileURL(resolve(script)).href
    const scripts = readdirSync(folder).flatMap(
      file => (JSON.parse(readFileSync(join(folder, file), 'utf8')) as Coverage).result
    )
    const ranges = scripts
      .filter(each => each.url === url)
      .flatMap(({ functions }) => functions.map(each => each.ranges[0]))
    return new Set(ranges.flatMap(range => (range !== undefined && range.count > 0 ? range.startOffset : [])))
  } finally {
    rmSync(temp, { recursive: true })
  }
}

/** The runner's variables and no other one: what is called must not depend on where the build runs. */
function surroundings(temp: string): Record<string, string> {
  return {
    NODE_V8_COVERAGE: join(temp, 'coverage'),
    HOME: temp,
    RUNNER_TEMP: temp,
    GITHUB_WORKSPACE: resolve('examples'),
    GITHUB_OUTPUT: join(temp, 'output'),
    GITHUB_STEP_SUMMARY: join(temp, 'summary'),
    AWS_REGION: 'us-east-1',
    'INPUT_TASK-DEFINITION': 'task-definition.json',
    'INPUT_SATELLITE-URL': 'https://satellite.example.com',
    'INPUT_LEVO-ENV': 'staging',
    'INPUT_LEVOAI-ORG-ID': 'example',
    'INPUT_DRY-RUN': 'true'
  }
}

function placeOf(node: unknown): Placed {
  return node as Placed
}

/** Declarations are hoisted, so those that begin where `called` says may as well stand first, as variables with the function in parentheses. */
export function compileAtStart(code: string, called: ReadonlySet<number>): string {
  const variables: string[] = []
  const rest: string[] = []
  let end = 0
  for (const node of parseAst(code, { allowReturnOutsideFunction: true }).body) {
    if (node.type !== 'FunctionDeclaration') continue
    const [whole, name] = [placeOf(node), placeOf(node.id)]
    if (!called.has(whole.start)) continue
    // Without the name, which within the function would be another binding.
    const unnamed = code.slice(whole.start, name.start) + code.slice(name.end, whole.end)
    variables.push(`${code.slice(name.start, name.end)}=(${unnamed})`)
    rest.push(code.slice(end, whole.start))
    end = whole.end
  }
  rest.push(code.slice(end))
  const [, directive = '', others = ''] = /^("use strict";)?(.*)$/s.exec(rest.join('')) ?? []
  return variables.length === 0 ? code : `${directive}var ${variables.join(',')};${others}`
}

// The actions that ours stands beside, for the benchmark alone: taken from GitHub at pinned commits, kept outside of the project.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PINNED = {
  render: {
    repository: 'aws-actions/amazon-ecs-render-task-definition',
    version: '1.9.0',
    commit: '138c24f321fdbdf7edee4a685519d253cae2cdea'
  },
  deploy: {
    repository: 'aws-actions/amazon-ecs-deploy-task-definition',
    version: '2.6.3',
    commit: 'c465972ecbd160473f22e683363b422a5412a3de'
  }
} as const

type Name = keyof typeof PINNED

export interface Peer {
  /** Repository and version. */
  readonly name: string
  /** The folder of its scripts, as they are committed there. */
  readonly dist: string
}

/** Milliseconds that Git may take for one of them. */
const PATIENCE = 120_000

/**
 * Both of them, or why they can not be had. `BENCH_PEERS` names a folder that has them already, as `render` and `deploy`; otherwise they
 * are brought by Git once, and kept among the temporary files.
 */
export function getPeers(given = process.env.BENCH_PEERS): Readonly<Record<Name, Peer>> | { readonly lacking: string } {
  const found = { render: getPeer('render', given), deploy: getPeer('deploy', given) }
  if (typeof found.render === 'string') return { lacking: found.render }
  if (typeof found.deploy === 'string') return { lacking: found.deploy }
  return { render: found.render, deploy: found.deploy }
}

function getPeer(name: Name, given: string | undefined): Peer | string {
  const { repository, version, commit } = PINNED[name]
  const folder = given ? join(given, name) : join(tmpdir(), 'fargate-pcap-peers', commit)
  const peer: Peer = { name: `${repository.replace(/^.*\//, '')} ${version}`, dist: join(folder, 'dist') }
  if (existsSync(join(peer.dist, 'index.js'))) return peer
  if (given) return `BENCH_PEERS has no ${name}/dist/index.js`
  const failure = bring(`https://github.com/${repository}.git`, commit, folder)
  return failure === undefined ? peer : `${repository} can not be had from GitHub: ${failure}`
}

/** A commit, and nothing but it; Git proves that what it is given is that commit. */
function bring(url: string, commit: string, folder: string): string | undefined {
  const unfinished = `${folder}.part`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  for (const args of [
    ['init', '--quiet'],
    ['fetch', '--quiet', '--depth=1', url, commit],
    ['checkout', '--quiet', 'FETCH_HEAD']
  ]) {
    const { status, stderr, error } = spawnSync('git', args, {
      cwd: unfinished,
      encoding: 'utf8',
      timeout: PATIENCE,
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0' }
    })
    if (status === 0) continue
    rmSync(unfinished, { recursive: true, force: true })
    return error?.message ?? stderr.trim().split('\n').at(-1)
  }
  rmSync(folder, { recursive: true, force: true })
  renameSync(unfinished, folder)
  return undefined
}

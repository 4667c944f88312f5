// node scripts/release.ts TAG: whether version, lockfile and changelog agree with it; prints `notes` and `major` as outputs of a step.
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { VERSION } from '../src/version.ts'
import { movedTag, prepareRelease } from './changelog.ts'

const [, , tag = ''] = process.argv
const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
const lockfile = readJson('package-lock.json')
const { problems, notes } = prepareRelease({
  tag,
  changelog: readFileSync('CHANGELOG.md', 'utf8'),
  versions: {
    'package.json': readJson('package.json').version,
    'package-lock.json': lockfile.version,
    'the root package of package-lock.json': lockfile.packages[''].version,
    'src/version.ts': VERSION
  }
})
if (problems.length > 0) {
  for (const problem of problems) console.error(problem)
  process.exitCode = 1
} else {
  const tags = execFileSync('git', ['tag', '--list'], { encoding: 'utf8' }).split('\n')
  const delimiter = randomUUID()
  console.log(`major=${movedTag(tag, tags) ?? ''}\nnotes<<${delimiter}\n${notes}\n${delimiter}`)
}

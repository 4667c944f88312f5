// npm run test:moto: the built action against moto, an imitation of AWS that others wrote (`moto_server`, PyPI).
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CASES, type Case, NOT_PROVEN } from './moto-cases.ts'
import { MotoScene } from './moto-scene.ts'
import { startMoto } from './moto-server.ts'

const workspace = mkdtempSync(join(tmpdir(), 'moto-'))
const moto = await startMoto()
const scene = new MotoScene(moto.url, join(import.meta.dirname, '../dist'), workspace)

async function tell({ name, prove }: Case): Promise<void> {
  try {
    await prove(scene)
    console.log(`ok      ${name}`)
  } catch (error) {
    console.log(`failed  ${name}`)
    console.error(error)
    process.exitCode = 1
  }
}

try {
  for (const each of CASES) await tell(each)
} finally {
  await scene.close()
  await moto.close()
  rmSync(workspace, { recursive: true, force: true })
}
console.log(`\nNot proven, since moto is less than ECS:\n${NOT_PROVEN.map(text => `- ${text}`).join('\n')}`)

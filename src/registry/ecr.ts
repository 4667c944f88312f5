import type { Connection } from '../ecs/client.ts'
import { type Ecr, openEcr } from '../ecs/images.ts'
import { messageOf, StepError } from '../errors.ts'
import type { Found } from './found.ts'
import { type Get, mayGo } from './get.ts'
import { MEDIA_TYPES, readConfig, readManifest } from './manifest.ts'
import type { EcrReference } from './reference.ts'

/** Looks an image up in a private ECR registry; what ECR refuses is told with the right that it takes. */
export async function findInEcr(
  reference: EcrReference,
  connection: Connection,
  get: Get,
  signal: AbortSignal
): Promise<Found> {
  const ecr = openEcr(connection, reference, signal)
  try {
    const read = await ecr.readManifest(MEDIA_TYPES)
    // What a pull-through cache would bring in with the first pull is not there yet either.
    if (read.kind === 'absent') return { kind: 'absent', says: `ECR does not have it (${read.code})` }
    if (read.kind === 'failure') return { kind: 'unknown', why: `ECR answers ${read.code}` }
    const manifest = readManifest(read.text)
    switch (manifest.kind) {
      case 'index':
        return manifest.found
      case 'other':
        return { kind: 'unknown', why: 'what ECR answers is no manifest of an image' }
      case 'image':
        return await findPlatform(ecr, manifest.config, get)
    }
  } catch (error) {
    if (!(error instanceof StepError)) throw error
    return { kind: 'unknown', why: messageOf(error) }
  } finally {
    ecr.close()
  }
}

/** The image is there; its configuration, which ECR gives out by a URL of S3, says what for. */
async function findPlatform(ecr: Ecr, digest: string, get: Get): Promise<Found> {
  const unsure = (why: string): Found => ({ kind: 'found', platforms: [], unsure: why })
  try {
    const text = await ecr.urlOf(digest)
    const url = text !== undefined && URL.canParse(text) ? new URL(text) : undefined
    if (url === undefined || !mayGo(url, url)) return unsure('ECR names no place to read its configuration from')
    const answer = await get(url, {})
    if (answer.status === 200) return readConfig(answer.body)
    return unsure(`its configuration was not to be had (HTTP ${answer.status})`)
  } catch (error) {
    // The URL is as good as a password for as long as it holds: of errors of the network only the code is told.
    const { code } = error as { code?: unknown }
    return unsure(error instanceof StepError ? error.message : `its configuration was not to be had (${code})`)
  }
}

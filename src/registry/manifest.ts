import { isObject, type JsonObject, objectsOf, textOf } from '../task-definition/definition.ts'
import type { Found } from './found.ts'

/** The kinds of manifests that hold an image or a choice of images (OCI image specification; Docker, "Image Manifest V2, Schema 2"). */
export const MEDIA_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json'
]

export type Manifest =
  /** It names the platforms itself. */
  | { readonly kind: 'index'; readonly found: Found }
  /** One image, which says in its configuration what it is for. */
  | { readonly kind: 'image'; readonly config: string }
  | { readonly kind: 'other' }

/** What a manifest says; `other` for what is none of those that were asked for, such as a page of a proxy. */
export function readManifest(text: string): Manifest {
  const manifest = parsed(text)
  // Told apart by what they hold: the type that they state themselves is optional in OCI's.
  if (Array.isArray(manifest?.manifests)) return { kind: 'index', found: readIndex(objectsOf(manifest.manifests)) }
  const digest = isObject(manifest?.config) ? textOf(manifest.config.digest) : undefined
  return digest !== undefined && Array.isArray(manifest?.layers) ? { kind: 'image', config: digest } : { kind: 'other' }
}

function readIndex(entries: readonly JsonObject[]): Found {
  const platforms = entries.filter(entry => !isAttestation(entry)).map(({ platform }) => nameOf(platform))
  const known = platforms.filter(platform => platform !== undefined)
  const unsure = known.length < platforms.length ? 'an entry of its index does not say what it is for' : undefined
  return { kind: 'found', platforms: [...new Set(known)].sort(), unsure }
}

/** What builders say of an image stands beside it, for a platform that there is not (Docker, "Image attestation storage"). */
function isAttestation({ platform }: JsonObject): boolean {
  return isObject(platform) && platform.os === 'unknown' && platform.architecture === 'unknown'
}

/** What an image's configuration says that it is for. */
export function readConfig(text: string): Found {
  const platform = nameOf(parsed(text))
  return platform === undefined
    ? { kind: 'found', platforms: [], unsure: 'it does not say what it is for' }
    : { kind: 'found', platforms: [platform] }
}

/** Spellings that container engines read as the other (containerd, `platforms`). */
const SYNONYMS: Readonly<Record<string, string>> = { aarch64: 'arm64', x86_64: 'amd64', 'x86-64': 'amd64' }

/** Without the variant: which ones of its architecture a host takes is not known here, so any may be the right one. */
function nameOf(platform: unknown): string | undefined {
  if (!isObject(platform)) return undefined
  const [os, architecture] = [platform.os, platform.architecture].map(text => textOf(text)?.toLowerCase())
  // What comes from outside is printed: nothing but a word is.
  if (os === undefined || architecture === undefined || !/^[\w.-]{1,40} [\w.-]{1,40}$/.test(`${os} ${architecture}`)) {
    return undefined
  }
  return `${os}/${SYNONYMS[architecture] ?? architecture}`
}

/** Undefined for what is no JSON object. */
export function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

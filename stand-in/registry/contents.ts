import { createHash } from 'node:crypto'

export const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'
export const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json'
export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json'

export interface Manifest {
  mediaType: string
  text: string
}

/** What one repository holds: manifests by tag and by digest, and blobs by digest. */
export class Contents {
  readonly manifests = new Map<string, Manifest>()
  readonly blobs = new Map<string, string>()

  /** An image for one platform, such as `linux/arm64`, or with any text as its configuration. Gives its digest. */
  pushImage(tag: string, platform: string, mediaType = DOCKER_MANIFEST): string {
    const [os, architecture] = platform.split('/')
    const isPlatform = /^[\w.-]+\/[\w.-]+$/.test(platform)
    const config = isPlatform ? JSON.stringify({ os, architecture, config: {}, rootfs: {} }) : platform
    const digest = digestOf(config)
    this.blobs.set(digest, config)
    const type =
      mediaType === OCI_MANIFEST
        ? 'application/vnd.oci.image.config.v1+json'
        : 'application/vnd.docker.container.image.v1+json'
    return this.push(tag, {
      schemaVersion: 2,
      mediaType,
      config: { mediaType: type, size: config.length, digest },
      layers: []
    })
  }

  /** An index, or list, of images for these platforms, such as `linux/arm64/v8`. Gives its digest. */
  pushIndex(tag: string, platforms: readonly string[], mediaType = OCI_INDEX): string {
    const manifests = platforms.map(platform => {
      const [os, architecture, variant] = platform.split('/')
      const digest = this.pushImage('', `${os}/${architecture}`)
      return { digest, platform: { os, architecture, ...(variant !== undefined && { variant }) } }
    })
    return this.push(tag, { schemaVersion: 2, mediaType, manifests })
  }

  /** Any manifest; one without a tag is there by its digest alone. */
  push(tag: string, manifest: { mediaType: string } & Record<string, unknown>): string {
    const text = JSON.stringify(manifest)
    const digest = digestOf(text)
    for (const name of [tag, digest].filter(Boolean)) {
      this.manifests.set(name, { mediaType: manifest.mediaType, text })
    }
    return digest
  }
}

export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

import { isPrivateEcr, registryOf, repositoryOf } from '../sensor/image.ts'

/** Where an image is, as the registry's API names it. */
export interface Reference {
  /** The host that is asked, with its port. */
  readonly host: string
  readonly repository: string
  /** A tag, or the digest, which alone decides where both are given. */
  readonly tagOrDigest: string
}

const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const HOST = /^[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\d{1,5})?$/
const TAG = /^\w[\w.-]{0,127}$/
const DIGEST = /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/

/** Names of Docker Hub, which answers at another one. */
const DOCKER_HUB = ['docker.io', 'index.docker.io']

const LARGEST_PORT = 65_535

function portOf(host: string): number {
  return Number(host.split(':')[1] ?? 0)
}

/** Reads an image's name by the grammar of references (CNCF Distribution, `reference`); undefined for what is none. */
export function readReference(image: string): Reference | undefined {
  const named = repositoryOf(image)
  const registry = registryOf(image)
  const path = named.startsWith(`${registry}/`) ? named.slice(registry.length + 1) : named
  const [tagged = '', digest] = image.split('@', 2)
  const tag = tagged.length > named.length ? tagged.slice(named.length + 1) : 'latest'
  if (!HOST.test(registry) || portOf(registry) > LARGEST_PORT || !PATH.test(path) || !TAG.test(tag)) return undefined
  if (digest !== undefined && !DIGEST.test(digest)) return undefined
  const inHub = DOCKER_HUB.includes(registry)
  return {
    host: inHub ? 'registry-1.docker.io' : registry,
    repository: inHub && !path.includes('/') ? `library/${path}` : path,
    tagOrDigest: digest ?? tag
  }
}

/** A registry on this machine is spoken to without TLS, as Docker does; every other one with it. */
export function baseOf({ host, repository }: Reference): URL {
  const scheme = isLoopback(host.replace(/:\d+$/, '')) ? 'http' : 'https'
  return new URL(`${scheme}://${host}/v2/${repository}/`)
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1'
}

export interface EcrReference {
  readonly account: string
  readonly region: string
  readonly repository: string
  readonly tagOrDigest: string
}

/** As `readReference`, of an image in a private ECR registry; undefined for any other. */
export function readEcrReference(image: string): EcrReference | undefined {
  const reference = isPrivateEcr(image) ? readReference(image) : undefined
  const [, account, region] = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\./.exec(reference?.host ?? '') ?? []
  if (reference === undefined || account === undefined || region === undefined) return undefined
  const { repository, tagOrDigest } = reference
  return { account, region, repository, tagOrDigest }
}

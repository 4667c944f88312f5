/** Docker Hub's image as the founding document names it. */
export const DEFAULT_IMAGE = 'levoai/pcap-sensor:0.1.9'

/** The image's name without tag and digest: `host:5000/team/app:1@sha256:…` gives `host:5000/team/app`. */
export function repositoryOf(image: string): string {
  const named = image.split('@', 1)[0] ?? image
  const colon = named.lastIndexOf(':')
  return colon > named.lastIndexOf('/') ? named.slice(0, colon) : named
}

/** What ECS does not take in an image's name: other characters, or more than 255 before the digest (API reference, `image`). */
export function imageFault(image: string): 'characters' | 'length' | undefined {
  if (!/^[\w.:/#@-]+$/.test(image)) return 'characters'
  return (image.split('@', 1)[0]?.length ?? 0) > 255 ? 'length' : undefined
}

/** One spelling for Docker Hub's images, which may be named with and without their registry. */
export function sameImage(a: string, b: string): boolean {
  const short = (image: string) => image.replace(/^(index\.)?docker\.io\//, '')
  return short(a) === short(b)
}

/** The registry's host, or Docker Hub's when the name has none (the rule of the Docker reference grammar). */
export function registryOf(image: string): string {
  const [first = '', ...rest] = repositoryOf(image).split('/')
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : 'docker.io'
}

export function isPrivateEcr(image: string): boolean {
  return /^\d{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9-]+\.(amazonaws\.|on\.aws|c2s\.|sc2s\.|cloud\.adc|csp\.hci)/.test(
    registryOf(image)
  )
}

const PUBLIC_REGISTRIES = ['docker.io', 'index.docker.io', 'public.ecr.aws', 'ghcr.io', 'quay.io', 'registry.k8s.io']

export function isPublicRegistry(image: string): boolean {
  return PUBLIC_REGISTRIES.includes(registryOf(image))
}

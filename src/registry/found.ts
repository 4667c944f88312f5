/** What is known of an image by what its registry says. */
export type Found =
  | {
      readonly kind: 'found'
      /** What it can run on, such as `linux/arm64`, each once. */
      readonly platforms: readonly string[]
      /** Why there may be more of them; absent where these are all. */
      readonly unsure?: string | undefined
    }
  /** The registry says in so many words that it has no such image. */
  | { readonly kind: 'absent'; readonly says: string }
  /** Whatever else came, or did not: it says nothing about what the tasks will find. */
  | { readonly kind: 'unknown'; readonly why: string }

/** Looks an image up where it comes from; never throws. */
export type FindImage = (image: string) => Promise<Found>

export type Verdict =
  | Exclude<Found, { kind: 'found' }>
  | { readonly kind: 'there'; readonly platforms: readonly string[] }
  /** It is there; for what is not known. */
  | { readonly kind: 'unsure'; readonly why: string }
  /** It is there, but not for what the tasks run on. */
  | { readonly kind: 'lacking'; readonly platforms: readonly string[] }

/** Whether tasks can run what was found; without a platform that they run on, being there is all that is asked. */
export function judge(found: Found, platform: string | undefined): Verdict {
  if (found.kind !== 'found') return found
  const { platforms, unsure } = found
  if (platform === undefined || platforms.includes(platform)) return { kind: 'there', platforms }
  return unsure === undefined ? { kind: 'lacking', platforms } : { kind: 'unsure', why: unsure }
}

// What a release says of itself, and what it moves: pure, for scripts/release.ts.

export interface Version {
  readonly major: number
  readonly minor: number
  readonly patch: number
}

/** Of a tag `vX.Y.Z` and no other form: `vX` is moved, and there are no versions before a release. */
export function versionOf(tag: string): Version | undefined {
  const [, major, minor, patch] = /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(tag) ?? []
  if (major === undefined) return undefined
  return { major: Number(major), minor: Number(minor), patch: Number(patch) }
}

/** `vX`, if the tag is the newest of its major version: a correction of an older one must not take it back. */
export function movedTag(tag: string, tags: readonly string[]): string | undefined {
  const version = versionOf(tag)
  if (version === undefined) return undefined
  const newer = tags.flatMap(other => versionOf(other) ?? []).filter(other => other.major === version.major)
  return newer.some(other => isAfter(other, version)) ? undefined : `v${version.major}`
}

function isAfter(one: Version, other: Version): boolean {
  return one.minor === other.minor ? one.patch > other.patch : one.minor > other.minor
}

/** The text of each section by its heading, without the date that may stand behind a version. */
export function sectionsOf(changelog: string): Map<string, string> {
  const [, ...parts] = changelog.replaceAll('\r', '').split(/^## /m)
  return new Map(
    parts.map(part => {
      const [heading = ''] = part.split('\n', 1)
      return [heading.replace(/ \(\d{4}-\d\d-\d\d\)$/, '').trim(), part.slice(heading.length).trim()]
    })
  )
}

export interface Release {
  readonly tag: string
  readonly changelog: string
  /** The version that each file names, by the place where it does. */
  readonly versions: Readonly<Record<string, unknown>>
}

/** All that does not agree with the tag, in sentences; and the notes, which are the tag's own section. */
export function prepareRelease({ tag, changelog, versions }: Release): { problems: string[]; notes: string } {
  if (versionOf(tag) === undefined) return { problems: [`the tag ${tag} is not of the form vX.Y.Z`], notes: '' }
  const version = tag.slice(1)
  const sections = sectionsOf(changelog)
  const notes = sections.get(version) ?? ''
  const problems = Object.entries(versions)
    .filter(([, named]) => named !== version)
    .map(([place, named]) => `${place} says ${named}, the tag ${version}`)
  if (!sections.has(version)) problems.push(`CHANGELOG.md has no section "## ${version}"`)
  else if (notes === '') problems.push(`the section "## ${version}" of CHANGELOG.md is empty`)
  if ((sections.get('Unreleased') ?? '') !== '') {
    problems.push(`CHANGELOG.md has entries under "## Unreleased", which ${tag} would release without a word`)
  }
  return { problems, notes }
}

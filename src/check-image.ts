import { type Path, StepError } from './errors.ts'
import { type FindImage, type Found, judge, type Verdict } from './registry/found.ts'
import { isPrivateEcr } from './sensor/image.ts'
import { platformOf } from './sensor/platform.ts'
import type { Rendering } from './sensor/render.ts'
import { mayLackArm64 } from './sensor/warnings.ts'
import { type Note, note, textOf, warning, warningAt } from './task-definition/definition.ts'

/** Tasks that are to run a rendered sensor. */
export interface Subject {
  readonly rendering: Rendering
  readonly servicesOnFargate?: boolean | undefined
  /** How the tasks are called. */
  readonly tasks?: string
}

/** Asks the registry of a rendered sensor's image; undefined where there is nothing to ask for. Never throws. */
export async function askForImage({ sensor }: Rendering, findImage: FindImage): Promise<Found | undefined> {
  const image = textOf(sensor?.image)
  if (sensor === undefined || image === undefined) return undefined
  // Whoever has no account could be told that there is no such image.
  return sensor.repositoryCredentials !== undefined && !isPrivateEcr(image) ? HIDDEN : findImage(image)
}

/**
 * Says whether tasks could pull the image, by what was found. With `require`, throws StepError for one that is not there
 * (`image-not-found`), or not for what they run on (`image-platform`). Whatever else was found is a note, since what this machine cannot
 * find out says nothing about the tasks; to who requires the look, a warning.
 */
export function checkImage(subject: Subject, level: 'warn' | 'require', found: Found | undefined): Note[] {
  const { rendering, servicesOnFargate, tasks = 'the tasks' } = subject
  const { sensor, after } = rendering
  if (found === undefined || sensor === undefined) return []
  const platform = platformOf(after, servicesOnFargate)
  const verdict = judge(found, platform)
  const text = say(verdict, { image: String(sensor.image), platform, tasks })
  switch (verdict.kind) {
    case 'there':
      return [note(text)]
    case 'unsure':
    case 'unknown': {
      const guess = mayLackArm64(after, sensor)
      const said = level === 'require' ? warning(text) : note(text)
      return [said, ...(guess === undefined ? [] : [warningAt(guess, ARCHITECTURE)])]
    }
    case 'absent':
    case 'lacking': {
      const at = verdict.kind === 'lacking' ? ARCHITECTURE : undefined
      if (level === 'warn') return [warningAt(text, at)]
      const code = verdict.kind === 'lacking' ? 'image-platform' : 'image-not-found'
      throw new StepError({ code, what: `${text}.`, hint: HINT, ...(at && { at }) })
    }
  }
}

const ARCHITECTURE: Path = ['runtimePlatform', 'cpuArchitecture']

const HIDDEN: Found = {
  kind: 'unknown',
  why: 'the tasks pull it with repository-credentials, without which nothing is asked'
}

const HINT =
  'Correct image, or put it there first. With check-image: warn this is a warning, with off nothing is asked.'

interface Words {
  readonly image: string
  readonly platform: string | undefined
  readonly tasks: string
}

function say(verdict: Verdict, { image, platform, tasks }: Words): string {
  switch (verdict.kind) {
    case 'there':
      return `image: ${image} is there${forPlatforms(verdict.platforms)}`
    case 'lacking':
      return verdict.platforms.length === 0
        ? `image: ${image} is an index without any image in it, and ${tasks} run on ${platform}: they would not start`
        : `image: ${image} is there${forPlatforms(verdict.platforms)} only, and ${tasks} run on ${platform}: they would not start`
    case 'absent':
      return `image: ${image} is not there: ${verdict.says}, so ${tasks} would not start`
    case 'unsure':
      return `image: ${image} is there; whether for ${platform} is not known: ${verdict.why}`
    case 'unknown':
      return `image: whether ${image} is there${platform === undefined ? '' : ` for ${platform}`} is not known: ${verdict.why}`
  }
}

/** More would hide what matters. */
const MOST = 6

function forPlatforms(platforms: readonly string[]): string {
  if (platforms.length === 0) return ''
  const shown = platforms.slice(0, MOST)
  const more = platforms.length - shown.length
  const [last = '', ...others] = [...shown, ...(more > 0 ? [`${more} more`] : [])].reverse()
  return `, for ${others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`}`
}

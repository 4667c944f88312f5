import { type Container, isObject, type JsonObject } from '../task-definition/definition.ts'
import { hideArguments, type Mask } from './arguments.ts'
import { hideCredentials } from './url-credentials.ts'

/**
 * A container as it may be shown: values only of what is known to be harmless, names of everything else. `say` has the last word on each
 * text that is shown.
 */
export function showContainer(
  container: Container,
  mask: Mask,
  say: (text: string) => string = text => text
): Record<string, unknown> {
  const walker = new Walker(mask, say)
  const shown = Object.entries(container).map(([member, value]) => [member, walker.walk(member, value)])
  return { ...Object.fromEntries(shown), ...hideArguments(container, mask, say) }
}

/** The only environment variable of the sensor that says nothing about anybody. */
const SHOWN_VARIABLE = 'LEVO_AWS_REGION'

/** Lists of names and values: the values are what a container keeps for itself. */
const NAMED = new Set(['environment', 'secrets', 'logConfiguration.secretOptions'])

/** Free texts by their names, and of which the text is shown: options of other log drivers may hold tokens. */
const FREE: ReadonlyMap<string, (name: string) => boolean> = new Map([
  ['logConfiguration.options', (name: string) => name.startsWith('awslogs-')],
  ['firelensConfiguration.options', () => false],
  ['dockerLabels', (name: string) => name.startsWith('levoai.')]
])

/** What is shown by its value, by the object that has it. What is not here, or new to ECS, is not. */
const SHOWN: Readonly<Record<string, string>> = {
  '': 'name image cpu memory memoryReservation essential links startTimeout stopTimeout versionConsistency hostname user workingDirectory disableNetworking privileged readonlyRootFilesystem interactive pseudoTerminal',
  repositoryCredentials: 'credentialsParameter',
  portMappings: 'containerPort hostPort protocol name appProtocol containerPortRange',
  restartPolicy: 'enabled ignoredExitCodes restartAttemptPeriod',
  mountPoints: 'sourceVolume containerPath readOnly',
  volumesFrom: 'sourceContainer readOnly',
  dependsOn: 'containerName condition',
  linuxParameters: 'initProcessEnabled sharedMemorySize maxSwap swappiness',
  'linuxParameters.capabilities': 'add drop',
  ulimits: 'name softLimit hardLimit',
  resourceRequirements: 'type value',
  healthCheck: 'interval timeout retries startPeriod',
  logConfiguration: 'logDriver',
  firelensConfiguration: 'type',
  environmentFiles: 'type'
}

function isHarmless(path: string): boolean {
  const dot = path.lastIndexOf('.')
  const parent = path.slice(0, Math.max(dot, 0))
  return Object.hasOwn(SHOWN, parent) && SHOWN[parent]?.split(' ').includes(path.slice(dot + 1)) === true
}

/** Whether it is an object of which the members are looked at one by one. */
function isParent(path: string): boolean {
  return path !== '' && Object.hasOwn(SHOWN, path)
}

/** A list or an object with nothing in it says nothing, and ECS fills some in. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
}

class Walker {
  private readonly mask: Mask
  private readonly say: (text: string) => string

  constructor(mask: Mask, say: (text: string) => string) {
    this.mask = mask
    this.say = say
  }

  walk(path: string, value: unknown): unknown {
    // The one command line that they are is read elsewhere.
    if (isEmpty(value) || path === 'entryPoint' || path === 'command') return value
    if (NAMED.has(path)) return this.named(path, value)
    const isShown = FREE.get(path)
    if (isShown !== undefined) return this.free(path, value, isShown)
    if (Array.isArray(value) && (isHarmless(path) || isParent(path))) return value.map(item => this.walk(path, item))
    if (isObject(value) && isParent(path)) {
      return this.members(value, (member, inner) => this.walk(`${path}.${member}`, inner))
    }
    return isHarmless(path) ? this.plain(path, value) : this.mask(path, value, 'part')
  }

  private named(path: string, value: unknown): unknown {
    if (Array.isArray(value)) return value.map(item => this.namedItem(path, item))
    if (isObject(value)) return this.members(value, (name, inner) => this.mask(`${path} ${name}`, inner, 'value'))
    return this.mask(path, value, 'value')
  }

  /** Whatever an item has beside a name, in whatever spelling, may be the value. */
  private namedItem(path: string, item: unknown): unknown {
    if (!isObject(item)) return this.mask(path, item, 'value')
    const name = item.name ?? item.Name
    return this.members(item, (member, inner) => {
      if (typeof inner === 'string' && /^name$/i.test(member)) return this.say(inner)
      const isKnown = path === 'environment' && member === 'value' && item.name === SHOWN_VARIABLE
      return isKnown && typeof inner === 'string' ? inner : this.mask(`${path} ${name} ${member}`, inner, 'value')
    })
  }

  private free(path: string, value: unknown, isShown: (name: string) => boolean): unknown {
    // Of labels people read much elsewhere; an option is there for its driver alone.
    const kind = path === 'dockerLabels' ? 'part' : 'value'
    if (!isObject(value)) return this.mask(path, value, kind)
    return this.members(value, (name, inner) =>
      isShown(name) ? this.plain(`${path} ${name}`, inner) : this.mask(`${path} ${name}`, inner, kind)
    )
  }

  private plain(path: string, value: unknown): unknown {
    if (typeof value === 'number' || typeof value === 'boolean') return value
    if (typeof value !== 'string') return this.mask(path, value, 'part')
    const hide = (credentials: string) => this.mask(`credentials in ${path}`, credentials, 'credentials')
    return this.say(hideCredentials(value, hide, path === 'image' ? 'address' : 'text'))
  }

  private members(value: JsonObject, show: (member: string, inner: unknown) => unknown): JsonObject {
    return Object.fromEntries(
      Object.entries(value).map(([member, inner]) => [this.say(member), show(member, inner)] as const)
    )
  }
}

import { StepError } from '../errors.ts'
import type { Clock } from './buckets.ts'
import type { CallOptions, Ecs, Input, Operation, Output } from './ecs.ts'

/** Where a call says what it asks for, and its answer what was found. */
interface Form {
  readonly asks: string
  readonly finds: string
  /** The member of what was found that is its ARN. */
  readonly arn: string
  /** How many one call may ask for (API reference). */
  readonly most: number
  /** Seconds from the first call in which others may join it. */
  readonly window: number
}

/** Short beside the gap between two looks, long beside the turns of a loop. */
const WINDOW = 0.2
/** Who has asked for service deployments in between comes to the tasks a window later than who has not. */
const WINDOW_OF_TASKS = 0.5

/** The calls that are joined. */
const FORMS: Readonly<Partial<Record<Operation, Form>>> = {
  DescribeServices: { asks: 'services', finds: 'services', arn: 'serviceArn', most: 10, window: WINDOW },
  DescribeServiceDeployments: {
    ...{ asks: 'serviceDeploymentArns', finds: 'serviceDeployments', arn: 'serviceDeploymentArn' },
    most: 20,
    window: WINDOW
  },
  DescribeTasks: { asks: 'tasks', finds: 'tasks', arn: 'taskArn', most: 100, window: WINDOW_OF_TASKS }
} satisfies { [O in Operation]?: Form & { asks: keyof Input<O>; finds: keyof Output<O> } }

/** An object of the API, by its members; the form says which is which. */
type Members = Readonly<Record<string, unknown>>
type Ask = (asked: readonly string[], on: string) => Promise<Members>

interface Window {
  /** What is asked for, with the subject of the call that asked first. */
  readonly asked: Map<string, string>
  /** What is sent when the window closes. */
  readonly batches: Promise<readonly Batch[]>
}

interface Batch {
  readonly asked: ReadonlySet<string>
  readonly answer: Promise<Part>
}

/** An answer, with what it found and what it did not by name: each caller takes its own out of it. */
interface Part {
  readonly answer: Members
  readonly found: ReadonlyMap<string, Members>
  readonly failures: ReadonlyMap<string, Members>
}

/**
 * The same ECS, in which calls that look at single things at about the same time travel together: many who each follow one service then cost
 * no more than one who follows them all. Each is given its own part, in its own order, and the error of a shared call; where
 * that may be about one thing only (a denial, a refused parameter), each one's part is asked for again alone.
 */
export function coalesce(ecs: Ecs, clock: Pick<Clock, 'sleep'>): Ecs {
  const windows = new Map<string, Window>()

  function open(key: string, form: Form, ask: Ask): Window {
    const asked = new Map<string, string>()
    const close = async (): Promise<Batch[]> => {
      try {
        await clock.sleep(form.window)
      } finally {
        windows.delete(key)
      }
      return batchesOf(asked, form, ask)
    }
    const window = { asked, batches: close() }
    windows.set(key, window)
    return window
  }

  async function join(key: string, form: Form, own: readonly string[], on: string, ask: Ask): Promise<Members> {
    const window = windows.get(key) ?? open(key, form, ask)
    for (const each of own) if (!window.asked.has(each)) window.asked.set(each, on)
    const batches = await window.batches
    const alone = async (asked: readonly string[]) => toPart(form, await ask(asked, on))
    const parts = await Promise.all(batches.map(batch => partOf(batch, own, alone)))
    return ownPart(form, own, parts.flat())
  }

  return {
    region: ecs.region,
    async call<O extends Operation>(operation: O, input: Input<O>, options: CallOptions): Promise<Output<O>> {
      const form = FORMS[operation]
      const own = form === undefined ? [] : textsOf((input as Members)[form.asks])
      // A call that is full has nothing to gain by waiting, and one of more than may be asked for is for ECS to refuse.
      if (form === undefined || own.length === 0 || own.length >= form.most || options.repeatable === false) {
        return ecs.call(operation, input, options)
      }
      const ask: Ask = async (asked, on) =>
        (await ecs.call(operation, { ...input, [form.asks]: [...asked] }, { ...options, on })) as Members
      return (await join(keyOf(operation, input as Members, form, options), form, own, options.on, ask)) as Output<O>
    }
  }
}

/** The same for calls that differ in nothing but what they ask for. */
function keyOf(operation: Operation, input: Members, { asks }: Form, { single = false }: CallOptions): string {
  const rest = Object.entries(input).filter(([member, value]) => member !== asks && value !== undefined)
  return JSON.stringify([operation, single, rest.sort(([a], [b]) => (a < b ? -1 : 1))])
}

function batchesOf(asked: ReadonlyMap<string, string>, form: Form, ask: Ask): Batch[] {
  const { most } = form
  const all = [...asked]
  const count = Math.ceil(all.length / most)
  return Array.from({ length: count }, (_, index) => {
    const members = all.slice(index * most, (index + 1) * most)
    const names = members.map(([name]) => name)
    const subjects = new Set(members.map(([, on]) => on))
    return { asked: new Set(names), answer: ask(names, [...subjects].join(', ')).then(answer => toPart(form, answer)) }
  })
}

/** What a batch has for a caller: an answer, or none if the caller has nothing in it. */
async function partOf(
  batch: Batch,
  own: readonly string[],
  alone: (asked: readonly string[]) => Promise<Part>
): Promise<Part[]> {
  const asked = own.filter(each => batch.asked.has(each))
  if (asked.length === 0) return []
  try {
    return [await batch.answer]
  } catch (error) {
    if (!mayBeAboutOne(error) || asked.length === batch.asked.size) throw error
    return [await alone(asked)]
  }
}

function mayBeAboutOne(error: unknown): boolean {
  return error instanceof StepError && ['access-denied', 'refused'].includes(error.code)
}

function ownPart({ finds }: Form, own: readonly string[], parts: readonly Part[]): Members {
  const names = [...new Set(own.map(lastOf))]
  const among = (lists: readonly ReadonlyMap<string, Members>[]) =>
    names.flatMap(name => lists.find(list => list.has(name))?.get(name) ?? [])
  return {
    ...parts[0]?.answer,
    [finds]: among(parts.map(({ found }) => found)),
    failures: among(parts.map(({ failures }) => failures))
  }
}

function toPart({ finds, arn }: Form, answer: Members): Part {
  return { answer, found: byName(answer[finds], arn), failures: byName(answer.failures, 'arn') }
}

/** What is asked for by name or ARN is answered by ARN: the name at the end is the same, and within one call it is nobody else's. */
function byName(list: unknown, arn: string): Map<string, Members> {
  const items = Array.isArray(list) ? (list as Members[]) : []
  return new Map(items.map(item => [lastOf(String(item[arn])), item]))
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? [...new Set(value.map(String))] : []
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

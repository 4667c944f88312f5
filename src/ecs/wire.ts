import type {
  DeserializeMiddleware,
  FinalizeRequestMiddleware,
  MiddlewareStack,
  SerializeMiddleware
} from '@smithy/types'

/** Resolves when a call of the operation may go out. */
export type Pace = (operation: string) => Promise<void>

/** Waits for `pace` before every attempt: within what repeats, so that retries wait as well, and before what signs. */
export function paceAttempts<I extends object, O extends object>(stack: MiddlewareStack<I, O>, pace: Pace): void {
  const waitForPace: FinalizeRequestMiddleware<I, O> = (next, context) => async args => {
    await pace((context.commandName ?? '').replace(/Command$/, ''))
    return next(args)
  }
  stack.addRelativeTo(waitForPace, { name: 'waitForPace', relation: 'after', toMiddleware: 'retryMiddleware' })
}

/** As much of a client of the SDK, and of a command of it, as one raw call needs. */
interface Client<C> {
  send(command: C): Promise<unknown>
}

interface Command<I extends object, O extends object> {
  readonly middlewareStack: MiddlewareStack<I, O>
}

/** What the SDK is left to read of an answer that was read already. */
const NOTHING = Buffer.from('{}')

/** From here on an answer is an error, which the SDK reads: its protocol knows where the error's name stands. */
const FIRST_ERROR = 300

/**
 * Sends one call with `body` as it is and gives the answer as it came. The SDK's model drops, in silence and in both
 * directions, every member that it does not know; so our JSON takes the place of the serializer's before the request is
 * measured and signed, and the answer is read in the deserializer's place.
 */
export async function sendRaw<I extends object, O extends object, C extends Command<I, O>>(
  client: Client<C>,
  command: C & Command<I, O>,
  body: string
): Promise<unknown> {
  let answer: unknown
  const ownBody: SerializeMiddleware<I, O> = next => args =>
    next({ ...args, request: Object.assign(args.request as object, { body }) })
  const readAnswer: DeserializeMiddleware<I, O> = next => async args => {
    const result = await next(args)
    const response = result.response as { statusCode: number; body: AsyncIterable<Uint8Array> | Buffer }
    if (response.statusCode >= FIRST_ERROR) return result
    const chunks: Uint8Array[] = []
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) chunks.push(chunk)
    answer = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    response.body = NOTHING
    return result
  }
  command.middlewareStack.addRelativeTo(ownBody, {
    name: 'ownBody',
    relation: 'after',
    toMiddleware: 'serializerMiddleware'
  })
  command.middlewareStack.addRelativeTo(readAnswer, {
    name: 'readAnswer',
    relation: 'after',
    toMiddleware: 'deserializerMiddleware'
  })
  await client.send(command)
  return answer
}

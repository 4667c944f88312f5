import { type Definition, objectsOf, textOf } from '../task-definition/definition.ts'
import { hideArguments } from './arguments.ts'

/** Shorter values stand in too many words to be told apart from them. */
const SHORTEST = 4

/** What half of all containers have in their environment, and nobody keeps secret: hidden, it would only garble messages. */
const COMMON =
  /^(?:true|false|null|none|info|debug|trace|warn|warning|error|json|text|test|testing|staging|production|development|prod|utf-?8|localhost|0\.0\.0\.0|127\.0\.0\.1|https?|node)$/i

/**
 * What a log line of one of its containers may show and we must not: values of the environment, of arguments that we do not know, the
 * org id, credentials in URLs.
 */
export function secretsOf({ containerDefinitions }: Definition): string[] {
  const found = containerDefinitions.flatMap(container => {
    const hidden: unknown[] = []
    hideArguments(container, (_place, value) => {
      hidden.push(value)
      return ''
    })
    const environment = objectsOf(container.environment).filter(({ name }) => name !== 'LEVO_AWS_REGION')
    return [...hidden, ...environment.map(({ value }) => value), ...objectsOf(container.secrets).map(s => s.valueFrom)]
  })
  // A log has a value of several lines line by line.
  const lines = found.flatMap(value => textOf(value)?.split(/\r?\n/) ?? []).map(line => line.trim())
  return [...new Set(lines)].filter(text => text.length >= SHORTEST && !COMMON.test(text))
}

import { hideCredentials, type Option } from './option.ts'
import { OPTIONS, type OptionName, type Values } from './table.ts'

/** The names of options that were given, well or badly: an empty text is one not given. */
export function givenIn(raw: Readonly<Record<string, string>>): ReadonlySet<string> {
  return new Set(Object.keys(raw).filter(name => raw[name]?.trim()))
}

/** Each option's value by itself, and what is wrong with it. */
export function parseValues(raw: Readonly<Record<string, string>>): { values: Values; problems: string[] } {
  const problems: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, option] of Object.entries<Option<unknown>>(OPTIONS)) {
    const given = raw[name]
    const text = given === undefined || given.trim() === '' ? option.default : given
    if (text === undefined) continue
    const parsed = option.parse(text)
    if ('value' in parsed) values[name] = parsed.value
    else problems.push(`${name}: ${parsed.must}${came(parsed.came, option, text)}`)
  }
  return { values: values as Values, problems }
}

function came(found: string | undefined, option: Option<unknown>, text: string): string {
  if (found !== undefined) return `, not ${found}`
  return option.secret === true ? '' : `, not "${hideCredentials(text.trim())}"`
}

/** What installing a sensor needs and is not there. */
export function lackingIn(values: Values): OptionName[] {
  return (Object.keys(OPTIONS) as OptionName[]).filter(
    name => (OPTIONS[name] as Option<unknown>).required === true && values[name] === undefined
  )
}

// What the help and the output of a sensor say of the arguments that we give it: pure, for scripts/check-sensor.ts. The help is that of
// spf13/pflag, which names a flag's type behind it, or a word of its description.
import { FLAGS, type Flag } from '../src/sensor/flags.ts'

/** Types of flags by name, `` where a flag takes no value. Throws for a text that lists none. */
export function flagsOf(help: string): Map<string, string> {
  const lines = help.matchAll(/^ +(?:-\w, )?--([\w-]+)(?: (\S+))?(?: {2,}.*)?$/gm)
  const flags = new Map([...lines].map(([, name = '', type = '']) => [name, type]))
  if (flags.size === 0) throw new Error(`this is no help that lists flags:\n${help}`)
  return flags
}

const WHOLE = /^u?int(8|16|32|64)?$/
const OTHER_LISTS = ['string', 'stringArray']

/** What our arguments (flag and value by turns) meet in the help; `lacking` are flags that this image is known not to have. */
export function problemsOfHelp(args: readonly string[], help: string, lacking: readonly string[] = []): string[] {
  const flags = flagsOf(help)
  const isKnown = (name: string): name is Flag => Object.hasOwn(FLAGS, name)
  const missing = Object.keys(FLAGS).filter(name => !flags.has(name) && !lacking.includes(name))
  const found = lacking.filter(name => flags.has(name))
  return [
    ...missing.map(name => `--${name} is not in the help`),
    ...found.map(name => `--${name} is in the help, although it is said to be missing`),
    ...pairsOf(args).flatMap(([name, value]) => {
      const type = flags.get(name)
      if (type === undefined) return []
      if (type === '') return `--${name} takes no value`
      if (WHOLE.test(type) && !/^\d+$/.test(value)) return `--${name} takes whole numbers, not ${value}`
      const isList = isKnown(name) && FLAGS[name].kind === 'expressions'
      if (isList && OTHER_LISTS.includes(type)) return `--${name} is a ${type}, which reads no CSV`
      return []
    })
  ]
}

function pairsOf(args: readonly string[]): [string, string][] {
  const pairs: [string, string][] = []
  for (let index = 0; index < args.length; index += 2) {
    pairs.push([(args[index] ?? '').replace(/^--/, ''), args[index + 1] ?? ''])
  }
  return pairs
}

const COMPLAINTS = [
  /unknown (shorthand )?flag/,
  /unknown command/,
  /invalid argument/,
  /flag needs an argument/,
  /bad flag syntax/,
  /failed to compile/,
  /failed to set BPF filter/
]

/** The lines in which a sensor that was started refuses its arguments. */
export function complaintsIn(output: string): string[] {
  return output.split(/\r?\n/).filter(line => COMPLAINTS.some(complaint => complaint.test(line)))
}

// Writes the parts of action.yml and README.md, and the page of inputs, that come from the tables of options and outputs. With --check it
// only compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type Option, SECTIONS } from '../src/options/option.ts'
import { OPTIONS } from '../src/options/table.ts'
import { OUTPUTS } from '../src/report/outputs.ts'
import { shownDefault, writeInputsPage } from './inputs-page/page.ts'

const options = Object.entries<Option<unknown>>(OPTIONS)

function yamlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function actionInputs(): string {
  return options
    .map(([name, option]) => {
      const text = defaultText(option)
      const fallback = text === undefined ? [] : [`    default: ${yamlText(text)}`]
      return [
        `  ${name}:`,
        `    description: ${yamlText(option.description)}`,
        '    required: false',
        ...fallback
      ].join('\n')
    })
    .join('\n')
}

function actionOutputs(): string {
  return Object.entries(OUTPUTS)
    .map(([name, description]) => `  ${name}:\n    description: ${yamlText(description)}`)
    .join('\n')
}

function readmeInputs(): string {
  return Object.entries(SECTIONS)
    .map(([section, title]) => {
      const rows = options
        .filter(([, option]) => option.section === section)
        .map(
          ([name, option]) =>
            `| [\`${name}\`](docs/inputs.md#${name}) | ${defaultOf(option)} | ${option.description.replaceAll('|', '\\|')} |`
        )
      return `**${title}**\n\n| input | default | meaning |\n| --- | --- | --- |\n${rows.join('\n')}`
    })
    .join('\n\n')
}

function defaultText({ default: text, expression }: Option<unknown>): string | undefined {
  return expression === undefined ? text : `\${{ ${expression} }}`
}

function defaultOf(option: Option<unknown>): string {
  if (option.required === true) return '**required**'
  const text = shownDefault(option)
  return text === undefined ? '' : `\`${text}\``
}

function readmeOutputs(): string {
  const rows = Object.entries(OUTPUTS).map(([name, description]) => `| \`${name}\` | ${description} |`)
  return `| output | meaning |\n| --- | --- |\n${rows.join('\n')}`
}

/** Replaces what stands between the markers of `block`; the markers stay. */
function fill(text: string, block: string, content: string, [open, close]: readonly [string, string]): string {
  const begin = `${open}begin ${block}${close}`
  const end = `${open}end ${block}${close}`
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`the markers "${begin}" and "${end}" are missing`)
  const indent = /[^\n]*$/.exec(text.slice(0, to))?.[0] ?? ''
  return `${text.slice(0, from + begin.length)}\n${content}\n${indent}${text.slice(to)}`
}

const inputsPage = await writeInputsPage()

const FILES: readonly { readonly path: string; readonly write: (text: string) => string }[] = [
  {
    path: 'action.yml',
    write: text => fill(fill(text, 'inputs', actionInputs(), ['# ', '']), 'outputs', actionOutputs(), ['# ', ''])
  },
  { path: 'docs/inputs.md', write: () => inputsPage },
  {
    path: 'README.md',
    write: text =>
      fill(fill(text, 'inputs', readmeInputs(), ['<!-- ', ' -->']), 'outputs', readmeOutputs(), ['<!-- ', ' -->'])
  }
]

const check = process.argv.includes('--check')
for (const { path, write } of FILES) {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const after = write(before)
  if (before === after) continue
  if (check) {
    console.error(`${path} is not what the tables say: run npm run metadata`)
    process.exitCode = 1
  } else writeFileSync(path, after)
}

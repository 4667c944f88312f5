// Markdown as GitHub shows it, as far as our reports need that, and a picture of it from a real browser.
import { execFile } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { Marked, type Tokens } from 'marked'
import { shrinkPng } from './picture-png.ts'

export interface Look {
  readonly theme: 'light' | 'dark'
  /** In CSS pixels: 1012 is GitHub's page of a job summary, about 700 that of a comment. */
  readonly width: number
  /** Device pixels for a CSS pixel. */
  readonly scale: number
  /** Whether every folded part is opened. */
  readonly unfolded?: boolean
  /** Comments end a line where the text does; files do not. */
  readonly breaks?: boolean
}

export interface Page {
  readonly html: string
  /** What GitHub would not show as it is written. */
  readonly faults: readonly string[]
}

/** Of GitHub's allowlist (html-pipeline's SanitizationFilter) what a report may want. */
const TAGS = [
  'details',
  'summary',
  'sub',
  'sup',
  'br',
  'hr',
  'kbd',
  'b',
  'i',
  'strong',
  'em',
  'code',
  'pre',
  'p',
  'del',
  'ins'
]

/** A whole page; `faults` says what GitHub strips from the Markdown or makes something else of. */
export function toPage(markdown: string, look: Look): Page {
  const faults = new Set<string>()
  const marked = new Marked({
    gfm: true,
    breaks: look.breaks ?? false,
    renderer: {
      html: ({ text }) => sanitize(text, look, faults),
      code: ({ text, lang }) =>
        `<div class="highlight"><pre>${lang === 'diff' ? colour(text) : quote(text)}</pre></div>\n`,
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens)
        if (/^https?:/.test(href)) return `<a href="${quote(href)}" rel="nofollow">${text}</a>`
        faults.add(`not a link from everywhere: ${href}`)
        return text
      }
    },
    walkTokens: token => {
      if (token.type === 'text' && !('tokens' in token && token.tokens))
        findRewritten((token as Tokens.Text).text, faults)
    }
  })
  const body = marked.parse(markdown, { async: false })
  return { html: pageOf(body, look.theme), faults: [...faults] }
}

function sanitize(text: string, { unfolded }: Look, faults: Set<string>): string {
  const shown = text.replace(/<!--[\s\S]*?-->/g, '')
  return shown.replace(/<(\/?)([a-z][\w-]*)([^>]*)>/gi, (tag, slash: string, name: string, attributes: string) => {
    if (!TAGS.includes(name.toLowerCase()) || !/^(?: open)?$/.test(attributes)) {
      faults.add(`not allowed by GitHub, or not by this script: ${tag}`)
      return ''
    }
    const open = name === 'details' && slash === '' && unfolded ? ' open' : attributes
    return `<${slash}${name}${open}>`
  })
}

/** In text (not in code) GitHub makes links of mentions and issues, and pictures of emoji's names: also of `secret` in an ARN. */
function findRewritten(text: string, faults: Set<string>): void {
  for (const [found] of text.matchAll(
    /(?<![\w`/.@-])@[a-z\d][a-z\d-]*|(?<![\w&/])#\d+\b|:(?:secret|key|id|x|o|m):/gi
  )) {
    faults.add(`GitHub makes something else of ${found.trim()} in: ${text.slice(0, 160)}`)
  }
}

/** The classes of GitHub's highlighter for the scopes of the TextMate grammar for diffs; the first that fits holds. */
const SCOPES: readonly (readonly [RegExp, string])[] = [
  [/^@@.+?@@/, 'pl-mdr'],
  [/^-{3} .+/, 'pl-md'],
  [/^\+{3} .+/, 'pl-mi1'],
  [/^(?:\+.*|>(?: .*)?$)/, 'pl-mi1'],
  [/^!.*/, 'pl-mc'],
  [/^(?:-.*|<(?: .*)?$)/, 'pl-md']
]

function colour(diff: string): string {
  const lines = diff.split('\n').map(line => {
    const scope = SCOPES.find(([pattern]) => pattern.test(line))
    const marked = scope === undefined ? '' : (scope[0].exec(line)?.[0] ?? '')
    const rest = quote(line.slice(marked.length))
    return scope === undefined ? rest : `<span class="${scope[1]}">${quote(marked)}</span>${rest}`
  })
  return lines.join('\n')
}

function quote(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** Leaves the height, and what has to be scrolled sideways, where `--dump-dom` shows it. */
const MEASURE = `const wide = [...document.querySelectorAll('table, pre')].filter(part => part.scrollWidth > part.clientWidth);
document.body.dataset.height = Math.ceil(document.body.getBoundingClientRect().height);
document.body.dataset.wide = wide.map(part => part.tagName.toLowerCase() + ' of ' + part.scrollWidth).join(', ')`

function pageOf(body: string, theme: Look['theme']): string {
  const css = readFileSync(
    createRequire(import.meta.url).resolve(`github-markdown-css/github-markdown-${theme}.css`),
    'utf8'
  )
  return `<!doctype html><html><head><meta charset="utf-8"><style>${css}
    body { margin: 0 } .markdown-body { padding: 24px } .markdown-body > :last-child { margin-bottom: 0 }</style></head>
    <body><article class="markdown-body">${body}</article><script>${MEASURE}</script></body></html>`
}

export interface Picture {
  readonly height: number
  /** What is too wide for the page; empty when nothing is. */
  readonly wide: string
}

/** Writes a PNG of exactly the page's height. */
export async function takePicture(browser: string, html: string, look: Look, file: string): Promise<Picture> {
  const folder = await mkdtemp(join(tmpdir(), 'picture-'))
  try {
    const page = join(folder, 'page.html')
    await writeFile(page, html)
    const start = (height: number, ...flags: string[]) =>
      promisify(execFile)(
        browser,
        [
          '--headless=new',
          '--hide-scrollbars',
          // Coloured edges of letters are many more colours.
          '--disable-lcd-text',
          `--user-data-dir=${join(folder, 'profile')}`,
          // Chromium refuses root its sandbox; the page is our own.
          ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
          `--window-size=${look.width},${height}`,
          `--force-device-scale-factor=${look.scale}`,
          ...flags,
          pathToFileURL(page).href
        ],
        { timeout: 60_000, maxBuffer: 64 * 1024 * 1024 }
      )
    const { stdout } = await start(1000, '--dump-dom')
    const [, wide = ''] = /<body[^>]* data-wide="([^"]*)"/.exec(stdout) ?? []
    const height = Number(/<body[^>]* data-height="(\d+)"/.exec(stdout)?.[1])
    if (!(height > 0)) throw new Error(`${browser} did not say how high the page is:\n${stdout.slice(0, 500)}`)
    // A window is not lower than its own frame, which a picture does not show.
    await start(Math.max(height, 200), `--screenshot=${file}`)
    await writeFile(file, shrinkPng(await readFile(file)))
    return { height, wide }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** What `CHROMIUM` names, else the first of the usual commands that is there. */
export function findBrowser({ CHROMIUM, PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  const names = CHROMIUM ? [CHROMIUM] : BROWSERS
  const candidates = names.flatMap(name =>
    /[\\/]/.test(name) ? [name] : PATH.split(delimiter).map(folder => join(folder, name))
  )
  return candidates.find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

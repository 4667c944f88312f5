/** What the page of an input says beyond the table of options. */
export interface InputNotes {
  /** A value as it stands under `with:`; it goes through the input's own parser. */
  readonly example: string
  /** Markdown: what it is good for, what goes with it, what it is not. An input's name in backticks becomes a link. */
  readonly notes?: string
  /** The modes that it is of, where no command has such a flag. */
  readonly modes?: readonly string[]
}

/** What the runner evaluates. */
export const expression = (text: string): string => `\${{ ${text} }}`

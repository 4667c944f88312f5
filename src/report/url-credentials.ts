/** Up to the last `@` of the word: a password may hold anything, and what is hidden too much is only not read. */
const ANYWHERE = /(?<scheme>[a-z][a-z0-9+.-]{0,30}:\/\/)\S*@|(?<![^\s"'=,])[^\s"'=,/@:]*:\S*@(?!sha\d+:)/gi

/** Where a URL is meant, what stands before an `@` is a user or a token also without a colon; but the digest of an image is none. */
const IN_ADDRESS = /(?<scheme>[a-z][a-z0-9+.-]{0,30}:\/\/)\S*@|(?<![^\s"'])[^\s"']\S*@(?!sha\d+:)/gi

/** Shows a text without the users and passwords of URLs in it, also of such as have no scheme. */
export function hideCredentials(
  text: string,
  mask: (credentials: string) => string,
  kind: 'text' | 'address' = 'text'
): string {
  // So of most texts nothing has to be compiled.
  if (!text.includes('@')) return text
  return text.replace(kind === 'text' ? ANYWHERE : IN_ADDRESS, (found: string, scheme: string | undefined) => {
    const start = scheme?.length ?? 0
    return `${found.slice(0, start)}${mask(found.slice(start, -1))}@`
  })
}

/** Credentials in a text, with their passwords: those that end with the URL's host, and those that end with its last `@`. */
export function credentialsIn(text: string): string[] {
  if (!text.includes('@')) return []
  const found: string[] = [...text.matchAll(/[a-z][a-z0-9+.-]{0,30}:\/\/([^\s/?#]*)@/gi)].map(
    ([, authority = '']) => authority
  )
  hideCredentials(text, credentials => {
    found.push(credentials)
    return ''
  })
  return found.flatMap(partsOf)
}

/** User and password, and the password alone, as they are written and decoded. */
export function partsOf(credentials: string): string[] {
  const password = credentials.includes(':') ? credentials.slice(credentials.indexOf(':') + 1) : ''
  return [credentials, password].flatMap(part => [part, decoded(part)]).filter(part => part !== '')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

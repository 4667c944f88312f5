/** Shorter passwords stand in too many words to be told apart from them. */
const SHORTEST = 4

/** What no output may show of the proxies that the environment names: user and password, as they are written and decoded. */
export function proxyCredentials(variables: Readonly<Record<string, string | undefined>>): string[] {
  const proxies = Object.entries(variables).filter(([name]) => /^(https?|all)_proxy$/i.test(name))
  const found = proxies.flatMap(([, url = '']) => {
    const credentials = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(.*)@/i.exec(url.trim())?.[1] ?? ''
    const password = credentials.split(':').slice(1).join(':')
    return [credentials, ...(password.length < SHORTEST ? [] : [password])]
  })
  return [...new Set(found.flatMap(text => [text, decoded(text)]))].filter(text => text !== '')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

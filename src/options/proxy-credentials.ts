/** What no output may show of the proxies that the environment names: user and password, as they are written and decoded. */
export function proxyCredentials(variables: Readonly<Record<string, string | undefined>>): string[] {
  const proxies = Object.entries(variables).filter(([name]) => /^(https?|all)_proxy$/i.test(name))
  const found = proxies.flatMap(([, url = '']) => {
    return spelledOut(/^(?:[a-z][a-z0-9+.-]*:\/\/)?(.*)@/i.exec(url.trim())?.[1])
  })
  return [...new Set(found)]
}

/** User and password as a URL has them, and the password alone, both as they are written and decoded. */
export function spelledOut(credentials = ''): string[] {
  const colon = credentials.indexOf(':')
  const parts = colon < 0 ? [credentials] : [credentials, credentials.slice(colon + 1)]
  return [...new Set(parts.flatMap(text => [text, decoded(text)]))].filter(text => text !== '')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

import { expect, test } from '@jest/globals'
import { readChallenge } from '../../src/registry/challenge.ts'

const REALM = 'https://auth.example.com/token'

test.each([
  [
    `Bearer realm="${REALM}",service="s",scope="repository:a/b:pull"`,
    { realm: REALM, service: 's', scope: 'repository:a/b:pull' }
  ],
  [
    `bearer scope="repository:a:pull,push" , service=s, realm="${REALM}"`,
    { realm: REALM, service: 's', scope: 'repository:a:pull,push' }
  ],
  [`Bearer realm="${REALM}"`, { realm: REALM }],
  [`Basic realm="x", Bearer realm="${REALM}",service="s"`, { realm: REALM, service: 's' }],
  [`Bearer realm="${REALM}?a=\\"b\\""`, { realm: `${REALM}?a="b"` }]
])('%s', (header, challenge) => expect(readChallenge(header)).toEqual(challenge))

test.each([undefined, '', 'Basic realm="x"', 'Bearer', 'Bearer service="s"', 'Negotiate'])('%j is none', header =>
  expect(readChallenge(header)).toBeUndefined()
)

import { generateKeyPairSync, sign } from 'node:crypto'

/** A value of ASN.1 in DER. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const SEQUENCE = 0x30
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const text = (tag: number, value: string) => der(tag, Buffer.from(value, 'latin1'))

/** A key and a certificate that it signed itself for one host name: TLS on loopback without a key in the repository. */
export function certificateFor(host: string): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const ecdsaWithSha256 = der(SEQUENCE, oid('2a8648ce3d040302'))
  const name = der(SEQUENCE, der(0x31, der(SEQUENCE, oid('550403'), text(0x0c, host))))
  const names = der(SEQUENCE, text(0x82, host))
  const authority = der(SEQUENCE, Buffer.from('0101ff', 'hex'))
  const extensions = [
    der(SEQUENCE, oid('551d11'), der(0x04, names)),
    der(SEQUENCE, oid('551d13'), der(0x01, Buffer.from([0xff])), der(0x04, authority))
  ]
  const certificate = der(
    SEQUENCE,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    der(SEQUENCE, text(0x17, '200101000000Z'), text(0x17, '491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(SEQUENCE, ...extensions))
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', certificate, privateKey))
  const whole = der(SEQUENCE, certificate, ecdsaWithSha256, signature).toString('base64')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${whole.match(/.{1,64}/g)?.join('\n')}\n-----END CERTIFICATE-----\n`
  }
}

import { createHash } from 'node:crypto'

/** Identifiers that look like those of ECS and are the same in each run: made from a running number. */
function digest(sequence: number): Buffer {
  return createHash('sha256').update(`identifier ${sequence}`).digest()
}

/** `ecs-svc/` and 19 digits: more than a JavaScript number can hold, as in ECS. */
export function deploymentId(sequence: number): string {
  const digits = (digest(sequence).readBigUInt64BE() % 9_000_000_000_000_000_000n) + 1_000_000_000_000_000_000n
  return `ecs-svc/${digits}`
}

/** The 21 characters at the end of a service deployment's ARN. */
export function serviceDeploymentId(sequence: number): string {
  return digest(sequence).toString('base64url').slice(0, 21)
}

export function uuid(sequence: number): string {
  const hex = digest(sequence).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

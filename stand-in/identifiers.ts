import { createHash } from 'node:crypto'

/** Identifiers that look like those of ECS and are the same in each run: made from a running number. */
function digest(sequence: number): Buffer {
  return createHash('sha256').update(`identifier ${sequence}`).digest()
}

/** `ecs-svc/` and 19 digits: more than a JavaScript number can hold, as in ECS. */
export function deploymentId(sequence: number): string {
  return `ecs-svc/${serviceRevisionId(sequence)}`
}

/** The 19 digits at the end of a service revision's ARN. */
export function serviceRevisionId(sequence: number): string {
  const digits = (digest(sequence).readBigUInt64BE() % 9_000_000_000_000_000_000n) + 1_000_000_000_000_000_000n
  return String(digits)
}

/** The 21 characters at the end of a service deployment's ARN. */
export function serviceDeploymentId(sequence: number): string {
  return digest(sequence).toString('base64url').slice(0, 21)
}

export function uuid(sequence: number): string {
  const hex = digest(sequence).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

/** The 32 hexadecimal digits at the end of a task's ARN. */
export function taskId(sequence: number): string {
  return digest(sequence).toString('hex').slice(0, 32)
}

/** What Fargate calls one run of a container: another one after each restart. */
export function runtimeId(task: string, sequence: number): string {
  return `${task}-${digest(sequence).readUInt32BE()}`
}

/** `d-` and nine capital letters or digits. */
export function codeDeployId(sequence: number): string {
  return `d-${BigInt(`0x${digest(sequence).toString('hex')}`)
    .toString(36)
    .toUpperCase()
    .slice(0, 9)}`
}

/** The digest that an image is pinned to, else one that is made from its name. */
export function imageDigest(image: string): string {
  return /@(sha256:[\da-f]{64})$/.exec(image)?.[1] ?? `sha256:${createHash('sha256').update(image).digest('hex')}`
}

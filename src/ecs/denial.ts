import { RIGHTS, resourceFor, statementFor } from '../policy/statements.ts'
import type { RightfulCall } from './ecs.ts'

/** What kind of policy a denial is about, as IAM words it ("Troubleshoot access denied error messages", IAM user guide). */
export type PolicyKind =
  | 'identity-based policy'
  | 'resource-based policy'
  | 'permissions boundary'
  | 'session policy'
  | 'service control policy'
  | 'resource control policy'
  | 'VPC endpoint policy'

export interface Denial {
  /** Who asked: a role's session, a user. */
  readonly principal?: string | undefined
  readonly action: string
  readonly resource: string
  /** Absent where the service does not say. */
  readonly kind?: PolicyKind | undefined
  /** A policy forbids it, where otherwise none allows it. */
  readonly explicit: boolean
  /** The policy that forbids it, where it is named. */
  readonly policy?: string | undefined
}

const DENIED = /is not authorized to perform:\s*(\S+)(?:\s+on resource:\s*(\S+))?/i
const PRINCIPAL = /User:\s*(\S+)\s+is not authorized/i
const KIND =
  /(?:because no|with an explicit deny in an?) (identity-based policy|resource-based policy|permissions boundary|session policy|service control policy|resource control policy|VPC endpoint policy)(?::\s*(arn:\S+))?/i

/** Reads a denial, in any of the forms that services have for it; what it leaves out is what the call needs. */
export function readDenial(message: string, operation: RightfulCall, on: string): Denial {
  const [, action = RIGHTS[operation].action, resource = resourceFor(operation, on)] = DENIED.exec(message) ?? []
  const [, kind, policy] = KIND.exec(message) ?? []
  return {
    principal: PRINCIPAL.exec(message)?.[1],
    action: bare(action),
    resource: bare(resource),
    kind: KINDS.find(known => known.toLowerCase() === kind?.toLowerCase()),
    explicit: /explicit deny/i.test(message),
    policy: policy && bare(policy)
  }
}

export function isDenial(name: string, message: string): boolean {
  return DENIED.test(message) || /^(AccessDenied|UnauthorizedOperation)/.test(name)
}

function bare(text: string): string {
  return text.replace(/[.,;]$/, '')
}

/** What to do about it: whose policy lacks what, or which deny stands in the way. */
export function remedyOf(denial: Denial): string {
  const { kind, explicit, policy, principal } = denial
  const statement = statementFor(denial.action, denial.resource)
  if (explicit) {
    const where = kind === undefined ? 'a policy' : `${articled(kind)}${policy === undefined ? '' : ` (${policy})`}`
    return `An explicit deny in ${where} forbids this to ${who(principal)}: no statement that allows it helps, that deny has to be narrowed.`
  }
  return `${kind === undefined ? UNKNOWN : ADVICE[kind]}${principal === undefined ? '' : ` (asked by ${principal})`}:\n${statement}`
}

const UNKNOWN = 'Add this statement to the policy of the role that runs this step'

/** Where the statement has to stand, by the kind of policy that lacks it. */
const ADVICE: Readonly<Record<PolicyKind, string>> = {
  'identity-based policy': UNKNOWN,
  'resource-based policy':
    'The policy of the resource does not allow it. Add this statement there, with the role as Principal',
  'permissions boundary':
    'The permissions boundary of the role does not allow it, whatever its policies say. Whoever owns the boundary has to add this statement',
  'session policy':
    'The policy that the session was begun with does not allow it (inline-session-policy, managed-session-policies of the credentials step). Add this statement there',
  'service control policy':
    'A service control policy of the organization does not allow it, whatever the role may do. Whoever owns it has to add this statement',
  'resource control policy':
    'A resource control policy of the organization does not allow it, whatever the role may do. Whoever owns it has to add this statement',
  'VPC endpoint policy':
    'The policy of the VPC endpoint that the runner goes through does not allow it. Add this statement there'
}

const KINDS = Object.keys(ADVICE) as PolicyKind[]

function articled(kind: PolicyKind): string {
  return `${kind.startsWith('i') ? 'an' : 'a'} ${kind}`
}

function who(principal: string | undefined): string {
  return principal ?? 'the role that runs this step'
}

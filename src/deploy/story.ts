import type { Conclusion } from './conclude.ts'
import type { Deployment, FollowOptions } from './deployment.ts'
import type { Finding, Subject } from './post-mortem.ts'
import type { RollBack } from './roll-back.ts'
import type { Expectation, Settled } from './settle.ts'

/** All that is known of how one service's deployment came out. */
export interface Story {
  readonly deployment: Deployment
  readonly conclusion: Conclusion
  readonly settled: Settled | undefined
  readonly findings: readonly Finding[]
  readonly back: RollBack | undefined
  readonly options: FollowOptions
  readonly expect: Expectation
  readonly subject: Subject
}

/** What runs already was not deployed here: it was only looked at. */
export function isLook({ deployment }: Story): boolean {
  return deployment.outcome === 'already-running'
}

export function deployerOf({ codeDeployDeploymentId }: Deployment): 'CodeDeploy' | 'ECS' {
  return codeDeployDeploymentId === undefined ? 'ECS' : 'CodeDeploy'
}

/** ECS ends some of its reasons with a full stop, and some not. */
export function sentence(reason: string): string {
  // A statement to paste into a policy stays as it is.
  return reason.endsWith('}') ? reason : `${reason.replace(/\.+$/, '')}.`
}

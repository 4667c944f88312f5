/** Where a partition's console is; the isolated ones have none that could be linked to. */
const CONSOLES: Readonly<Record<string, (region: string) => string>> = {
  aws: region => `${region}.console.aws.amazon.com`,
  'aws-cn': region => `${region}.console.amazonaws.cn`,
  'aws-us-gov': region => `${region}.console.amazonaws-us-gov.com`,
  // The European Sovereign Cloud: no name with a Region in front is documented.
  'aws-eusc': () => 'console.amazonaws-eusc.eu'
}

/** The console's page of a revision, of a task or of a service's deployments; undefined where the partition's console is not known. */
export function consoleLink(arn: string): string | undefined {
  const [, partition = '', , region = '', , ...rest] = arn.split(':')
  const host = CONSOLES[partition]?.(region)
  if (host === undefined || arn.includes('*')) return undefined
  const base = `https://${host}/ecs/v2`
  const [kind, first = '', second] = rest.join(':').split('/')
  if (kind === 'task-definition') {
    const [family, revision = ''] = first.split(':')
    if (!/^\d+$/.test(revision)) return undefined
    return `${base}/task-definitions/${family}/${revision}/containers?region=${region}`
  }
  if (kind === 'task' && second !== undefined)
    return `${base}/clusters/${first}/tasks/${second}/configuration?region=${region}`
  if (kind === 'service' && second !== undefined) {
    return `${base}/clusters/${first}/services/${second}/deployments?region=${region}`
  }
  return undefined
}

/** The page of a deployment by CodeDeploy, in the Region and partition of an ARN. */
export function codeDeployLink(id: string, arn: string): string | undefined {
  const [, partition = '', , region = ''] = arn.split(':')
  const host = CONSOLES[partition]?.(region)
  return host && `https://${host}/codesuite/codedeploy/deployments/${id}?region=${region}`
}

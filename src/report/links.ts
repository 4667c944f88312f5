const CONSOLES: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com'
}

/** The console's page of a revision or of a service's deployments; undefined where the partition's console is not known. */
export function consoleLink(arn: string): string | undefined {
  const [, partition = '', , region = '', , ...rest] = arn.split(':')
  const host = CONSOLES[partition]
  if (host === undefined) return undefined
  const base = `https://${region}.${host}/ecs/v2`
  const [kind, first = '', second] = rest.join(':').split('/')
  if (kind === 'task-definition') {
    const [family, revision] = first.split(':')
    return `${base}/task-definitions/${family}/${revision}/containers?region=${region}`
  }
  if (kind === 'service' && second !== undefined) {
    return `${base}/clusters/${first}/services/${second}/deployments?region=${region}`
  }
  return undefined
}

interface Partition {
  /** What the names of its Regions look like. */
  readonly names: RegExp
  readonly regions: readonly string[]
}

/**
 * The Regions of each partition, those that have to be opted in to as well. Source: the SDK's own data for endpoints (@aws-sdk/core,
 * `util-endpoints/lib/aws/partitions`), which it keeps to itself; a test compares the two, so that an update of the SDK brings new ones.
 */
export const PARTITIONS: Readonly<Record<string, Partition>> = {
  aws: {
    names: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
    regions: [
      ...['af-south-1', 'ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1'],
      ...['ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5'],
      ...['ap-southeast-6', 'ap-southeast-7', 'ca-central-1', 'ca-west-1', 'eu-central-1', 'eu-central-2'],
      ...['eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'il-central-1'],
      ...['me-central-1', 'me-south-1', 'me-west-1', 'mx-central-1', 'sa-east-1', 'sa-west-1'],
      ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2']
    ]
  },
  'aws-cn': { names: /^cn-\w+-\d+$/, regions: ['cn-north-1', 'cn-northwest-1'] },
  'aws-eusc': { names: /^eusc-(de)-\w+-\d+$/, regions: ['eusc-de-east-1'] },
  'aws-iso': { names: /^us-iso-\w+-\d+$/, regions: ['us-iso-east-1', 'us-iso-west-1'] },
  'aws-iso-b': { names: /^us-isob-\w+-\d+$/, regions: ['us-isob-east-1', 'us-isob-west-1'] },
  'aws-iso-e': { names: /^eu-isoe-\w+-\d+$/, regions: ['eu-isoe-west-1'] },
  'aws-iso-f': { names: /^us-isof-\w+-\d+$/, regions: ['us-isof-east-1', 'us-isof-south-1'] },
  'aws-us-gov': { names: /^us-gov-\w+-\d+$/, regions: ['us-gov-east-1', 'us-gov-west-1'] }
}

/** All Regions of the partition that a Region is in, and the Region itself when it is newer than this list. */
export function regionsBeside(region: string): string[] {
  const partition = Object.values(PARTITIONS).find(({ names }) => names.test(region))
  return [...new Set([...(partition?.regions ?? []), region])].sort()
}

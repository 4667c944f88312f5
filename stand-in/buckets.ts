interface Bucket {
  operations: readonly string[]
  burst: number
  /** Tokens a second. */
  refill: number
}

/** AWS, "Request throttling for the Amazon ECS API". What is in none of them is not throttled here. */
const BUCKETS: readonly Bucket[] = [
  { operations: ['RegisterTaskDefinition', 'DeregisterTaskDefinition'], burst: 20, refill: 1 },
  {
    operations: ['DescribeTaskDefinition', 'ListTaskDefinitions', 'ListTaskDefinitionFamilies'],
    burst: 50,
    refill: 20
  },
  { operations: ['UpdateService'], burst: 50, refill: 5 },
  { operations: ['DescribeServices', 'ListServices'], burst: 100, refill: 20 },
  { operations: ['ListServiceDeployments', 'DescribeServiceDeployments'], burst: 50, refill: 20 },
  { operations: ['DescribeServiceRevisions'], burst: 50, refill: 20 },
  { operations: ['ListClusters', 'DescribeClusters'], burst: 50, refill: 20 },
  { operations: ['ListTasks', 'DescribeTasks'], burst: 100, refill: 20 },
  { operations: ['TagResource', 'UntagResource'], burst: 20, refill: 10 },
  { operations: ['ListTagsForResource'], burst: 50, refill: 20 }
]

const BUCKET_OF = new Map(BUCKETS.flatMap(bucket => bucket.operations.map(operation => [operation, bucket] as const)))

/** What is left in each bucket of one account and Region. */
export class Buckets {
  private readonly left = new Map<Bucket, { tokens: number; at: number }>()

  /** Whether a call may pass at this time, in seconds; one that does takes a token. */
  take(operation: string, now: number): boolean {
    const bucket = BUCKET_OF.get(operation)
    if (bucket === undefined) return true
    const { tokens, at } = this.left.get(bucket) ?? { tokens: bucket.burst, at: now }
    const filled = Math.min(bucket.burst, tokens + Math.max(now - at, 0) * bucket.refill)
    const passes = filled >= 1
    this.left.set(bucket, { tokens: passes ? filled - 1 : filled, at: now })
    return passes
  }
}

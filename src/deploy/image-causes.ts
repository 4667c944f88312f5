import { bySide, REACH_AWS, type Saying } from './sayings.ts'

const ECR_RIGHTS =
  'For ECR the execution role needs ecr:GetAuthorizationToken, ecr:BatchCheckLayerAvailability, ecr:GetDownloadUrlForLayer and ecr:BatchGetImage, and the repository may have a policy of its own.'

/** What ECS says of an image that cannot be pulled, or does not hold what is to be started; the first that applies. */
export const IMAGE_SAYS: readonly Saying[] = [
  {
    code: 'image-rate-limited',
    words: /CannotPull[\s\S]*(?:toomanyrequests|429 Too Many Requests|pull rate limit)/i,
    cause:
      'the registry allows no more pulls for now; anonymous pulls from Docker Hub are counted for each address, such as that of a NAT gateway',
    remedy: (_found, side) =>
      bySide(
        side,
        {
          sensor:
            'Take the image from a mirror (a copy in ECR or a pull-through cache) with the input image, or pull with an account of the registry by repository-credentials. Otherwise run again later.',
          application:
            'Take the image from a mirror (a copy in ECR or a pull-through cache), or pull with an account of the registry (repositoryCredentials), in the task definition. Otherwise run again later.'
        },
        'Take the image from a mirror (a copy in ECR or a pull-through cache), or pull with an account of the registry: for the sensor by the inputs image and repository-credentials, for the application in its task definition. Otherwise run again later.'
      )
  },
  {
    code: 'image-lacks-platform',
    words: /does not contain descriptor matching platform '?(\w+\/\w+)/i,
    cause: ([, platform]) => `the image has no version for the platform of the task (${platform})`,
    remedy: ([, platform], side) =>
      `${bySide(side, { sensor: `Give the input image one for ${platform}`, application: `Take an image for ${platform}` }, `Give an image for ${platform} (the sensor's is the input image)`)}, best the tag or digest of a multi-platform index, or change runtimePlatform of the task definition.`
  },
  {
    // Docker Hub denies what is not there in the same words.
    code: 'image-pull-denied',
    words:
      /CannotPull[\s\S]*(?:pull access denied|access to the resource is denied|insufficient_scope|401 Unauthorized|403 Forbidden|no basic auth|AccessDenied)|not authorized to perform: ecr:/i,
    cause: 'the registry refused the pull: the image is private, or there is no such repository',
    remedy: (_found, side) =>
      `${bySide(
        side,
        {
          sensor: 'Check the input image, and give repository-credentials for a private registry.',
          application:
            'Check the name of the image in the task definition, and give it repositoryCredentials for a private registry.'
        },
        'Check the name of the image (for the sensor: image) and give a private registry repository-credentials.'
      )} ${ECR_RIGHTS}`
  },
  {
    code: 'image-not-found',
    words: /CannotPull[\s\S]*(?:not found|(?:manifest|name) unknown|repository with name \S+ does not exist)/i,
    cause: 'the registry has no image of that name, tag or digest',
    remedy: (_found, side) =>
      bySide(
        side,
        {
          sensor: 'Correct the name or the tag in the input image.',
          application: "Correct the name or the tag of the container's image in the task definition."
        },
        'Correct the name or the tag: for the sensor in the input image, for the application in its task definition.'
      )
  },
  {
    code: 'registry-unreachable',
    words:
      /CannotPull[\s\S]*(?:i\/o timeout|dial tcp|no such host|connection refused|TLS handshake|deadline exceeded|request canceled)/i,
    cause: 'the registry of the image could not be reached from the task',
    remedy: (_found, side) =>
      `Look at the network: ${REACH_AWS} Where there is no way to the registry, ${bySide(side, { sensor: 'give image a mirror in ECR', application: 'take the image from a mirror in ECR' }, 'take the image from a mirror in ECR (for the sensor: image)')}.`
  },
  {
    code: 'image-pull-failed',
    words: /CannotPull\w*Error/i,
    cause: 'the image could not be pulled',
    remedy: (_found, side) =>
      `See the text of ECS for the reason${bySide(side, { sensor: '; the image is what the input image says', application: '; the image stands in the task definition' }, '; the image of the sensor is the input image')}.`
  },
  {
    code: 'program-not-found',
    // ECS cuts long reasons short, so the end of the sentence is not asked for.
    words: /exec: \\?"([^"\\]*)\\?"[\s\S]*?(?:no such file|executable file not found)/i,
    // An entry point written as one text may hold arguments, which are nobody's business.
    cause: ([, program = '']) =>
      `the image does not hold the program that is to be started${/^[\w./-]+$/.test(program) ? ` (${program})` : ''}`,
    remedy: (_found, side) => bySide(side, PROGRAM, `${PROGRAM.sensor} ${PROGRAM.application}`)
  }
]

const PROGRAM = {
  sensor:
    "The sensor's program is relative to the working directory of Levo's image: give image that or a faithful mirror, and check entryPoint and workingDirectory in container-overrides.",
  application: "An application's program stands in its task definition."
}

import { ECSClient } from '@aws-sdk/client-ecs'
import { type Repository, repositoryArn } from '../policy/statements.ts'
import { isObject, type JsonObject, objectsOf, textOf } from '../task-definition/definition.ts'
import { type Connection, handlerThrough } from './client.ts'
import { explain } from './explain.ts'
import { type Answer, callSigned } from './signed-call.ts'

/** An image in a private ECR registry, by its digest or its tag. */
export interface StoredImage extends Repository {
  readonly tagOrDigest: string
}

/** The little of ECR that tells of images. Throws StepError that names call, resource, reason and remedy. */
export interface Ecr {
  /** Its manifest, of one of these types; else ECR's own word for why there is none, which says that it is absent, or something else. */
  readManifest(mediaTypes: readonly string[]): Promise<ReadManifest>
  /** Where a blob of the image can be had for a while, by whoever knows the URL. */
  urlOf(digest: string): Promise<string | undefined>
  close(): void
}

export type ReadManifest =
  | { readonly kind: 'manifest'; readonly text: string }
  | { readonly kind: 'absent'; readonly code: string }
  | { readonly kind: 'failure'; readonly code: string }

/** ECR's own client would be as much again as that of ECS, for two calls. */
export function openEcr(connection: Connection, image: StoredImage, signal: AbortSignal): Ecr {
  const { account, region, repository, tagOrDigest } = image
  // By the id, it takes the endpoint that is configured for ECR.
  const client = new ECSClient({ region, serviceId: 'ECR', requestHandler: handlerThrough(connection.proxy) })
  const call = async (operation: 'BatchGetImage' | 'GetDownloadUrlForLayer', members: JsonObject) => {
    const body = JSON.stringify({ registryId: account, repositoryName: repository, ...members })
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AmazonEC2ContainerRegistry_V20150921.${operation}`
    }
    // The endpoint rules of ECR's own client (its `endpoint/bdd`, 3.1169.0).
    const prefix = (dualStack: boolean) => (dualStack ? 'ecr' : 'api.ecr')
    const place = { ...connection, region }
    const text = await callSigned(client, place, { service: 'ecr', prefix, headers, body, refusalIn, signal })
    const answer: unknown = JSON.parse(text)
    return isObject(answer) ? answer : {}
  }
  const on = repositoryArn(image)
  return {
    async readManifest(acceptedMediaTypes) {
      const imageIds = [tagOrDigest.includes(':') ? { imageDigest: tagOrDigest } : { imageTag: tagOrDigest }]
      try {
        return manifestIn(await call('BatchGetImage', { imageIds, acceptedMediaTypes }))
      } catch (error) {
        if (isNamed(error, 'RepositoryNotFoundException')) return { kind: 'absent', code: error.name }
        throw explain(error, 'BatchGetImage', on)
      }
    },
    async urlOf(layerDigest) {
      try {
        return textOf((await call('GetDownloadUrlForLayer', { layerDigest })).downloadUrl)
      } catch (error) {
        throw explain(error, 'GetDownloadUrlForLayer', on)
      }
    },
    close: () => client.destroy()
  }
}

function manifestIn({ images, failures }: JsonObject): ReadManifest {
  const text = objectsOf(images).flatMap(({ imageManifest }) => textOf(imageManifest) ?? [])[0]
  if (text !== undefined) return { kind: 'manifest', text }
  const code = objectsOf(failures).flatMap(({ failureCode }) => textOf(failureCode) ?? [])[0] ?? 'no image'
  return { kind: code === 'ImageNotFound' ? 'absent' : 'failure', code }
}

function isNamed(error: unknown, name: string): error is Error {
  return error instanceof Error && error.name === name
}

/** As the SDK would throw it, so that it is explained as all others are. */
function refusalIn({ status, text }: Answer, attempts: number): Error {
  const { __type, message, Message } = JSON.parse(text) as JsonObject
  const said = textOf(message) ?? textOf(Message) ?? `the answer is HTTP ${status}`
  const name = textOf(__type)?.replace(/^.*#/, '') ?? 'Error'
  return Object.assign(new Error(said), { name, $metadata: { httpStatusCode: status, attempts } })
}

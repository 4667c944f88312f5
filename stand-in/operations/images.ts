import { ApiError, invalidParameter } from '../api-error.ts'
import { type JsonObject, objects, string, strings } from '../json.ts'
import type { Contents } from '../registry/contents.ts'
import type { Account } from '../state.ts'

/** Which failures and errors there are is known from ECR's API reference; the texts are our own where no source quotes them. */
export function batchGetImage(account: Account, request: JsonObject): JsonObject {
  const repository = repositoryIn(account, request)
  const ids = objects(request.imageIds)
  if (ids.length === 0 || ids.length > 100) throw invalidParameter("'imageIds' must have 1 to 100 members.")
  const accepted = strings(request.acceptedMediaTypes)
  const found = ids.map(imageId => ({ imageId, manifest: repository.manifests.get(nameIn(imageId)) }))
  const { registryId = account.accountId, repositoryName } = request
  return {
    images: found.flatMap(({ imageId, manifest }) => {
      if (manifest === undefined || (accepted.length > 0 && !accepted.includes(manifest.mediaType))) return []
      const { text: imageManifest, mediaType: imageManifestMediaType } = manifest
      return [{ registryId, repositoryName, imageId, imageManifest, imageManifestMediaType }]
    }),
    failures: found
      .filter(({ manifest }) => manifest === undefined)
      .map(({ imageId }) => ({ imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' }))
  }
}

export function getDownloadUrlForLayer(account: Account, request: JsonObject): JsonObject {
  const layerDigest = string(request.layerDigest) ?? ''
  const blob = repositoryIn(account, request).blobs.get(layerDigest)
  if (blob === undefined) throw new ApiError('LayersNotFoundException', 'The layer was not found.')
  return { layerDigest, downloadUrl: account.urlOfLayer(blob) }
}

function repositoryIn(account: Account, { registryId, repositoryName }: JsonObject): Contents {
  const registry = string(registryId) ?? account.accountId
  const name = string(repositoryName) ?? ''
  const repository = registry === account.accountId ? account.repositories.get(name) : undefined
  if (repository !== undefined) return repository
  throw new ApiError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${registry}'`
  )
}

function nameIn({ imageTag, imageDigest }: JsonObject): string {
  const name = string(imageDigest) ?? string(imageTag)
  if (name === undefined) throw invalidParameter('An image needs a tag or a digest.')
  return name
}

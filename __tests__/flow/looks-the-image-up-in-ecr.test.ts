import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Contents } from '../../stand-in/registry/contents.ts'
import { type Storage, startStorage } from '../../stand-in/registry/storage.ts'
import { shop } from '../support/flow-definitions.ts'
import { type Inputs, type Scene, useScene } from '../support/flow-scene.ts'

const scene = useScene()
let storage: Storage
let contents: Contents

const REPOSITORY = 'mirror/pcap-sensor'
const ARN = `arn:aws:ecr:us-east-1:123456789012:repository/${REPOSITORY}`
const named = (tag: string, repository = REPOSITORY) =>
  `123456789012.dkr.ecr.us-east-1.amazonaws.com/${repository}${tag}`
const INPUTS: Inputs = { 'task-definition': 'shop.json', image: named(':1'), 'check-image': 'require' }

beforeEach(async () => {
  storage = await startStorage()
  contents = new Contents()
  scene().account.repositories.set(REPOSITORY, contents)
  scene().account.urlOfLayer = storage.urlOf
  await scene().file('shop.json', shop())
})
afterEach(() => storage.close())

function noted({ notes }: Awaited<ReturnType<Scene['run']>>): string | undefined {
  return notes.find(({ text }) => text.startsWith('image: '))?.text
}

const asked = (s: Scene) => s.calls().filter(operation => /Image|Layer/.test(operation))

test('an index tells what it is for', async () => {
  const s = scene()
  contents.pushIndex('1', ['linux/amd64', 'linux/arm64', 'unknown/unknown'])
  expect(noted(await s.succeed(INPUTS))).toBe(`image: ${named(':1')} is there, for linux/amd64 and linux/arm64`)
  expect(asked(s)).toEqual(['BatchGetImage'])
  expect(s.body('BatchGetImage')).toMatchObject({
    registryId: '123456789012',
    repositoryName: REPOSITORY,
    imageIds: [{ imageTag: '1' }],
    acceptedMediaTypes: expect.arrayContaining(['application/vnd.oci.image.index.v1+json'])
  })
})

describe('of a single image its configuration tells', () => {
  test.each([
    ['linux/amd64', undefined],
    ['linux/arm64', 'image-platform']
  ])('%s: %s', async (platform, code) => {
    const s = scene()
    contents.pushImage('1', platform)
    const report = await s.run(INPUTS)
    expect(report.error).toEqual(code === undefined ? undefined : expect.objectContaining({ code }))
    expect(asked(s)).toEqual(['BatchGetImage', 'GetDownloadUrlForLayer'])
    expect(storage.requests).toHaveLength(1)
  })

  test('by its digest, whatever the tag', async () => {
    const s = scene()
    const digest = contents.pushImage('2', 'linux/amd64')
    await s.succeed({ ...INPUTS, image: named(`:1@${digest}`) })
    expect(s.body('BatchGetImage')).toMatchObject({ imageIds: [{ imageDigest: digest }] })
  })
})

describe('an image that is not there', () => {
  test.each([
    [named(':2'), 'ECR does not have it (ImageNotFound)'],
    [named(`@sha256:${'0'.repeat(64)}`), 'ECR does not have it (ImageNotFound)'],
    [named(':1', 'cap/pcap-sensor'), 'ECR does not have it (RepositoryNotFoundException)']
  ])('%s', async (image, says) => {
    const s = scene()
    contents.pushImage('1', 'linux/amd64')
    const { code, message } = await s.fail({ ...INPUTS, image })
    expect(code).toBe('image-not-found')
    expect(message).toContain(says)
    expect(s.revisions('shop')).toBe(0)
  })
})

test('the image of another Region is asked for there', async () => {
  const s = scene()
  s.standIn.in('eu-west-1').repositories.set(REPOSITORY, contents)
  contents.pushIndex('1', ['linux/amd64'])
  const image = named(':1').replace('us-east-1', 'eu-west-1')
  expect(noted(await s.succeed({ ...INPUTS, image }))).toContain('is there')
  expect(s.standIn.requests.find(({ operation }) => operation === 'BatchGetImage')?.region).toBe('eu-west-1')
})

describe('what ECR does not say is a note', () => {
  const begin = `image: whether ${named(':1')} is there for linux/amd64 is not known: `

  test('a denial, with the right that it takes', async () => {
    const s = scene()
    s.standIn.fault({ operation: 'BatchGetImage', kind: 'deny', resource: ARN })
    const text = noted(await s.succeed(INPUTS)) ?? ''
    expect(text).toContain(`${begin}ecr:BatchGetImage on ${ARN} failed: AccessDeniedException: User: `)
    expect(text).toContain(`{"Effect":"Allow","Action":"ecr:BatchGetImage","Resource":"${ARN}"}`)
  })

  test('a denial of the configuration: then it is known to be there', async () => {
    const s = scene()
    contents.pushImage('1', 'linux/arm64')
    s.standIn.fault({ operation: 'GetDownloadUrlForLayer', kind: 'deny' })
    const text = noted(await s.succeed(INPUTS)) ?? ''
    expect(text).toContain(`image: ${named(':1')} is there; whether for linux/amd64 is not known: ecr:GetDownloadUrl`)
    expect(text).toContain(`{"Effect":"Allow","Action":"ecr:GetDownloadUrlForLayer"`)
  })

  test('a configuration that can not be had; the URL is never printed', async () => {
    const s = scene()
    contents.pushImage('1', 'linux/arm64')
    storage.fault = 'reset'
    const text = noted(await s.succeed(INPUTS)) ?? ''
    expect(text).toContain('its configuration was not to be had (ECONNRESET)')
  })

  test.each<[string, Parameters<Scene['standIn']['fault']>[0], string]>([
    ['a failure of another kind', { kind: 'answer', change: upstream }, 'ECR answers UpstreamAccessDenied'],
    ['no image and no failure', { kind: 'answer', change: () => ({}) }, 'ECR answers no image'],
    ['throttling', { kind: 'throttle' }, 'ThrottlingException'],
    ['a fault of ECR', { kind: 'server-error', carriedOut: false, times: 3 }, 'InternalFailure'],
    ['a reset', { kind: 'reset', times: 3 }, 'failed'],
    ['credentials that are over', { kind: 'expired-credentials', times: 1 }, 'ExpiredTokenException']
  ])('%s', async (_name, fault, says) => {
    const s = scene()
    contents.pushImage('1', 'linux/amd64')
    s.standIn.fault({ ...fault, operation: 'BatchGetImage' })
    const text = noted(await s.succeed(INPUTS)) ?? ''
    expect(text.startsWith(begin)).toBe(true)
    expect(text).toContain(says)
  })
})

function upstream() {
  return { images: [], failures: [{ failureCode: 'UpstreamAccessDenied', failureReason: 'no' }] }
}

import { expect, test } from '@jest/globals'
import { DEFAULT_IMAGE, isPrivateEcr, isPublicRegistry, registryOf, repositoryOf } from '../../src/sensor/image.ts'

const DIGEST = `sha256:${'0'.repeat(64)}`

test('the default image is the documented one', () => {
  expect(DEFAULT_IMAGE).toBe('levoai/pcap-sensor:0.1.9')
})

test.each([
  ['nginx', 'nginx', 'docker.io'],
  ['nginx:1.27', 'nginx', 'docker.io'],
  ['levoai/pcap-sensor:0.1.9', 'levoai/pcap-sensor', 'docker.io'],
  ['host:5000/team/app', 'host:5000/team/app', 'host:5000'],
  ['host:5000/team/app:1', 'host:5000/team/app', 'host:5000'],
  [`host:5000/team/app:1@${DIGEST}`, 'host:5000/team/app', 'host:5000'],
  [`team/app@${DIGEST}`, 'team/app', 'docker.io'],
  ['localhost/app:1', 'localhost/app', 'localhost'],
  ['quay.io/app', 'quay.io/app', 'quay.io']
])('%s is the repository %s at %s', (image, repository, registry) => {
  expect(repositoryOf(image)).toBe(repository)
  expect(registryOf(image)).toBe(registry)
})

test.each([
  ['111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:1', true],
  ['111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/shop:1', true],
  ['111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com/shop', true],
  ['111122223333.dkr-ecr.eu-west-1.on.aws/shop', true],
  ['public.ecr.aws/shop', false],
  ['1.dkr.ecr.eu-west-1.amazonaws.com/shop', false],
  ['levoai/pcap-sensor', false]
])('%s is private ECR: %s', (image, isPrivate) => {
  expect(isPrivateEcr(image)).toBe(isPrivate)
})

test.each([
  ['levoai/pcap-sensor', true],
  ['docker.io/levoai/pcap-sensor', true],
  ['public.ecr.aws/shop', true],
  ['ghcr.io/shop', true],
  ['quay.io/shop', true],
  ['111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop', false],
  ['registry.corp.example/shop', false]
])('%s is in a public registry: %s', (image, isPublic) => {
  expect(isPublicRegistry(image)).toBe(isPublic)
})

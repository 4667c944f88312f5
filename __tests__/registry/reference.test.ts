import { describe, expect, test } from '@jest/globals'
import { baseOf, readEcrReference, readReference } from '../../src/registry/reference.ts'

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`

describe('the name of an image', () => {
  test.each([
    ['nginx', 'registry-1.docker.io', 'library/nginx', 'latest'],
    ['nginx:1.27', 'registry-1.docker.io', 'library/nginx', '1.27'],
    ['levoai/pcap-sensor:0.1.9', 'registry-1.docker.io', 'levoai/pcap-sensor', '0.1.9'],
    ['docker.io/nginx', 'registry-1.docker.io', 'library/nginx', 'latest'],
    ['index.docker.io/levoai/pcap-sensor', 'registry-1.docker.io', 'levoai/pcap-sensor', 'latest'],
    ['public.ecr.aws/levo/pcap-sensor:1', 'public.ecr.aws', 'levo/pcap-sensor', '1'],
    ['registry.example.com:5000/tap', 'registry.example.com:5000', 'tap', 'latest'],
    ['registry.example.com:5000/a/b/c:v1.0_x-y', 'registry.example.com:5000', 'a/b/c', 'v1.0_x-y'],
    ['localhost/tap:1', 'localhost', 'tap', '1'],
    ['localhost:5000/tap:1', 'localhost:5000', 'tap', '1'],
    [`levoai/pcap-sensor@${DIGEST}`, 'registry-1.docker.io', 'levoai/pcap-sensor', DIGEST],
    [`ghcr.io/levo/tap:1@${DIGEST}`, 'ghcr.io', 'levo/tap', DIGEST],
    [`host:5000/tap:1@${DIGEST}`, 'host:5000', 'tap', DIGEST],
    ['a__b/c.d--e', 'registry-1.docker.io', 'a__b/c.d--e', 'latest']
  ])('%s is asked of %s as %s by %s', (image, host, repository, tagOrDigest) => {
    expect(readReference(image)).toEqual({ host, repository, tagOrDigest })
  })

  test.each([
    '',
    'Levoai/pcap-sensor',
    'levoai/pcap-sensor:',
    'levoai/pcap-sensor:-1',
    `levoai/pcap-sensor:${'1'.repeat(129)}`,
    'levoai/pcap-sensor@sha256:0123',
    'levoai/pcap-sensor@latest',
    'levoai//pcap-sensor',
    'levoai/../pcap-sensor',
    '/pcap-sensor',
    'levoai/pcap-sensor/',
    'a___b',
    'host.example.com:port/tap',
    'host.example.com:65536/tap',
    '-host.example.com/tap',
    'user:password@registry.example.com/tap'
  ])('%j is none', image => expect(readReference(image)).toBeUndefined())
})

describe('where a registry is asked', () => {
  test.each([
    ['nginx', 'https://registry-1.docker.io/v2/library/nginx/'],
    ['registry.example.com:5000/tap', 'https://registry.example.com:5000/v2/tap/'],
    ['localhost:5000/tap', 'http://localhost:5000/v2/tap/'],
    ['127.0.0.1:5000/tap', 'http://127.0.0.1:5000/v2/tap/'],
    ['127.0.0.1.example.com/tap', 'https://127.0.0.1.example.com/v2/tap/'],
    ['169.254.169.254/tap', 'https://169.254.169.254/v2/tap/']
  ])('%s: %s', (image, url) => {
    const reference = readReference(image)
    expect(reference && baseOf(reference).href).toBe(url)
  })
})

describe('an image of private ECR', () => {
  test.each([
    ['123456789012.dkr.ecr.us-west-2.amazonaws.com/pcap-sensor:1', 'us-west-2', 'pcap-sensor', '1'],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/a/b', 'cn-north-1', 'a/b', 'latest'],
    ['123456789012.dkr-ecr.us-west-2.on.aws/pcap-sensor:1', 'us-west-2', 'pcap-sensor', '1'],
    ['123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/x:1', 'us-gov-west-1', 'x', '1'],
    [`123456789012.dkr.ecr.us-west-2.amazonaws.com/x:1@${DIGEST}`, 'us-west-2', 'x', DIGEST]
  ])('%s', (image, region, repository, tagOrDigest) => {
    expect(readEcrReference(image)).toEqual({ account: '123456789012', region, repository, tagOrDigest })
  })

  test.each([
    'nginx',
    'public.ecr.aws/levo/pcap-sensor',
    '123456789012.dkr.ecr.us-west-2.example.com/x',
    '1234.dkr.ecr.us-west-2.amazonaws.com/x'
  ])('%s is none', image => expect(readEcrReference(image)).toBeUndefined())
})

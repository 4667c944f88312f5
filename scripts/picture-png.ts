// Chromium writes PNGs of 24 bits, hardly compressed. Text on a page has few colours: with a palette of 256 it takes a third of the room.
import { crc32, deflateSync, inflateSync } from 'node:zlib'

interface Pixels {
  readonly width: number
  readonly height: number
  /** Each `0xRRGGBB`. */
  readonly colours: Uint32Array
}

/** The same picture with at most 256 colours; `png` has 8 bits for each of three or four channels, and all of it is opaque. */
export function shrinkPng(png: Buffer): Buffer {
  const { width, height, colours } = read(png)
  const counts = new Map<number, number>()
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const palette = choose([...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour))
  const indices = new Map([...counts.keys()].map(colour => [colour, nearest(colour, palette).index]))
  // Each line begins with its filter: none, which suits a palette best.
  const lines = Buffer.alloc(height * (width + 1))
  for (const [at, colour] of colours.entries()) lines[at + Math.floor(at / width) + 1] = indices.get(colour) ?? 0
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0))
  ])
}

/** The most used colours, then those that are farthest from all of them, so that no small sign loses its own. */
function choose(byUse: readonly number[]): number[] {
  const palette = byUse.slice(0, 192)
  const rest = byUse.slice(192).map(colour => ({ colour, distance: nearest(colour, palette).distance }))
  while (palette.length < 256 && rest.length > 0) {
    const farthest = rest.reduce((most, each) => (each.distance > most.distance ? each : most))
    if (farthest.distance === 0) break
    palette.push(farthest.colour)
    for (const each of rest) each.distance = Math.min(each.distance, distanceOf(each.colour, farthest.colour))
  }
  return palette
}

function nearest(colour: number, palette: readonly number[]): { index: number; distance: number } {
  let found = { index: 0, distance: Number.POSITIVE_INFINITY }
  for (const [index, candidate] of palette.entries()) {
    const distance = distanceOf(colour, candidate)
    if (distance < found.distance) found = { index, distance }
  }
  return found
}

function channels(colour: number): [number, number, number] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255]
}

function distanceOf(one: number, other: number): number {
  const [a, b] = [channels(one), channels(other)]
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2
}

function read(png: Buffer): Pixels {
  const parts: Buffer[] = []
  let at = 8
  while (at < png.length) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const [width, height, bits, kind] = [png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]]
  if (bits !== 8 || (kind !== 2 && kind !== 6) || png[28] !== 0) throw new Error('this kind of PNG is not expected')
  const bytes = unfilter(inflateSync(Buffer.concat(parts)), width * (kind === 2 ? 3 : 4), kind === 2 ? 3 : 4)
  const colours = new Uint32Array(width * height)
  for (const index of colours.keys()) colours[index] = bytes.readUIntBE(index * (kind === 2 ? 3 : 4), 3)
  return { width, height, colours }
}

/** PNG specification, "Filter types for filter method 0": each byte is told by what it differs from its neighbours in. */
function unfilter(lines: Buffer, stride: number, pixel: number): Buffer {
  const height = lines.length / (stride + 1)
  const bytes = Buffer.alloc(height * stride)
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x < pixel ? 0 : (bytes[at - pixel] ?? 0)
      const up = bytes[at - stride] ?? 0
      const corner = x < pixel ? 0 : (bytes[at - stride - pixel] ?? 0)
      bytes[at] = (lines[at + y + 1] ?? 0) + predict(filter, left, up, corner)
    }
  }
  return bytes
}

function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  const [byLeft, byUp, byCorner] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs)
  if (byLeft === undefined || byUp === undefined || byCorner === undefined) return 0
  if (byLeft <= byUp && byLeft <= byCorner) return left
  return byUp <= byCorner ? up : corner
}

function chunk(kind: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

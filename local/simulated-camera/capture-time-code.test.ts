import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RgbaImage, readCaptureTime, writeCaptureTime } from './capture-time-code.ts'

const WIDTH = 640
const HEIGHT = 480
const TIME = 1_790_000_123_456

describe('capture time code', () => {
  it('reads back every time that it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (time) => {
        expect(readCaptureTime(rgba(frameAt(time), WIDTH, HEIGHT))).toBe(time)
      }),
      { numRuns: 30 },
    )
  })

  it.each([
    ['noise', (luma: Uint8Array) => luma.map((level, at) => clamp(level + noise(at) * 60))],
    ['coarse quantisation', (luma: Uint8Array) => luma.map((level) => Math.round(level / 50) * 50)],
    ['faded contrast', (luma: Uint8Array) => luma.map((level) => 90 + level / 3)],
  ])('survives %s', (_, spoil) => {
    expect(readCaptureTime(rgba(spoil(frameAt(TIME)), WIDTH, HEIGHT))).toBe(TIME)
  })

  it.each([
    [320, 240],
    [160, 120],
    [480, 360],
    [427, 320],
    [1280, 960],
  ])('survives scaling to %ix%i', (width, height) => {
    const scaled = new Uint8Array(width * height)
    const luma = frameAt(TIME)
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const from = Math.floor((y * HEIGHT) / height) * WIDTH + Math.floor((x * WIDTH) / width)
        scaled[y * width + x] = luma[from] ?? 0
      }
    }
    expect(readCaptureTime(rgba(scaled, width, height))).toBe(TIME)
  })

  it('says nothing rather than something wrong when a block is spoilt', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 79 }), (block) => {
        const luma = frameAt(TIME)
        const left = (block % 40) * 16
        const top = HEIGHT - 32 + Math.floor(block / 40) * 16
        for (let y = top; y < top + 16; y++) {
          for (let x = left; x < left + 16; x++) luma[y * WIDTH + x] = 255 - (luma[y * WIDTH + x] ?? 0)
        }
        expect(readCaptureTime(rgba(luma, WIDTH, HEIGHT))).toBeUndefined()
      }),
    )
  })

  it.each([
    ['a black picture', () => 16],
    ['a grey picture', () => 128],
    ['mere noise', (at: number) => clamp(128 + noise(at) * 255)],
  ])('finds nothing in %s', (_, level) => {
    const luma = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) => level(at))
    expect(readCaptureTime(rgba(luma, WIDTH, HEIGHT))).toBeUndefined()
  })
})

function frameAt(time: number): Uint8Array {
  const luma = new Uint8Array(WIDTH * HEIGHT).fill(128)
  writeCaptureTime(luma, WIDTH, HEIGHT, time)
  return luma
}

function rgba(luma: Uint8Array, width: number, height: number): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4)
  luma.forEach((level, at) => {
    data.fill(level, at * 4, at * 4 + 3)
    data[at * 4 + 3] = 255
  })
  return { data, width, height }
}

/** Between -0.5 and 0.5, the same at every run. */
function noise(at: number): number {
  return (((at + 1) * 2_654_435_761) % 4_294_967_296) / 4_294_967_296 - 0.5
}

function clamp(level: number): number {
  return Math.max(0, Math.min(255, Math.round(level)))
}

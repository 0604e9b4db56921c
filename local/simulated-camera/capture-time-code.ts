/**
 * The capture time of a frame as two rows of black and white blocks along its lower edge, so that a test can
 * read it off a decoded frame. Geometry is in fractions of the frame: an encoder may scale it. Each row begins
 * and ends with a sync pattern that also tells what black and white have become; 48 bits of milliseconds since
 * 1970 are followed by a CRC-16. This file also runs in a browser.
 */
export const BLOCKS_PER_ROW = 40
export const CODE_ROWS = 2

/** As much of a picture as the code needs: `ImageData` of a canvas is one. */
export interface RgbaImage {
  readonly data: ArrayLike<number>
  readonly width: number
  readonly height: number
}

const SYNC = [true, false, true, true]
const TIME_BITS = 48
const PAYLOAD_PER_ROW = BLOCKS_PER_ROW - 2 * SYNC.length
const BLACK = 16
const WHITE = 235
const LEAST_CONTRAST = 60

/** Draws the code into the luma plane of a frame whose width is a multiple of 40. Chroma must be neutral. */
export function writeCaptureTime(luma: Uint8Array, width: number, height: number, timeMs: number): void {
  const size = width / BLOCKS_PER_ROW
  blocksOf(timeMs).forEach((row, index) => {
    const top = height - (CODE_ROWS - index) * size
    row.forEach((white, column) => {
      for (let y = top; y < top + size; y++) {
        luma.fill(white ? WHITE : BLACK, y * width + column * size, y * width + (column + 1) * size)
      }
    })
  })
}

/** Milliseconds since 1970, or undefined where the picture carries no code that can be trusted. */
export function readCaptureTime(image: RgbaImage): number | undefined {
  const bits: boolean[] = []
  for (let row = 0; row < CODE_ROWS; row++) {
    const levels = Array.from({ length: BLOCKS_PER_ROW }, (_, column) => levelOf(image, row, column))
    const threshold = thresholdOf(levels)
    if (threshold === undefined) return undefined
    bits.push(...levels.slice(SYNC.length, -SYNC.length).map((level) => level > threshold))
  }
  const time = bits.slice(0, TIME_BITS)
  return crc16(time) === numberOf(bits.slice(TIME_BITS)) ? numberOf(time) : undefined
}

function blocksOf(timeMs: number): boolean[][] {
  const time = bitsOf(timeMs, TIME_BITS)
  const payload = [...time, ...bitsOf(crc16(time), 16)]
  return Array.from({ length: CODE_ROWS }, (_, row) => [
    ...SYNC,
    ...payload.slice(row * PAYLOAD_PER_ROW, (row + 1) * PAYLOAD_PER_ROW),
    ...SYNC.toReversed(),
  ])
}

/** The mean brightness of the middle of a block: its edges are where scaling and quantisation smear. */
function levelOf(image: RgbaImage, row: number, column: number): number {
  const size = image.width / BLOCKS_PER_ROW
  const left = Math.round((column + 0.25) * size)
  const top = Math.round(image.height - (CODE_ROWS - row - 0.25) * size)
  const side = Math.max(1, Math.round(size / 2))
  let sum = 0
  for (let y = top; y < top + side; y++) {
    for (let x = left; x < left + side; x++) {
      const at = (y * image.width + x) * 4
      sum += 0.3 * (image.data[at] ?? 0) + 0.59 * (image.data[at + 1] ?? 0) + 0.11 * (image.data[at + 2] ?? 0)
    }
  }
  return sum / (side * side)
}

function thresholdOf(levels: readonly number[]): number | undefined {
  const pattern = [...SYNC, ...SYNC.toReversed()]
  const sync = [...levels.slice(0, SYNC.length), ...levels.slice(-SYNC.length)]
  const darkestWhite = Math.min(...sync.filter((_, index) => pattern[index]))
  const brightestBlack = Math.max(...sync.filter((_, index) => !pattern[index]))
  if (darkestWhite - brightestBlack < LEAST_CONTRAST) return undefined
  return (darkestWhite + brightestBlack) / 2
}

// Shifts work on 32 bits only; times have 41.
function bitsOf(value: number, length: number): boolean[] {
  return Array.from({ length }, (_, index) => Math.floor(value / 2 ** (length - 1 - index)) % 2 === 1)
}

function numberOf(bits: readonly boolean[]): number {
  return bits.reduce((value, bit) => value * 2 + (bit ? 1 : 0), 0)
}

/** CRC-16/CCITT-FALSE over the bits, the first one first. */
function crc16(bits: readonly boolean[]): number {
  let crc = 0xffff
  for (const bit of bits) {
    const carry = ((crc >> 15) & 1) !== (bit ? 1 : 0)
    crc = (crc << 1) & 0xffff
    if (carry) crc ^= 0x1021
  }
  return crc
}

/** A picture as encoders take it: full luma, chroma at half the size both ways. */
export interface I420 {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
  readonly y: Uint8Array
  readonly u: Uint8Array
  readonly v: Uint8Array
}

export interface Colour {
  readonly y: number
  readonly u: number
  readonly v: number
}

export interface Rect {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export function createI420(width: number, height: number): I420 {
  const luma = width * height
  const chroma = luma / 4
  const buffer = new ArrayBuffer(luma + 2 * chroma)
  return {
    width,
    height,
    data: new Uint8ClampedArray(buffer),
    y: new Uint8Array(buffer, 0, luma),
    u: new Uint8Array(buffer, luma, chroma),
    v: new Uint8Array(buffer, luma + chroma, chroma),
  }
}

/** BT.601 in the limited range, which is what a decoder assumes of a picture of this size. */
export function rgb(red: number, green: number, blue: number): Colour {
  return {
    y: Math.round(16 + 0.257 * red + 0.504 * green + 0.098 * blue),
    u: Math.round(128 - 0.148 * red - 0.291 * green + 0.439 * blue),
    v: Math.round(128 + 0.439 * red - 0.368 * green - 0.071 * blue),
  }
}

/** Parts outside the picture are left out; odd edges are widened to whole chroma samples. */
export function fillRect(picture: I420, rect: Rect, colour: Colour): void {
  for (let y = Math.max(0, rect.top); y < Math.min(picture.height, rect.top + rect.height); y++) {
    fillSpan(picture, y, rect.left, rect.left + rect.width, colour)
  }
}

export function fillDisc(picture: I420, x: number, y: number, radius: number, colour: Colour): void {
  fillEllipse(picture, x, y, radius, radius, colour)
}

export function fillEllipse(
  picture: I420,
  x: number,
  y: number,
  radiusX: number,
  radiusY: number,
  colour: Colour,
): void {
  const bottom = Math.min(picture.height - 1, Math.floor(y + radiusY))
  for (let row = Math.max(0, Math.ceil(y - radiusY)); row <= bottom; row++) {
    const half = radiusX * Math.sqrt(1 - ((row - y) / radiusY) ** 2)
    fillSpan(picture, row, Math.round(x - half), Math.round(x + half), colour)
  }
}

/** Copies a part of another picture of the same size. */
export function copyRect(from: I420, to: I420, rect: Rect): void {
  const left = Math.max(0, rect.left) & ~1
  const right = Math.min(from.width, rect.left + rect.width + 1)
  for (let y = Math.max(0, rect.top) & ~1; y < Math.min(from.height, rect.top + rect.height); y++) {
    to.y.set(from.y.subarray(y * from.width + left, y * from.width + right), y * from.width + left)
    if (y % 2 === 1) continue
    const at = (y / 2) * (from.width / 2)
    for (const plane of ['u', 'v'] as const) {
      to[plane].set(from[plane].subarray(at + left / 2, at + right / 2), at + left / 2)
    }
  }
}

function fillSpan(picture: I420, y: number, left: number, right: number, colour: Colour): void {
  const from = Math.max(0, left)
  const to = Math.min(picture.width, right)
  if (from >= to) return
  picture.y.fill(colour.y, y * picture.width + from, y * picture.width + to)
  const row = (y >> 1) * (picture.width / 2)
  picture.u.fill(colour.u, row + (from >> 1), row + ((to + 1) >> 1))
  picture.v.fill(colour.v, row + (from >> 1), row + ((to + 1) >> 1))
}

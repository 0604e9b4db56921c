import type { Locator } from 'playwright-core'

const COLUMNS = 32
const ROWS = 18

/** What a person sees there, whatever lies over what: the brightness of a coarse grid of places, from 0 to 255. */
export async function lookAt(element: Locator): Promise<readonly number[]> {
  const shot = (await element.screenshot()).toString('base64')
  const desk = await element.page().context().newPage()
  const look = await desk.evaluate(
    async ({ shot, columns, rows }) => {
      const bytes = Uint8Array.from(atob(shot), (letter) => letter.charCodeAt(0))
      const image = await createImageBitmap(new Blob([bytes]))
      const context = new OffscreenCanvas(columns, rows).getContext('2d')
      if (context === null) throw new Error('no canvas')
      context.imageSmoothingQuality = 'high'
      context.drawImage(image, 0, 0, columns, rows)
      const { data } = context.getImageData(0, 0, columns, rows)
      return Array.from({ length: columns * rows }, (_, place) => {
        const [red = 0, green = 0, blue = 0] = data.slice(place * 4)
        return 0.3 * red + 0.59 * green + 0.11 * blue
      })
    },
    { shot, columns: COLUMNS, rows: ROWS },
  )
  await desk.close()
  return look
}

/** How alike two looks are whatever their brightness: 1 for the same, about 0 where one has nothing of the other. */
export function likeness(one: readonly number[], other: readonly number[]): number {
  const a = aroundMean(one)
  const b = aroundMean(other)
  const size = Math.sqrt(product(a, a) * product(b, b))
  return size === 0 ? 0 : product(a, b) / size
}

export function brightness(look: readonly number[]): number {
  return look.reduce((sum, value) => sum + value, 0) / look.length
}

function aroundMean(values: readonly number[]): readonly number[] {
  const mean = brightness(values)
  return values.map((value) => value - mean)
}

function product(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0)
}

import type { Locator } from 'playwright-core'
import { readCaptureTime } from '../local/simulated-camera/capture-time-code.ts'

/**
 * When the frame that a video or canvas shows was drawn by the simulated camera, in milliseconds since 1970;
 * undefined where it shows none. The pixels are read in Node: pages with a strict policy need no script for it.
 */
export async function captureTimeOf(picture: Locator): Promise<number | undefined> {
  const strip = await picture.evaluate((element) => {
    const shown = element as HTMLVideoElement | HTMLCanvasElement
    const [width, whole] =
      'videoWidth' in shown ? [shown.videoWidth, shown.videoHeight] : [shown.width, shown.height]
    const height = Math.min(whole, Math.ceil(width / 10))
    const context = new OffscreenCanvas(Math.max(1, width), Math.max(1, height)).getContext('2d')
    if (!context || width === 0) return undefined
    context.drawImage(shown, 0, height - whole)
    const { data } = context.getImageData(0, 0, width, height)
    return { width, height, pixels: btoa(data.reduce((text, byte) => text + String.fromCharCode(byte), '')) }
  })
  if (!strip) return undefined
  return readCaptureTime({ ...strip, data: Buffer.from(strip.pixels, 'base64') })
}

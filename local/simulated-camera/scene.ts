import { BLOCKS_PER_ROW, CODE_ROWS, writeCaptureTime } from './capture-time-code.ts'
import { drawText, textWidth } from './glyphs.ts'
import {
  copyRect,
  createI420,
  fillDisc,
  fillEllipse,
  fillRect,
  type I420,
  type Rect,
  rgb,
} from './i420-canvas.ts'

export const FRAME_WIDTH = 640
export const FRAME_HEIGHT = 480

const BAR_HEIGHT = 40
const CODE_HEIGHT = (CODE_ROWS * FRAME_WIDTH) / BLOCKS_PER_ROW
const TEXT_SCALE = 3
const TEXT_TOP = 10
const HORIZON = 340

const NEUTRAL_BLACK = rgb(0, 0, 0)
const WHITE = rgb(255, 255, 255)
const LANTERN = rgb(238, 92, 52)
const LANTERN_GLOW = rgb(255, 196, 120)

// Dusk, dawn, noon, night: so that two cameras are told apart at a glance.
const SKIES: readonly (readonly [top: Rgb, bottom: Rgb])[] = [
  [
    [38, 34, 84],
    [232, 138, 110],
  ],
  [
    [52, 92, 142],
    [244, 206, 160],
  ],
  [
    [40, 112, 190],
    [178, 220, 240],
  ],
  [
    [10, 16, 44],
    [58, 84, 128],
  ],
]

type Rgb = readonly [number, number, number]

/** Draws one frame after another into the same picture, touching only what has changed since the last. */
export interface Scene {
  draw(timeMs: number): I420
}

export function createScene(name: string): Scene {
  const background = drawBackground(name)
  const picture = createI420(FRAME_WIDTH, FRAME_HEIGHT)
  picture.data.set(background.data)
  let clock = ''
  let dirty: Rect | undefined
  return {
    draw(timeMs) {
      const time = clockText(timeMs)
      if (time !== clock) {
        clock = time
        drawClock(picture, time)
      }
      if (dirty) copyRect(background, picture, dirty)
      dirty = drawLantern(picture, timeMs)
      writeCaptureTime(picture.y, FRAME_WIDTH, FRAME_HEIGHT, timeMs)
      return picture
    },
  }
}

function drawBackground(name: string): I420 {
  const picture = createI420(FRAME_WIDTH, FRAME_HEIGHT)
  const [top, bottom] = SKIES[hashOf(name) % SKIES.length] ?? [[0, 0, 0] as const, [0, 0, 0] as const]
  // Bands as high as a macroblock: the sky costs the encoder next to nothing.
  for (let y = 0; y < HORIZON; y += 16) {
    const share = y / HORIZON
    const [red, green, blue] = top.map((level, at) => level + ((bottom[at] ?? 0) - level) * share)
    fillRect(
      picture,
      { left: 0, top: y, width: FRAME_WIDTH, height: 16 },
      rgb(red ?? 0, green ?? 0, blue ?? 0),
    )
  }
  fillDisc(picture, 520, 120, 34, rgb(255, 240, 200))
  fillEllipse(picture, 150, 420, 330, 130, rgb(44, 70, 66))
  fillEllipse(picture, 560, 440, 300, 130, rgb(32, 54, 54))
  fillRect(picture, { left: 0, top: 392, width: FRAME_WIDTH, height: 60 }, rgb(24, 40, 42))
  drawHouse(picture, 400, 300)
  fillRect(picture, { left: 0, top: 0, width: FRAME_WIDTH, height: BAR_HEIGHT }, NEUTRAL_BLACK)
  const code = { left: 0, top: FRAME_HEIGHT - CODE_HEIGHT, width: FRAME_WIDTH, height: CODE_HEIGHT }
  fillRect(picture, code, NEUTRAL_BLACK)
  drawText(picture, name, 12, TEXT_TOP, TEXT_SCALE, WHITE)
  return picture
}

function drawHouse(picture: I420, left: number, top: number): void {
  for (let row = 0; row < 50; row++) {
    const roof = { left: left + 70 - row * 2, top: top - 50 + row, width: row * 4, height: 1 }
    fillRect(picture, roof, rgb(58, 34, 38))
  }
  fillRect(picture, { left, top, width: 140, height: 100 }, rgb(96, 74, 66))
  fillRect(picture, { left: left + 56, top: top + 44, width: 30, height: 56 }, rgb(46, 30, 28))
  for (const x of [14, 100]) {
    fillRect(picture, { left: left + x, top: top + 30, width: 26, height: 26 }, rgb(255, 220, 130))
  }
}

function drawClock(picture: I420, time: string): void {
  const left = FRAME_WIDTH - 12 - textWidth(time, TEXT_SCALE)
  fillRect(picture, { left, top: 0, width: FRAME_WIDTH - left, height: BAR_HEIGHT }, NEUTRAL_BLACK)
  drawText(picture, time, left, TEXT_TOP, TEXT_SCALE, WHITE)
}

/** A paper lantern that swings through most of the picture once in three seconds. */
function drawLantern(picture: I420, timeMs: number): Rect {
  const angle = 0.9 * Math.sin(((timeMs % 3000) / 3000) * 2 * Math.PI)
  const x = Math.round(260 + 220 * Math.sin(angle))
  const y = Math.round(20 + 200 * Math.cos(angle))
  fillRect(picture, { left: x - 10, top: y - 48, width: 20, height: 12 }, NEUTRAL_BLACK)
  fillEllipse(picture, x, y, 32, 40, LANTERN)
  fillEllipse(picture, x, y, 14, 24, LANTERN_GLOW)
  return { left: x - 34, top: y - 50, width: 68, height: 92 }
}

function clockText(timeMs: number): string {
  const time = new Date(timeMs)
  const pair = (value: number) => String(value).padStart(2, '0')
  const date = `${time.getFullYear()}-${pair(time.getMonth() + 1)}-${pair(time.getDate())}`
  return `${date} ${pair(time.getHours())}:${pair(time.getMinutes())}:${pair(time.getSeconds())}`
}

function hashOf(text: string): number {
  return [...text].reduce((hash, character) => (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0, 7)
}

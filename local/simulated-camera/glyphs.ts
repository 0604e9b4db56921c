import { type Colour, fillRect, type I420 } from './i420-canvas.ts'

const GLYPH_ADVANCE = 6

// Five columns of seven rows, one row a base-32 digit: bit 4 is the left column.
const GLYPHS: Readonly<Record<string, string>> = {
  '0': 'ehjlphe',
  '1': '4c4444e',
  '2': 'eh1248v',
  '3': 'v2421he',
  '4': '26aiv22',
  '5': 'vgu11he',
  '6': '68guhhe',
  '7': 'v124888',
  '8': 'ehhehhe',
  '9': 'ehhf12c',
  ':': '0cc0cc0',
  '-': '000v000',
  '.': '00000cc',
  A: 'ehhvhhh',
  B: 'uhhuhhu',
  C: 'ehggghe',
  D: 'sihhhis',
  E: 'vgguggv',
  F: 'vgguggg',
  G: 'ehgnhhf',
  H: 'hhhvhhh',
  I: 'e44444e',
  J: '72222ic',
  K: 'hikokih',
  L: 'ggggggv',
  M: 'hrllhhh',
  N: 'hhpljhh',
  O: 'ehhhhhe',
  P: 'uhhuggg',
  Q: 'ehhhlid',
  R: 'uhhukih',
  S: 'fgge11u',
  T: 'v444444',
  U: 'hhhhhhe',
  V: 'hhhhha4',
  W: 'hhhllla',
  X: 'hha4ahh',
  Y: 'hhha444',
  Z: 'v1248gv',
}

/** Draws what it has glyphs for, letters as capitals; anything else leaves a gap. */
export function drawText(
  picture: I420,
  text: string,
  left: number,
  top: number,
  scale: number,
  colour: Colour,
): void {
  ;[...text.toUpperCase()].forEach((character, index) => {
    const rows = GLYPHS[character] ?? ''
    ;[...rows].forEach((digit, y) => {
      const bits = Number.parseInt(digit, 32)
      for (let x = 0; x < 5; x++) {
        if ((bits & (16 >> x)) === 0) continue
        const at = { left: left + (index * GLYPH_ADVANCE + x) * scale, top: top + y * scale }
        fillRect(picture, { ...at, width: scale, height: scale }, colour)
      }
    })
  })
}

export function textWidth(text: string, scale: number): number {
  return text.length * GLYPH_ADVANCE * scale
}

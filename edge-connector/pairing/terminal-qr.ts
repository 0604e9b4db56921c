/** White on black, whatever the terminal's colours are: a phone does not read every inverted code. */
const LIGHT_ON_DARK = '\u001b[97;40m'
const PLAIN = '\u001b[0m'

/** The lines of a QR code for a terminal. */
export async function terminalQr(text: string): Promise<string[]> {
  // Only a device that waits for its owner needs it: it stays out of the memory of all others.
  const { renderUnicodeCompact } = await import('./qr-code.ts')
  return renderUnicodeCompact(text, { border: 2 })
    .split('\n')
    .map((line) => `${LIGHT_ON_DARK}${line}${PLAIN}`)
}

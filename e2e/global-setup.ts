import { findOrInstallChromium } from './chromium.ts'

/** Before all tests, because installing a browser takes longer than a test may. */
export async function setup(): Promise<void> {
  await findOrInstallChromium((line) => process.stderr.write(`${line}\n`))
}

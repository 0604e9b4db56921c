import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'

const NAMES = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome']

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const HOW_TO_HELP = 'Install Chrome or Chromium, or set MIHARI_CHROMIUM to its executable.'

const isRoot = process.getuid?.() === 0

/**
 * The path of a Chrome or Chromium that starts on this machine: the one that MIHARI_CHROMIUM or CHROME_PATH
 * names, an installed one, or one that it installs now. Throws one sentence saying what to do.
 */
export async function findOrInstallChromium(report: (line: string) => void): Promise<string> {
  const named = process.env['MIHARI_CHROMIUM'] || process.env['CHROME_PATH']
  if (named) {
    if (starts(named)) return named
    throw new Error(`The browser named by MIHARI_CHROMIUM or CHROME_PATH does not start: ${named}`)
  }
  const installed = [...onPath(), ...usualPlaces(), chromium.executablePath()].find(starts)
  if (installed) return installed

  report("No Chrome or Chromium found: downloading Playwright's Chromium (about 170 MB, once)")
  await run(process.execPath, [playwrightCli(), 'install', '--no-shell', 'chromium'], report)
  if (starts(chromium.executablePath())) return chromium.executablePath()

  if (isRoot && existsSync('/etc/debian_version')) {
    report("Playwright's Chromium cannot be used here: installing the chromium package")
    await run('apt-get', ['update'], report)
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], report)
    const packaged = onPath().find(starts)
    if (packaged) return packaged
  }
  throw new Error(`No Chrome or Chromium was found and none could be installed. ${HOW_TO_HELP}`)
}

/** Starts a headless Chromium with its own defaults for WebRTC, host candidates behind mDNS names included. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath =
    options.executablePath ?? (await findOrInstallChromium((line) => process.stderr.write(`${line}\n`)))
  return chromium.launch({
    ...options,
    executablePath,
    args: [...FLAGS, ...(isRoot ? ['--no-sandbox'] : []), ...(options.args ?? [])],
  })
}

function onPath(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    return ['/Applications', join(process.env['HOME'] ?? '', 'Applications')].flatMap((folder) => [
      join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
      join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
    ])
  }
  if (process.platform === 'win32') {
    const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name])
    return folders
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        join(folder, 'Google/Chrome/Application/chrome.exe'),
        join(folder, 'Chromium/Application/chrome.exe'),
      ])
  }
  return ['/opt/google/chrome/chrome', '/usr/lib/chromium/chromium', '/snap/bin/chromium']
}

// A file alone proves nothing: Ubuntu's chromium-browser may only print how to install a snap, and a download
// may lack system libraries. On Windows `--version` would open a window.
function starts(executable: string): boolean {
  try {
    accessSync(executable, constants.X_OK)
  } catch {
    return false
  }
  if (process.platform === 'win32') return true
  return spawnSync(executable, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0
}

function playwrightCli(): string {
  return join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js')
}

/** Resolves when the program has ended, however it ended: whether it helped is asked of the browser itself. */
function run(program: string, args: string[], report: (line: string) => void): Promise<void> {
  return new Promise((resolve) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
    child.stderr.on('data', (text: Buffer) => report(text.toString().trimEnd()))
    child.once('error', (error) => report(error.message))
    child.once('close', () => resolve())
  })
}

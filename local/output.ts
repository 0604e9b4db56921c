import { terminalQr } from '../edge-connector/pairing/terminal-qr.ts'
import type { Mail } from './identity/mail.ts'

const DAY_SECONDS = 24 * 3600

/** What a person needs to know of what has been started. */
export interface Ready {
  readonly url: string
  /** Signs the owner in. */
  readonly signInLink: string
  readonly cameras: readonly string[]
  /** For other machines too, among them such as take the link by their camera. */
  readonly lan: boolean
  /** Where a further connector finds the cloud. */
  readonly socketUrl: string
  /** Of a certificate that browsers do not know, and its file. */
  readonly own?: { readonly fingerprint: string; readonly certFile: string }
}

/** What a start says while it goes on: lines for a person, or one JSON object per line for a program. */
export interface Output {
  progress(step: string): void
  warning(line: string): void
  ready(ready: Ready): Promise<void>
  /** The link by which an owner takes the connector of this machine back. */
  pairing(link: string): void
  /** A sign-in link that whoever runs this passes on. */
  mail(mail: Mail): void
  failed(message: string): void
  stopped(billedMessages: number): void
}

export function createOutput(json: boolean, write: (text: string) => void): Output {
  return json ? jsonOutput(write) : textOutput(write)
}

function textOutput(write: (text: string) => void): Output {
  return {
    progress: (step) => write(`  ${step}…\n`),
    warning: (line) => write(`  ${line}\n`),
    ready: async (ready) => write(await banner(ready)),
    pairing: (link) =>
      write(
        `\nThe connector of this machine is not paired. To pair it, open as the owner, within ten minutes: ${link}\n`,
      ),
    mail: ({ to, link, validSeconds }) =>
      write(
        `\nSign-in link for ${to}, good once, for ${count(validSeconds / DAY_SECONDS, 'day')}: ${link}\n`,
      ),
    failed: (message) => write(`${message}\n`),
    stopped: (billed) => write(`\nStopped. On AWS this run would have billed ${count(billed, 'message')}.\n`),
  }
}

async function banner({ signInLink, cameras, lan, socketUrl, own }: Ready): Promise<string> {
  const what = cameras.length === 0 ? 'two simulated cameras' : count(cameras.length, 'camera')
  return [
    '',
    `Open ${signInLink} to sign in as the owner`,
    `Mihari is running with ${what}. Stop it with Ctrl-C.`,
    `For more cameras start a further connector: ${furtherConnector(socketUrl, own?.certFile)}`,
    ...(lan ? ['', 'Or by a phone in your network:', ...(await terminalQr(signInLink))] : []),
    ...(own === undefined
      ? []
      : [
          'The browser will warn once, because this certificate was made on this machine and nobody vouches for it.',
          'Go on only if the certificate that it shows you has this SHA-256 fingerprint:',
          own.fingerprint,
        ]),
    '',
  ].join('\n')
}

/** `caFile`: of a certificate that a connector trusts only when it is told to. */
function furtherConnector(socketUrl: string, caFile: string | undefined): string {
  const trusting = caFile === undefined ? '' : `NODE_EXTRA_CA_CERTS="${caFile}" `
  return `${trusting}node dist/connector/mihari-connector.cjs --cloud ${socketUrl} --camera NAME=ws://…`
}

function jsonOutput(write: (text: string) => void): Output {
  const line = (object: Record<string, unknown>): void => write(`${JSON.stringify(object)}\n`)
  return {
    progress: (step) => line({ event: 'progress', step }),
    warning: (message) => line({ event: 'warning', message }),
    ready: async ({ url, signInLink, own }) =>
      line({ event: 'ready', url, signIn: signInLink, ...(own && { fingerprint: own.fingerprint }) }),
    pairing: (link) => line({ event: 'pairing', link }),
    mail: ({ to, link }) => line({ event: 'mail', to, link }),
    failed: (message) => line({ event: 'error', message }),
    stopped: (billedMessages) => line({ event: 'stopped', billedMessages }),
  }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

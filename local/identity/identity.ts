import type { EventEmitter } from 'node:events'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Clock } from '../clock.ts'
import type { UserPoolDescription } from '../template/cloud-description.ts'
import { type Accounts, openAccounts } from './accounts.ts'
import { atTimeOf } from './at-time-of.ts'
import { createProvider, sessionSeconds } from './create-provider.ts'
import { addEntrance } from './entrance.ts'
import type { Mail, OnMail } from './mail.ts'
import { openProviderEntries } from './provider-entries.ts'
import { openSigningKeys } from './signing-keys.ts'

const UPKEEP_INTERVAL_MS = 60 * 60_000

export interface IdentityOptions {
  readonly pool: UserPoolDescription
  /** Where accounts, sessions, tokens and keys are kept between starts; `memory` forgets them. */
  readonly folder: string | 'memory'
  readonly clock: Clock
  readonly onMail: OnMail
  /** A request failed for a reason that lies here. */
  readonly onFailed: (error: Error) => void
}

/** The user pool of the template, as a provider of its own under the site's address. */
export interface Identity {
  readonly pool: UserPoolDescription
  /** Signs in whoever the template names first, for as long as this runs. */
  readonly signInLink: string
  /** Whether a request to the site's address is for the provider. */
  isFor(url: string): boolean
  handle(request: IncomingMessage, response: ServerResponse): void
  /** The public keys, for who verifies tokens. */
  answerKeySet(response: ServerResponse): void
  readonly accounts: Accounts
  /** Where a code is entered. */
  linkOf(code: string): string
  /** What brings somebody a code. */
  mailOf(to: string, code: string): Mail
  rotateKeys(): void
  /** While it is down every request is answered 503. */
  setDown(down: boolean): void
  close(): void
}

export async function openIdentity(options: IdentityOptions): Promise<Identity> {
  const { pool, folder, clock, onMail, onFailed } = options
  // Late, for whoever runs a cloud without a pool.
  const library = await import('oidc-provider')
  const { origin, pathname: base } = new URL(pool.address)
  const { validSeconds } = pool.invitation
  const accounts = openAccounts({ folder, clock, linkMs: validSeconds * 1000 })
  const keys = openSigningKeys(folder, clock)
  const entries = openProviderEntries({ folder, clock, refreshTokenGraceSeconds: graceSeconds(pool) })
  const linkOf = (code: string) => `${pool.address}/enter#${code}`
  const mailOf = (to: string, code: string): Mail => ({ to, link: linkOf(code), validSeconds })
  const [owner] = pool.users.map(({ email }) => accounts.createStandingCode(email))
  let answer = listener()
  let down = false
  let upkeep = clock.setTimeout(keepUp, UPKEEP_INTERVAL_MS)

  function listener(): RequestListener {
    const provider = createProvider(library, { pool, accounts, entries, keys })
    const { now } = clock
    addEntrance(provider, {
      accounts,
      origin,
      base,
      sessionSeconds: sessionSeconds(pool),
      now,
      remind: (email) => remind(accounts, email, (code, to) => onMail(mailOf(to, code))),
    })
    provider.on('server_error', (_, error) => onFailed(error))
    // Koa's own event, which the library's types leave out; without a listener it goes to standard error.
    ;(provider as EventEmitter).on('error', onFailed)
    return provider.callback()
  }

  function keepUp() {
    entries.sweep()
    if (keys.rotateWhenDue()) answer = listener()
    upkeep = clock.setTimeout(keepUp, UPKEEP_INTERVAL_MS)
  }

  return {
    pool,
    signInLink: owner === undefined ? '' : linkOf(owner),
    isFor: (url) => url === base || url.startsWith(`${base}/`),
    handle(request, response) {
      if (down) return void response.writeHead(503).end()
      // A page of another site has no business here; what is no page sends no Origin.
      const from = request.headers.origin
      if (from !== undefined && from !== origin) return void response.writeHead(403).end()
      // Where it is mounted, the provider finds out by comparing the two.
      const url = request.url ?? ''
      Object.assign(request, { originalUrl: url, url: url.slice(base.length) || '/' })
      atTimeOf(clock, () => answer(request, response))
    },
    answerKeySet(response) {
      if (down) return void response.writeHead(503).end()
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(keys.published))
    },
    accounts,
    linkOf,
    mailOf,
    rotateKeys() {
      keys.rotate()
      answer = listener()
    },
    setDown(next) {
      down = next
    },
    close: () => clock.clearTimeout(upkeep),
  }
}

function remind(accounts: Accounts, email: string, send: (code: string, to: string) => void): void {
  const reminded = accounts.remind(email)
  if (reminded.kind === 'given') send(reminded.code, reminded.account.email)
}

/** The store does not know of which client a refresh token is: the pool's clients have one grace. */
function graceSeconds({ clients }: UserPoolDescription): number {
  return Math.max(0, ...clients.map(({ refreshTokenGraceSeconds }) => refreshTokenGraceSeconds ?? 0))
}

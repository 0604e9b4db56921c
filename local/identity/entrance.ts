import type { Provider } from 'oidc-provider'
import { appLink } from '../../protocol/app-link.ts'
import { readRequestBody } from '../request-body.ts'
import type { Accounts } from './accounts.ts'
import { STYLE } from './page-style.ts'
import { choosePageLanguage } from './page-text.ts'
import {
  enterPage,
  noEntrancePage,
  PAGE_HEADERS,
  remindedPage,
  SCRIPT,
  signInByLinkPage,
  switchPage,
} from './pages.ts'

/** Of the form that hands a code on. */
const MAX_BODY_BYTES = 1024

/** Between the link and the app's asking for a sign-in there are only redirects. */
const FRESH_MS = 60_000

export interface EntranceOptions {
  readonly accounts: Accounts
  /** Of the site, without a slash at the end. */
  readonly origin: string
  /** Path of the issuer. */
  readonly base: string
  readonly sessionSeconds: number
  readonly now: () => number
  /** Sends a new link to whoever has an account under the address; says to nobody whether there is one. */
  readonly remind: (email: string) => void
}

/** The pages of our own beside the provider's endpoints: how a person comes by a session. */
export function addEntrance(provider: Provider, options: EntranceOptions): void {
  const { accounts, origin, base, sessionSeconds, now, remind } = options
  /** Sessions that were begun just now, and have not been used: by uid, epoch ms. */
  const fresh = new Map<string, number>()
  provider.on('authorization.success', ({ oidc }) => {
    if (oidc.session) fresh.delete(oidc.session.uid)
  })
  provider.use(async (context, next) => {
    context.set(PAGE_HEADERS)
    const language = choosePageLanguage(context.get('Accept-Language'))
    const show = (html: string, status = 200) => {
      context.status = status
      context.type = 'html'
      context.body = html
    }
    switch (`${context.method} ${context.path}`) {
      case 'GET /page.css':
        context.type = 'css'
        context.body = STYLE
        return
      case 'GET /page.js':
        context.type = 'js'
        context.body = SCRIPT
        return
      case 'GET /enter':
        return show(enterPage(language, base))
      case 'POST /enter': {
        // Another site must not sign a browser in as somebody else.
        if (context.get('Origin') !== origin) return show(noEntrancePage(language, base, 'wrong'), 403)
        const { code = '', sure } = await readFields(context.req)
        const session = await provider.Session.get(context)
        const known = session.accountId === undefined ? undefined : accounts.bySub(session.accountId)
        const looked = accounts.look(code)
        // A link that somebody else sent must not quietly make a browser that person's.
        if (sure === undefined && known && looked.kind === 'good' && looked.account.sub !== known.sub) {
          return show(switchPage(language, base, { from: known.email, to: looked.account.email, code }))
        }
        const entrance = accounts.enter(code)
        if (entrance.kind !== 'entered') return show(noEntrancePage(language, base, entrance.kind), 403)
        await signIn(entrance.account.sub)
        context.status = 303
        context.redirect(appLink(origin, { kind: 'sign-in' }))
        return
      }
      case 'POST /remind':
        if (context.get('Origin') !== origin) return show(noEntrancePage(language, base, 'wrong'), 403)
        remind((await readFields(context.req)).email?.trim() ?? '')
        return show(remindedPage(language, base))
      default:
        if (context.method !== 'GET' || !context.path.startsWith('/interaction/')) return next()
        return (await goOn()) ? undefined : show(signInByLinkPage(language, base))
    }

    /** An app that asks for a new sign-in has just had one, when the session was begun for that. */
    async function goOn(): Promise<boolean> {
      const { uid, accountId, loginTs } = await provider.Session.get(context)
      const begunAt = fresh.get(uid)
      fresh.delete(uid)
      if (accountId === undefined || begunAt === undefined || now() - begunAt > FRESH_MS) return false
      const login = { accountId, ...(loginTs !== undefined && { ts: loginTs }) }
      context.respond = false
      await provider.interactionFinished(context.req, context.res, { login })
      return true
    }

    /** Always a session of its own: nobody goes on in one that somebody else has begun. */
    async function signIn(accountId: string): Promise<void> {
      const before = await provider.Session.get(context)
      if (before.accountId !== undefined) await before.destroy()
      const session = new provider.Session()
      session.loginAccount({ accountId, loginTs: Math.floor(now() / 1000) })
      const id = await session.save(sessionSeconds)
      for (const [uid, begunAt] of fresh) if (now() - begunAt > FRESH_MS) fresh.delete(uid)
      fresh.set(session.uid, now())
      context.cookies.set(provider.cookieName('session'), id, {
        httpOnly: true,
        sameSite: 'lax',
        path: base,
        expires: new Date(now() + sessionSeconds * 1000),
        overwrite: true,
      })
    }
  })
}

async function readFields(
  request: AsyncIterable<Buffer>,
): Promise<Partial<Record<'code' | 'sure' | 'email', string>>> {
  const body = await readRequestBody(request, MAX_BODY_BYTES)
  return body === 'too-large' ? {} : Object.fromEntries(new URLSearchParams(body.toString()))
}

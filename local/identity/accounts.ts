import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import type { Clock } from '../clock.ts'
import { openKeptFile } from '../kept-file.ts'
import { createCode, hashCode } from './secret-code.ts'

/** `at`: when it was made, epoch ms as `until`. */
const Link = v.object({ hash: v.string(), at: v.number(), until: v.number(), used: v.boolean() })

const Account = v.object({
  /** Subject of the tokens: says nothing of who it is, and stays when the address changes. */
  sub: v.string(),
  /** In lower case. */
  email: v.string(),
  /** What ID tokens say of the address. */
  emailVerified: v.boolean(),
  createdAt: v.number(),
  /** Epoch ms of the last sign-in by a link; null before the first. */
  enteredAt: v.nullable(v.number()),
  /** The oldest first. */
  links: v.array(Link),
})
export type Account = Readonly<v.InferOutput<typeof Account>>

interface NoEntrance {
  readonly kind: 'wrong' | 'used' | 'expired'
}

type Entrance = { readonly kind: 'entered'; readonly account: Account } | NoEntrance

type Looked = { readonly kind: 'good'; readonly account: Account } | NoEntrance

interface Invitee {
  readonly email: string
  readonly emailVerified: boolean
}

interface WithCode {
  readonly kind: 'given'
  readonly account: Account
  readonly code: string
}

export type Invited =
  | WithCode
  /** There is an account already, there is none, or its person has used it. */
  | { readonly kind: 'known' | 'unknown' | 'confirmed' }

/** Whoever can open the page can ask for a link: the terminal is not to be flooded, nor the file. */
const LINK_INTERVAL_MS = 60_000
const MAX_OPEN_LINKS = 20

export interface Accounts {
  bySub(sub: string): Account | undefined
  /** Makes an account, and a code that lets its person in once. */
  invite(person: Invitee): Invited
  /** A fresh code for an account that was not yet used; no earlier one is good any more. */
  inviteAgain(email: string): Invited
  /** The way back in for whoever has an account: one more code, at most one a minute. Earlier ones stay good. */
  remind(email: string): WithCode | { readonly kind: 'unknown' | 'too-soon' }
  enter(code: string): Entrance
  /** What a code would do; it stays good. */
  look(code: string): Looked
  /** Of an account of the template, made when it is not there: good for as long as this process runs. */
  createStandingCode(email: string): string
}

export interface AccountsOptions {
  readonly folder: string | 'memory'
  readonly clock: Pick<Clock, 'now'>
  /** How long a link is good. */
  readonly linkMs: number
}

export function openAccounts({ folder, clock, linkMs }: AccountsOptions): Accounts {
  const file = openKeptFile<readonly Account[]>(folder, 'accounts.json', v.array(Account), [])
  const standing = new Map<string, string>()
  const byEmail = (email: string) => file.value.find((account) => account.email === email.toLowerCase())
  const bySub = (sub: string) => file.value.find((account) => account.sub === sub)

  function save(account: Account): Account {
    file.write([...file.value.filter(({ sub }) => sub !== account.sub), account])
    return account
  }

  function create({ email, emailVerified }: Invitee): Account {
    return {
      sub: randomUUID(),
      email: email.toLowerCase(),
      emailVerified,
      createdAt: clock.now(),
      enteredAt: null,
      links: [],
    }
  }

  function giveCode(account: Account, earlier: Account['links'] = []): WithCode {
    const code = createCode()
    const at = clock.now()
    const links = [...earlier, { hash: hashCode(code), at, until: at + linkMs, used: false }]
    return { kind: 'given', account: save({ ...account, links }), code }
  }

  function look(code: string): Looked {
    const hash = hashCode(code)
    const owner = bySub(standing.get(hash) ?? '')
    if (owner) return { kind: 'good', account: owner }
    for (const account of file.value) {
      const link = account.links.find((one) => one.hash === hash)
      if (link === undefined) continue
      if (link.used) return { kind: 'used' }
      return link.until <= clock.now() ? { kind: 'expired' } : { kind: 'good', account }
    }
    return { kind: 'wrong' }
  }

  return {
    bySub,
    invite(person) {
      return byEmail(person.email) ? { kind: 'known' } : giveCode(create(person))
    },
    inviteAgain(email) {
      const known = byEmail(email)
      if (!known) return { kind: 'unknown' }
      return known.enteredAt === null ? giveCode(known) : { kind: 'confirmed' }
    },
    remind(email) {
      const known = byEmail(email)
      if (!known) return { kind: 'unknown' }
      const now = clock.now()
      const kept = known.links.filter(({ until }) => now < until)
      const open = kept.filter(({ used }) => !used)
      const last = known.links.at(-1)?.at ?? Number.NEGATIVE_INFINITY
      if (now - last < LINK_INTERVAL_MS || open.length >= MAX_OPEN_LINKS) return { kind: 'too-soon' }
      return giveCode(known, kept)
    },
    enter(code) {
      const looked = look(code)
      if (looked.kind !== 'good') return looked
      const { account } = looked
      const hash = hashCode(code)
      const links = account.links.map((link) => (link.hash === hash ? { ...link, used: true } : link))
      return { kind: 'entered', account: save({ ...account, enteredAt: clock.now(), links }) }
    },
    look,
    createStandingCode(email) {
      const account = byEmail(email) ?? save(create({ email, emailVerified: true }))
      const code = createCode()
      standing.set(hashCode(code), account.sub)
      return code
    },
  }
}

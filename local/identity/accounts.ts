import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import type { Clock } from '../clock.ts'
import { openKeptFile } from '../kept-file.ts'
import { createCode, hashCode } from './secret-code.ts'

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
  /** The newest; null for who never needed any. `at`: when it was made, epoch ms as `until`. */
  link: v.nullable(v.object({ hash: v.string(), at: v.number(), until: v.number(), used: v.boolean() })),
})
export type Account = Readonly<v.InferOutput<typeof Account>>

type Entrance =
  | { readonly kind: 'entered'; readonly account: Account }
  | { readonly kind: 'wrong' | 'used' | 'expired' }

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

/** Whoever can open the page can ask for a link: the terminal is not to be flooded. */
const LINK_INTERVAL_MS = 60_000

export interface Accounts {
  bySub(sub: string): Account | undefined
  /** Makes an account, and a code that lets its person in once. */
  invite(person: Invitee): Invited
  /** A fresh code for an account that was not yet used; no earlier one is good any more. */
  inviteAgain(email: string): Invited
  /** The way back in for whoever has an account: a fresh code, at most one a minute. */
  remind(email: string): WithCode | { readonly kind: 'unknown' | 'too-soon' }
  enter(code: string): Entrance
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
      link: null,
    }
  }

  function giveCode(account: Account): WithCode {
    const code = createCode()
    const at = clock.now()
    const link = { hash: hashCode(code), at, until: at + linkMs, used: false }
    return { kind: 'given', account: save({ ...account, link }), code }
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
      const last = known.link?.at ?? Number.NEGATIVE_INFINITY
      return clock.now() - last < LINK_INTERVAL_MS ? { kind: 'too-soon' } : giveCode(known)
    },
    enter(code) {
      const hash = hashCode(code)
      const owner = bySub(standing.get(hash) ?? '')
      if (owner) return { kind: 'entered', account: save({ ...owner, enteredAt: clock.now() }) }
      const account = file.value.find(({ link }) => link?.hash === hash)
      if (!account?.link) return { kind: 'wrong' }
      const { link } = account
      if (link.used) return { kind: 'used' }
      if (link.until <= clock.now()) return { kind: 'expired' }
      const entered = { ...account, enteredAt: clock.now(), link: { ...link, used: true } }
      return { kind: 'entered', account: save(entered) }
    },
    createStandingCode(email) {
      const account = byEmail(email) ?? save(create({ email, emailVerified: true }))
      const code = createCode()
      standing.set(hashCode(code), account.sub)
      return code
    },
  }
}

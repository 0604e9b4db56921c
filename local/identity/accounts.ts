import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import type { Clock } from '../clock.ts'
import { openKeptFile } from './kept-file.ts'
import { createCode, hashCode } from './secret-code.ts'

const Account = v.object({
  /** Subject of the tokens: says nothing of who it is, and stays when the address changes. */
  sub: v.string(),
  /** In lower case. */
  email: v.string(),
  createdAt: v.number(),
  /** Epoch ms of the first sign-in by the newest invitation; null before. */
  enteredAt: v.nullable(v.number()),
  /** The newest one; null for who never needed any. */
  invitation: v.nullable(v.object({ hash: v.string(), until: v.number() })),
})
export type Account = Readonly<v.InferOutput<typeof Account>>

export type Entrance =
  | { readonly kind: 'entered'; readonly account: Account }
  | { readonly kind: 'wrong' | 'used' | 'expired' }

export type Invited =
  | { readonly kind: 'invited'; readonly account: Account; readonly code: string }
  | { readonly kind: 'known' | 'unknown' | 'confirmed' }

export interface Accounts {
  bySub(sub: string): Account | undefined
  /** Makes an account, and a code that lets its person in once. `resend`: a fresh code for one not yet used. */
  invite(email: string, resend: boolean): Invited
  enter(code: string): Entrance
  /** Of an account of the template, made when it is not there: good for as long as this process runs. */
  createStandingCode(email: string): string
}

export interface AccountsOptions {
  readonly folder: string | 'memory'
  readonly clock: Pick<Clock, 'now'>
  readonly invitationMs: number
}

export function openAccounts({ folder, clock, invitationMs }: AccountsOptions): Accounts {
  const file = openKeptFile<readonly Account[]>(folder, 'accounts.json', v.array(Account), [])
  const standing = new Map<string, string>()
  const byEmail = (email: string) => file.value.find((account) => account.email === email)
  const bySub = (sub: string) => file.value.find((account) => account.sub === sub)

  function save(account: Account): Account {
    file.write([...file.value.filter(({ sub }) => sub !== account.sub), account])
    return account
  }

  function create(email: string): Account {
    return { sub: randomUUID(), email, createdAt: clock.now(), enteredAt: null, invitation: null }
  }

  return {
    bySub,
    invite(address, resend) {
      const email = address.toLowerCase()
      const known = byEmail(email)
      if (known && !resend) return { kind: 'known' }
      if (!known && resend) return { kind: 'unknown' }
      if (known && known.enteredAt !== null) return { kind: 'confirmed' }
      const code = createCode()
      const invitation = { hash: hashCode(code), until: clock.now() + invitationMs }
      return { kind: 'invited', account: save({ ...(known ?? create(email)), invitation }), code }
    },
    enter(code) {
      const hash = hashCode(code)
      const owner = bySub(standing.get(hash) ?? '')
      if (owner) return { kind: 'entered', account: save({ ...owner, enteredAt: clock.now() }) }
      const account = file.value.find(({ invitation }) => invitation?.hash === hash)
      if (!account?.invitation) return { kind: 'wrong' }
      if (account.enteredAt !== null) return { kind: 'used' }
      if (account.invitation.until <= clock.now()) return { kind: 'expired' }
      return { kind: 'entered', account: save({ ...account, enteredAt: clock.now() }) }
    },
    createStandingCode(address) {
      const email = address.toLowerCase()
      const account = byEmail(email) ?? save(create(email))
      const code = createCode()
      standing.set(hashCode(code), account.sub)
      return code
    },
  }
}

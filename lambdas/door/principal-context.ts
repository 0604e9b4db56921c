import * as v from 'valibot'
import { NOBODY_REASONS, type Principal } from '../core/principal.ts'

type Context = Readonly<Record<string, string>>

/**
 * A principal as the gateway hands it on with every later event. Its values are strings; which characters survive is
 * promised nowhere, so what people have written goes in ASCII.
 */
export function contextOf(principal: Principal): Context {
  switch (principal.kind) {
    case 'person': {
      const { kind, id, name, email, authenticatedAt } = principal
      return {
        kind,
        id,
        name: written(name),
        ...(email === null ? {} : { email: written(email) }),
        authenticatedAt: String(authenticatedAt),
      }
    }
    case 'guest':
    case 'device':
    case 'nobody':
      return { ...principal }
  }
}

/** A lone surrogate, which JSON can hold, has no encoding. */
function written(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

const Written = v.pipe(v.string(), v.transform(decodeURIComponent))

const PrincipalContext = v.variant('kind', [
  v.object({
    kind: v.literal('person'),
    id: v.string(),
    name: Written,
    email: v.optional(v.nullable(Written), null),
    authenticatedAt: v.pipe(v.string(), v.transform(Number), v.integer()),
  }),
  v.object({ kind: v.literal('guest'), id: v.string(), device: v.string() }),
  v.object({ kind: v.literal('device'), id: v.string() }),
  v.object({ kind: v.literal('nobody'), reason: v.picklist(NOBODY_REASONS) }),
])

/** Throws when the event did not come through the authorizer. */
export function principalOf(context: unknown): Principal {
  const read = v.safeParse(PrincipalContext, context)
  if (!read.success) throw new Error('the event has no principal: is the authorizer attached to $connect?')
  return read.output
}

import type { Accounts } from '../core/ports.ts'

/** With an issuer of the owner's own: who has an account there is decided there. */
export const noAccounts: Accounts = { invite: async () => 'elsewhere' }

import { createHash } from 'node:crypto'

/** Every key of the one table. Items of one partition are listed by one query. */
export const keys = {
  device: (id: string) => ({ pk: 'DEVICES', sk: `DEVICE#${id}` }),
  devices: { pk: 'DEVICES', prefix: 'DEVICE#' },
  person: (person: string) => ({ pk: 'PEOPLE', sk: `PERSON#${person}` }),
  people: { pk: 'PEOPLE', prefix: 'PERSON#' },
  /** By a hash, for keys show up in metrics and consoles. */
  firstOwner: (email: string) => ({
    pk: 'FIRST_OWNERS',
    sk: `EMAIL#${createHash('sha256').update(email).digest('base64url')}`,
  }),
  link: (hash: string) => ({ pk: `LINK#${hash}`, sk: 'LINK' }),
  place: (place: number) => ({ pk: 'PLACES', sk: `PLACE#${place}` }),
  connection: (connection: string) => ({ pk: 'CONNECTIONS', sk: `CONNECTION#${connection}` }),
  connections: { pk: 'CONNECTIONS', prefix: 'CONNECTION#' },
  call: (device: string, call: string) => ({ pk: `CALLS#${device}`, sk: `CALL#${call}` }),
  calls: (device: string) => ({ pk: `CALLS#${device}`, prefix: 'CALL#' }),
  token: (device: string, jti: string) => ({ pk: `TOKENS#${device}`, sk: `TOKEN#${jti}` }),
  keySet: (issuer: string) => ({ pk: 'KEY_SETS', sk: `ISSUER#${issuer}` }),
} as const

export type Key = Readonly<Record<'pk' | 'sk', string>>
export type Partition = Readonly<Record<'pk' | 'prefix', string>>

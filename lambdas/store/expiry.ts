/** An expiry is kept in whole seconds, as DynamoDB's TTL wants it: rounded up, so that nothing goes too early. */
export function epochSeconds(ms: number): number {
  return Math.ceil(ms / 1000)
}

/** DynamoDB deletes days late: an item past its `expiresAt` (epoch seconds) counts as deleted. */
export function isCurrent(item: { readonly expiresAt?: unknown }, nowMs: number): boolean {
  return typeof item.expiresAt !== 'number' || item.expiresAt * 1000 > nowMs
}

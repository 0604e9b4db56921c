import { createRequire } from 'node:module'

interface Iterating {
  close(): Promise<void>
  return?: () => Promise<void>
}

/**
 * dynalite ends its iterators by `return`, which those of its LevelDB do not have: each query would leave one open,
 * with what it has read ahead, for as long as the store is. They are its own dependency, and are taken from there.
 */
export function closeIterators(): void {
  const ofDynalite = createRequire(createRequire(import.meta.url).resolve('dynalite'))
  const { AbstractKeyIterator, AbstractValueIterator } = ofDynalite('abstract-level') as Readonly<
    Record<'AbstractKeyIterator' | 'AbstractValueIterator', { readonly prototype: Iterating }>
  >
  for (const { prototype } of [AbstractKeyIterator, AbstractValueIterator]) {
    prototype.return ??= function (this: Iterating) {
      return this.close()
    }
  }
}

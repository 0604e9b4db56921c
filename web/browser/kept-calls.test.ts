import { beforeEach, describe, expect, it } from 'vitest'
import { NO_KEPT_CALLS } from '../viewer/kept-calls.ts'
import { openKeptCalls } from './kept-calls.ts'
import { safeStorage } from './safe-storage.ts'

const PORCH = `${'d'.repeat(43)}.porch`
const CALLS = {
  going: new Map([[PORCH, 'c'.repeat(22)]]),
  hungUp: [{ type: 'hangup', call: 'b'.repeat(22), camera: PORCH, reason: 'viewer-left' }] as const,
}

let ids: number
beforeEach(() => {
  ids = 0
})

const emptyTab = () =>
  safeStorage(() => {
    throw new Error('none')
  })

/** As the browser copies it for a tab that is duplicated. */
function copyOf(storage: Storage): Storage {
  const copy = emptyTab()
  for (let n = 0; n < storage.length; n += 1) {
    const key = storage.key(n) ?? ''
    copy.setItem(key, storage.getItem(key) ?? '')
  }
  return copy
}

/** One browser's locks, held by pages until they are closed. */
function browserLocks() {
  const held = new Map<string, { readonly page: string; readonly waiting: (() => void)[] }>()
  function of(page: string): LockManager {
    const request = (name: string, { signal }: { signal: AbortSignal }, granted: () => Promise<never>) =>
      new Promise((_resolve, reject) => {
        const grant = () => {
          held.set(name, { page, waiting: [] })
          void granted()
        }
        const holder = held.get(name)
        if (holder === undefined) return grant()
        holder.waiting.push(grant)
        signal.addEventListener('abort', () => reject(signal.reason))
      })
    return { request } as unknown as LockManager
  }
  function close(page: string): void {
    for (const [name, holder] of held) {
      if (holder.page !== page) continue
      held.delete(name)
      holder.waiting[0]?.()
    }
  }
  return { of, close }
}

const open = (storage: Storage, locks: LockManager | undefined, navigation = 'navigate') =>
  openKeptCalls({ storage, locks, navigation, freshId: () => String(ids++).repeat(22).slice(0, 22) })

describe('[R48] the calls of a tab', () => {
  it('are there for the page that comes next, however often', async () => {
    const tab = emptyTab()
    const locks = browserLocks()
    const first = await open(tab, locks.of('1'))
    expect(first.before).toEqual(NO_KEPT_CALLS)
    first.keep(CALLS)
    for (const page of ['2', '3', '4']) {
      locks.close(String(Number(page) - 1))
      expect((await open(tab, locks.of(page))).before).toEqual(CALLS)
    }
  })

  it('are there also when the page before takes a moment to go', async () => {
    const tab = emptyTab()
    const locks = browserLocks()
    ;(await open(tab, locks.of('1'))).keep(CALLS)
    const next = open(tab, locks.of('2'))
    locks.close('1')
    expect((await next).before).toEqual(CALLS)
  })

  it('are not those of its duplicate, which keeps its own', async () => {
    const tab = emptyTab()
    const locks = browserLocks()
    ;(await open(tab, locks.of('1'))).keep(CALLS)
    const copy = copyOf(tab)
    const duplicate = await open(copy, locks.of('2'))
    expect(duplicate.before).toEqual(NO_KEPT_CALLS)
    const own = { going: new Map([[PORCH, 'e'.repeat(22)]]), hungUp: [] }
    duplicate.keep(own)
    locks.close('1')
    locks.close('2')
    expect((await open(tab, locks.of('3'))).before).toEqual(CALLS)
    expect((await open(copy, locks.of('4'))).before).toEqual(own)
  })

  it('leave nothing behind once they are left, and that was heard', async () => {
    const tab = emptyTab()
    const kept = await open(tab, browserLocks().of('1'))
    for (const part of [
      { ...CALLS, hungUp: [] },
      { ...CALLS, going: new Map() },
    ]) {
      kept.keep(part)
      expect(tab.length).toBe(1)
      kept.keep(NO_KEPT_CALLS)
      expect(tab.length).toBe(0)
    }
  })

  it('are believed without locks where the page was reloaded, and nowhere else', async () => {
    const tab = emptyTab()
    ;(await open(tab, undefined)).keep(CALLS)
    expect((await open(copyOf(tab), undefined, 'navigate')).before).toEqual(NO_KEPT_CALLS)
    expect((await open(tab, undefined, 'reload')).before).toEqual(CALLS)
  })

  it.each(['', '{', '[]', '{"tab":"x","calls":{}}', '{"tab":"1","calls":{"porch":"1"},"hungUp":[]}'])(
    'are none where %j stands',
    async (text) => {
      const tab = emptyTab()
      tab.setItem('mihari.watching', text)
      expect((await open(tab, browserLocks().of('1'))).before).toEqual(NO_KEPT_CALLS)
    },
  )
})

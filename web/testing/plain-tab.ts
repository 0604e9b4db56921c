import { vi } from 'vitest'
import { safeStorage } from '../browser/safe-storage.ts'

/** One tab of a browser, as far as opening the page needs it: its sockets never open, and its timers never fire. */
export function plainTab(origin: string, config: object) {
  const kept = watchedStorage()
  const tab = watchedStorage()
  const location = {
    href: `${origin}/`,
    hash: '',
    origin,
    assign: vi.fn<(url: string) => void>(),
    reload: vi.fn(),
  }
  const { fetch } = globalThis
  const nothing = () => undefined
  const window = { location, addEventListener: nothing, setTimeout: () => 0, clearTimeout: nothing }
  vi.stubGlobal('MIHARI_VERSION', '0')
  vi.stubGlobal('localStorage', kept.storage)
  vi.stubGlobal('sessionStorage', tab.storage)
  vi.stubGlobal('location', location)
  vi.stubGlobal('history', { replaceState: nothing })
  vi.stubGlobal('document', { addEventListener: nothing, visibilityState: 'visible' })
  vi.stubGlobal('window', Object.assign(window, { self: window, crypto }))
  vi.stubGlobal(
    'WebSocket',
    class {
      addEventListener = nothing
      send = nothing
      close = nothing
    },
  )
  let isOffline = false
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
    if (isOffline) return Promise.reject(new TypeError('failed to fetch'))
    return url === '/config.json' ? Promise.resolve(Response.json(config)) : fetch(url, init)
  })
  return {
    kept,
    tab,
    /** Where the page has left for. */
    left: () => location.assign.mock.calls.at(-1)?.[0],
    setOffline(offline: boolean) {
      isOffline = offline
    },
    goTo(href: string) {
      Object.assign(location, { href, hash: new URL(href).hash })
    },
  }
}

/** Also knows what stood in it for a moment. */
function watchedStorage() {
  const storage = safeStorage(() => {
    throw new Error('none')
  })
  const written: (readonly [key: string, value: string])[] = []
  const setItem = storage.setItem.bind(storage)
  storage.setItem = (key, value) => {
    written.push([key, value])
    setItem(key, value)
  }
  return {
    storage,
    written,
    standing: () =>
      Array.from({ length: storage.length }, (_, n) => storage.key(n) ?? '').map(
        (key) => [key, storage.getItem(key)] as const,
      ),
  }
}

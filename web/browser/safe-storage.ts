/**
 * The browser's storage, or one that lasts as long as the page: reading it may throw where the person forbids it, and
 * writing where it is full or the window a private one.
 */
export function safeStorage(open: () => Storage): Storage {
  try {
    const storage = open()
    storage.setItem(PROBE, '')
    storage.removeItem(PROBE)
    return storage
  } catch {
    return memoryStorage()
  }
}

const PROBE = 'mihari.probe'

function memoryStorage(): Storage {
  const items = new Map<string, string>()
  return {
    get length() {
      return items.size
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  }
}

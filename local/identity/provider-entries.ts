import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'
import * as v from 'valibot'
import type { Clock } from '../clock.ts'
import { openKeptFile } from '../kept-file.ts'

/** What has to outlive a restart. The rest (codes, interactions, access tokens) is begun anew. */
const KEPT = ['Session', 'Grant', 'RefreshToken']

const Entry = v.object({
  model: v.string(),
  id: v.string(),
  /** Epoch ms. */
  expiresAt: v.number(),
  payload: v.record(v.string(), v.unknown()),
})
type Entry = v.InferOutput<typeof Entry>

export interface ProviderEntries {
  readonly adapter: AdapterFactory
  sweep(): void
}

export interface ProviderEntriesOptions {
  readonly folder: string | 'memory'
  readonly clock: Pick<Clock, 'now'>
  /** For so long after its first use a refresh token that was replaced is good for a repetition. */
  readonly refreshTokenGraceSeconds: number
}

/** Where the provider keeps what it has issued. */
export function openProviderEntries(options: ProviderEntriesOptions): ProviderEntries {
  const { clock, refreshTokenGraceSeconds } = options
  const file = openKeptFile<readonly Entry[]>(options.folder, 'issued.json', v.array(Entry), [])
  const entries = new Map(file.value.map((entry) => [keyOf(entry.model, entry.id), entry]))
  let writing: Promise<void> | undefined

  /** Changes of the same moment are one write. */
  function store(model: string): Promise<void> {
    if (!KEPT.includes(model)) return Promise.resolve()
    writing ??= Promise.resolve().then(() => {
      writing = undefined
      file.write([...entries.values()].filter((entry) => KEPT.includes(entry.model)))
    })
    return writing
  }

  function find(key: string): AdapterPayload | undefined {
    const entry = entries.get(key)
    if (!entry || entry.expiresAt <= clock.now()) return undefined
    return structuredClone(entry.payload) as AdapterPayload
  }

  function adapter(model: string): Adapter {
    return {
      async upsert(id, payload, expiresIn) {
        const expiresAt = expiresIn === undefined ? Number.MAX_SAFE_INTEGER : clock.now() + expiresIn * 1000
        entries.set(keyOf(model, id), { model, id, expiresAt, payload: structuredClone({ ...payload }) })
        await store(model)
      },
      async find(id) {
        const payload = find(keyOf(model, id))
        if (model === 'RefreshToken' && isInGrace(payload?.consumed)) delete payload?.consumed
        return payload
      },
      async findByUid(uid) {
        const entry = [...entries.values()].find((one) => one.model === model && one.payload['uid'] === uid)
        return entry && find(keyOf(model, entry.id))
      },
      async findByUserCode() {
        return undefined
      },
      async consume(id) {
        const entry = entries.get(keyOf(model, id))
        // The first use counts: a repetition must not make the grace longer.
        if (entry) entry.payload['consumed'] ??= Math.floor(clock.now() / 1000)
        await store(model)
      },
      async destroy(id) {
        entries.delete(keyOf(model, id))
        await store(model)
      },
      async revokeByGrantId(grantId) {
        for (const [key, entry] of entries) {
          if (entry.model === model && entry.payload['grantId'] === grantId) entries.delete(key)
        }
        await store(model)
      },
    }
  }

  function isInGrace(consumed: unknown): boolean {
    return typeof consumed === 'number' && clock.now() < (consumed + refreshTokenGraceSeconds) * 1000
  }

  return {
    adapter,
    sweep() {
      const before = entries.size
      for (const [key, { expiresAt }] of entries) if (expiresAt <= clock.now()) entries.delete(key)
      if (entries.size < before) void store('Session')
    },
  }
}

function keyOf(model: string, id: string): string {
  return `${model}:${id}`
}

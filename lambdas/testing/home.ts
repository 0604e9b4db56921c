import type { Backend } from '../core/backend.ts'
import type { Principal, Sender } from '../core/principal.ts'
import { receive } from '../core/receive.ts'
import { createRoutesCache } from '../core/routes-cache.ts'
import { createMemoryStore } from './memory-store.ts'
import { createRecordingPost } from './recording-post.ts'
import { DEVICE, INSTANCE, OTHER_DEVICE } from './samples.ts'

/** Warm instances of one deployed function over one database, and the connections of a little home. */
export function createHome() {
  const state = { time: 10_000, reads: 0, writes: 0 }
  const memory = createMemoryStore(() => state.time)
  const posted = createRecordingPost()
  const store = counted(memory, state)
  const failures: unknown[] = []
  const newInstance = (): Backend => ({
    store,
    post: posted.post,
    cache: createRoutesCache(),
    iceServers: [],
    log: { info: () => undefined, error: (_event, fields) => failures.push(fields) },
    now: () => state.time,
  })
  const instance = newInstance()
  const say = (from: Sender, message: unknown, at: Backend = instance) =>
    receive(at, from, typeof message === 'string' ? message : JSON.stringify(message))

  return {
    state,
    store,
    posted,
    failures,
    instance,
    newInstance,
    say,
    viewer: sender({ kind: 'viewer', id: 'local' }, 'viewer'),
    otherViewer: sender({ kind: 'viewer', id: 'other' }, 'other-viewer'),
    device: sender({ kind: 'device', id: DEVICE }, 'device'),
    otherDevice: sender({ kind: 'device', id: OTHER_DEVICE }, 'other-device'),
    deviceHello: (from: Sender, name: string, state: 'ready' | 'busy' = 'ready') =>
      say(from, { ...greeting, cameras: [{ name, state }] }),
    viewerHello: (from: Sender) => say(from, greeting),
  }
}

const greeting = { type: 'hello', protocol: 1, software: { name: 'test', version: '1' }, instance: INSTANCE }

export function sender(principal: Principal, connection: string, connectedAt = 5_000): Sender {
  return { principal, connection, connectedAt }
}

const WRITES = new Set(['putDevice', 'addConnection', 'removeConnection', 'openCall', 'endCall'])

function counted(store: Backend['store'], counts: { reads: number; writes: number }): Backend['store'] {
  return new Proxy(store, {
    get(target, name, receiver) {
      if (WRITES.has(String(name))) counts.writes += 1
      else counts.reads += 1
      return Reflect.get(target, name, receiver)
    },
  })
}

import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { afterEach } from 'vitest'
import { CloudLink } from '../cloud/cloud-link.ts'
import { CloudTime } from '../cloud/cloud-time.ts'
import type { LinkStanding } from '../cloud/link-state.ts'
import type { Received } from '../cloud/sort-message.ts'
import { createDeviceSigner } from '../identity/device-signer.ts'
import { deviceToken } from '../identity/device-token.ts'
import { createFakeClock } from './fake-clock.ts'
import { Mailbox } from './mailbox.ts'
import { type ScriptedCloudOptions, startScriptedCloud } from './scripted-cloud.ts'

export const signer = createDeviceSigner(generateKeyPairSync('ed25519').privateKey)
export const { device } = signer
export const fresh = () => randomBytes(16).toString('base64url')
export const call = 'A'.repeat(22)
const ready = [{ name: 'porch', state: 'ready' }] as const
export const busy = [{ name: 'porch', state: 'busy' }] as const

const undo: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0)) await step()
})

export interface LinkOptions extends ScriptedCloudOptions {
  /** The time of this machine; without one it is right. */
  readonly wall?: () => number
  /** Instead of a new token for each connection. */
  readonly token?: (cloudUrl: string) => string
}

/** A link to a scripted cloud, by a clock that stands still. */
export async function startLink(options: LinkOptions = {}) {
  const cloud = await startScriptedCloud(options)
  const clock = createFakeClock()
  const received = new Mailbox<Received>()
  const changes = new Mailbox<LinkStanding | 'replaced'>()
  const time = new CloudTime({ monotonic: clock.now, wall: options.wall ?? Date.now })
  const log = new Mailbox<{ readonly event: string; readonly message: string }>()
  const running: string[] = []
  const ended: string[] = []
  const link = new CloudLink({
    url: cloud.url,
    token: () =>
      options.token?.(cloud.url) ??
      deviceToken(signer, { audience: cloud.url, now: time.now(), jti: fresh() }),
    instance: 'I'.repeat(22),
    software: { name: 'test', version: '1' },
    labels: new Map([['porch', 'Front porch']]),
    calls: () => [...running],
    ended: (calls) => ended.push(...calls),
    clock,
    random: () => 1,
    log: (_level, event, message) => log.put({ event, message }),
    receive: (message) => received.put(message),
    changed: (standing) => changes.put(standing),
    setTime: (now) => time.set(now),
    replaced: () => changes.put('replaced'),
  })
  undo.push(async () => {
    await link.stop()
    await cloud.stop()
  })
  link.start([...ready])
  return { cloud, clock, received, changes, log, link, running, ended }
}

export async function startLinkUp(rollOverMs?: number) {
  const begun = await startLink()
  const server = await begun.cloud.links.next()
  await server.received.next()
  server.send({
    type: 'welcome',
    protocol: 1,
    device,
    paired: true,
    ...(rollOverMs === undefined ? {} : { rollOverMs }),
  })
  await begun.changes.next((standing) => standing === 'up')
  return { ...begun, server }
}

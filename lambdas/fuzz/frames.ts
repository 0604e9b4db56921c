import { at, CAMERA_NAMES, CAMERAS, DEVICES, EMAILS, PERSON_IDS } from './cast.ts'
import type { ModelCall, ModelConnection } from './model.ts'
import { secretHash } from './model.ts'
import { twisted } from './twisted.ts'
import type { World } from './world.ts'

/** What is said, by numbers that are read against the world as it is then, so that a failing run can shrink. */
export interface Say {
  /** By number: one that the sender may have reason to speak of. */
  readonly topic: Topic | number
  /** Whom or what it is about. */
  readonly about: number
  readonly more: number
  readonly twist: number
}

const VIEWER_TOPICS = ['hello', 'call', 'answer', 'candidates', 'alive', 'resume', 'hangup'] as const
const DEVICE_TOPICS = [
  'hello',
  'offer',
  'candidates',
  'alive',
  'hangup',
  'status',
  'error',
  'start-pairing',
] as const
const OWNER_TOPICS = [
  'claim-device',
  'unpair-device',
  'grant-to-person',
  'grant-by-link',
  'revoke-grant',
  'set-owner',
  'rename-camera',
  'rename-device',
  'list-devices',
  'list-grants',
  'list-people',
  'list-watchers',
  'list-history',
  'sign-out-everywhere',
] as const
const TOPICS = [...new Set([...VIEWER_TOPICS, ...DEVICE_TOPICS, ...OWNER_TOPICS])]
type Topic = (typeof TOPICS)[number]

const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n'
const CANDIDATE = { candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host', sdpMid: '0' }
const HOUR_MS = 60 * 60_000
const REASONS = ['viewer-left', 'camera-closed', 'access-revoked', 'taken-over']
const HOST_CODES = [
  'camera-busy',
  'camera-refused',
  'too-many-candidates',
  'link-full',
  'unknown-camera',
  'link-revoked',
]
const STATES = ['ready', 'busy', 'unreachable']

/** Every so many of the frames are such as only somebody else may send. */
const WRONG_SIDE = 16

function topicOf({ who }: ModelConnection, topic: Topic | number): Topic {
  if (typeof topic === 'string') return topic
  if (topic % WRONG_SIDE === 0) return at(TOPICS, topic >> 4)
  switch (who.kind) {
    case 'device':
      return at(DEVICE_TOPICS, topic)
    case 'person':
      return at([...VIEWER_TOPICS, ...OWNER_TOPICS], topic)
    case 'guest':
    case 'nobody':
      return at(VIEWER_TOPICS, topic)
  }
}

/** How many of the frames are left as they are. */
const UNTWISTED = 24

export function frameOf(world: World, from: ModelConnection, say: Say): string {
  const message = messageOf(world, from, say)
  return say.twist < UNTWISTED
    ? JSON.stringify(message)
    : twisted(world, TOPICS, message, say.twist - UNTWISTED)
}

function messageOf(world: World, from: ModelConnection, say: Say): Record<string, unknown> {
  const { about, more } = say
  const topic = topicOf(from, say.topic)
  const ask = (asked: Record<string, unknown>) => ({
    type: 'request',
    id: world.newId(),
    ask: { op: topic, ...asked },
  })
  const device = at(DEVICES, about)
  const camera = at(CAMERAS, about)
  const call = aboutCall(world, from, about)
  switch (topic) {
    case 'hello': {
      const cameras = CAMERA_NAMES.slice(0, 2 - (more % 3 === 0 ? 1 : 0)).map((name) => ({
        name,
        state: at(STATES, more >> 2),
      }))
      const greeting = {
        type: topic,
        protocol: 1,
        software: { name: 'fuzz', version: '1' },
        instance: more % 4 === 2 ? world.newId() : INSTANCE,
      }
      if (from.who.kind !== 'device') return greeting
      const calls = more % 2 === 0 ? [] : namedCalls(world, from.who.id, about)
      return { ...greeting, cameras, calls, ...sequence(more) }
    }
    case 'call': {
      const takeOver = more % 8 === 2 ? { takeOver: true } : {}
      if (more % 4 === 0 && call !== undefined) return { type: topic, call: call.call, camera: call.camera }
      if (more % 8 === 5 && call !== undefined) {
        return { type: topic, call: world.newId(), camera: call.camera, replaces: call.call }
      }
      const seen = CAMERAS.filter((one) => world.model.maySeeOn(from.who, one, world.now))
      const picked = seen.length > 0 && more % 4 !== 1 ? at(seen, about) : camera
      return { type: topic, call: world.newId(), camera: picked, ...takeOver }
    }
    case 'offer':
      return {
        type: topic,
        ...ids(world, from, call),
        sdp: `${SDP}s=${more}\r\n`,
        candidates: [CANDIDATE],
        signature: 'signed',
      }
    case 'answer':
      return { type: topic, ...ids(world, from, call), sdp: `${SDP}s=${more}\r\n`, candidates: [] }
    case 'candidates':
      return { type: topic, ...ids(world, from, call), candidates: [CANDIDATE] }
    case 'alive':
    case 'resume': {
      const about = ids(world, from, call)
      return { type: topic, ...about, ...(call !== undefined && { camera: call.camera }) }
    }
    case 'hangup':
      return { type: topic, ...ids(world, from, call), reason: at(REASONS, more) }
    case 'error':
      return { type: topic, ...ids(world, from, call), code: at(HOST_CODES, more) }
    case 'status':
      return {
        type: topic,
        cameras: [{ name: at(CAMERA_NAMES, about), state: at(STATES, more) }],
        ...sequence(about),
      }
    case 'start-pairing':
      return ask({ codeHash: secretHash(codeOf(from.who.kind === 'device' ? from.who.id : device, about)) })
    case 'claim-device':
      return ask({
        device,
        code: codeOf(more % 4 === 3 ? at(DEVICES, about + 1) : device, more >> 2),
        label: `Home ${more}`,
      })
    case 'unpair-device':
      return ask({ device })
    case 'rename-device':
      return ask({ device, label: `Home ${more}` })
    case 'rename-camera':
      return ask({ camera, label: `Camera ${more}` })
    case 'grant-to-person':
      return ask({ camera, email: at(EMAILS, more) })
    case 'grant-by-link': {
      const until = world.now + (more % 4 === 0 ? -1 : (more % 4) * HOUR_MS)
      return ask({
        camera,
        hash: secretHash(world.newId()),
        label: `Link ${more}`,
        until,
        max: 1 + (more % 3),
      })
    }
    case 'revoke-grant': {
      const grants = [...world.model.grants.values()]
      const grant = grants.length === 0 ? undefined : at(grants, about)
      return ask({
        camera: more % 8 === 7 ? camera : (grant?.camera ?? camera),
        grant: grant?.id ?? world.newId(),
      })
    }
    case 'set-owner':
      return ask({ person: at(PERSON_IDS, about), owner: more % 2 === 0 })
    case 'list-grants':
    case 'list-history':
      return ask({ camera })
    case 'list-devices':
    case 'list-people':
    case 'list-watchers':
    case 'sign-out-everywhere':
      return ask({})
  }
}

/** The run of everybody's program, but for those that have started anew. */
const INSTANCE = 'i'.repeat(22)

function sequence(about: number): { sequence?: number } {
  return about % 4 === 0 ? {} : { sequence: about >> 2 }
}

/** A few codes that each device may show. */
function codeOf(device: string, which: number): string {
  return `${device.slice(0, 20)}${which % 2}x`
}

function ids(world: World, from: ModelConnection, call: ModelCall | undefined): Record<string, unknown> {
  const known = { call: call?.call ?? world.newId(), camera: call?.camera ?? at(CAMERAS, 0) }
  return from.who.kind === 'device' ? { call: known.call } : known
}

/** Of the device's own the live ones and others, one of somebody else, and one that nobody has. */
function namedCalls(world: World, device: string, about: number): string[] {
  const all = [...world.model.calls.values()]
  const own = all.filter((call) => call.device === device).slice(-12)
  return [...own, ...all.slice(about % 16, (about % 16) + 1)].map(({ call }) => call).concat(world.newId())
}

/** Mostly one of the sender's own calls, the latest first; else anybody's. */
function aboutCall(world: World, { who }: ModelConnection, about: number): ModelCall | undefined {
  const calls = [...world.model.calls.values()].reverse()
  const own = calls.filter(({ viewer, device }) => 'id' in who && (who.id === viewer || who.id === device))
  const from = own.length > 0 && about % 5 !== 4 ? own : calls
  return from.length === 0 ? undefined : at(from, about >> 3)
}

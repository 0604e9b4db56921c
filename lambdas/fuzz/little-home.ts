import type { Say } from './frames.ts'
import type { Step } from './steps.ts'

/** Who connects how far into the steps: its place among the connections. */
const OWNER = 0
const FIRST_DEVICE = 1
const SECOND_DEVICE = 2
const VIEWER = 3
const GUEST = 4

/**
 * A home as it comes about: an owner, two devices, a viewer and a guest of the first camera, both watching. A run
 * begins somewhere along this way.
 */
export const LITTLE_HOME: readonly Step[] = [
  connect('person', 0),
  connect('device', 0),
  say(FIRST_DEVICE, { topic: 'start-pairing' }),
  say(OWNER, { topic: 'claim-device' }),
  say(FIRST_DEVICE, { topic: 'hello', more: 1 }),
  connect('device', 1),
  say(SECOND_DEVICE, { topic: 'start-pairing' }),
  say(OWNER, { topic: 'claim-device', about: 1 }),
  say(SECOND_DEVICE, { topic: 'hello', more: 1 }),
  say(OWNER, { topic: 'grant-to-person' }),
  connect('person', 1),
  say(OWNER, { topic: 'grant-by-link', more: 1 }),
  connect('guest', 0),
  connect('person', 5),
  say(VIEWER, { topic: 'call', more: 1 }),
  say(FIRST_DEVICE, { topic: 'offer' }),
  say(VIEWER, { topic: 'answer' }),
  say(GUEST, { topic: 'call', more: 3 }),
  say(FIRST_DEVICE, { topic: 'offer' }),
  say(GUEST, { topic: 'answer' }),
]

function connect(kind: 'person' | 'guest' | 'device', which: number): Step {
  return { do: 'connect', kind, which, late: false }
}

function say(connection: number, { topic, about = 0, more = 0 }: Partial<Say> & Pick<Say, 'topic'>): Step {
  return { do: 'say', connection, instance: connection, say: { topic, about, more, twist: 0 } }
}

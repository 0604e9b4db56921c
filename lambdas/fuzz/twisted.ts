import { splitCameraId } from '../../protocol/identifiers.ts'
import { at, CAMERAS, DEVICES, PERSON_IDS } from './cast.ts'
import type { World } from './world.ts'

const NO_MESSAGES = [
  '',
  '{',
  'null',
  '[]',
  '"hello"',
  '['.repeat(9_000),
  '{"type":"constructor"}',
  '{"type":["call"]}',
  '{"type":"call","call":{},"camera":[]}',
  '{"type":"request","id":"__proto__","ask":{"op":"__proto__"}}',
  `{"type":"hello","protocol":1e308,"instance":"${'i'.repeat(30_000)}"}`,
]

/** The same with one thing wrong: near enough to be taken for right by who looks once. */
export function twisted(
  world: World,
  topics: readonly string[],
  message: Record<string, unknown>,
  twist: number,
): string {
  const keys = Object.keys(message)
  const key = at(keys, twist >> 3)
  switch (twist % 8) {
    case 0:
      return JSON.stringify({ ...message, camera: at(CAMERAS, twist >> 3) })
    case 1: {
      const calls = [...world.model.calls.values()]
      return JSON.stringify({
        ...message,
        call: calls.length === 0 ? world.newId() : at(calls, twist >> 3).call,
      })
    }
    case 2:
      return JSON.stringify({ ...message, ...POSING })
    case 3:
      return JSON.stringify(message).replace('{', `{"__proto__":${JSON.stringify(POSING)},`)
    case 4:
      return JSON.stringify({ ...message, [key]: undefined })
    case 5:
      return JSON.stringify({ ...message, [key]: [message[key]] })
    case 6:
      return JSON.stringify({ ...message, type: at(topics, twist >> 3) })
    default:
      return at(NO_MESSAGES, twist >> 3)
  }
}

const POSING = {
  kind: 'person',
  role: 'owner',
  owner: true,
  principal: { kind: 'device', id: at(DEVICES, 0) },
  who: at(PERSON_IDS, 0),
  device: splitCameraId(at(CAMERAS, 0)).device,
}

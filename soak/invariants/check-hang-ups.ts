import { nameOf } from './check-sessions.ts'
import type { Facts } from './facts.ts'

/** A connector that could hang up at a camera has done so: a camera may keep a stream busy that was only left. */
export function checkHangUps(before: Facts, after: Facts, excused: ReadonlySet<string>): readonly string[] {
  return after.cameras.flatMap(({ id, abandoned }, index) => {
    const earlier = before.cameras[index]?.abandoned ?? null
    if (abandoned === null || earlier === null || excused.has(nameOf(id)) || abandoned <= earlier) return []
    return [`camera ${nameOf(id)} was left ${abandoned - earlier} times without a hang-up`]
  })
}

const PlatformDate = Date
let aheadMs = 0

const CloudDate = new Proxy(PlatformDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [target.now() + aheadMs] : args, newTarget),
  apply: (target) => new target(target.now() + aheadMs).toString(),
  get: (target, key) => (key === 'now' ? () => target.now() + aheadMs : Reflect.get(target, key)),
})

/** Below this, the two clocks were merely read one after the other. */
const SAME_CLOCK_MS = 1000

/** Lets the function see the cloud's time, which a test may have moved hours ahead of the machine's. */
export function setCloudTime(clockAheadMs: number) {
  aheadMs = Math.abs(clockAheadMs) < SAME_CLOCK_MS ? 0 : clockAheadMs
  globalThis.Date = aheadMs === 0 ? PlatformDate : CloudDate
}

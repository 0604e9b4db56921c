const PlatformDate = Date
let aheadMs = 0

/** Code keeps `Date.now` in variables, so that it has to be ours from the start. */
const cloudNow = () => PlatformDate.now() + aheadMs

/** Below this, the two clocks were merely read one after the other. */
const SAME_CLOCK_MS = 1000

/** Lets a function see the cloud's time, which a test may have moved hours ahead of the machine's. */
export function setCloudTime(clockAheadMs: number) {
  aheadMs = Math.abs(clockAheadMs) < SAME_CLOCK_MS ? 0 : clockAheadMs
}

export function installCloudDate() {
  globalThis.Date = new Proxy(PlatformDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [cloudNow()] : args, newTarget),
    apply: (target) => new target(cloudNow()).toString(),
    get: (target, key) => (key === 'now' ? cloudNow : Reflect.get(target, key)),
  })
}

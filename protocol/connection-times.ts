/** API Gateway closes a connection that was idle for ten minutes; both ends say something before that [R28]. */
export const IDLE_LIMIT_MS = 9 * 60_000
/** How long a connection that was replaced must have been quiet before it is closed [R46]. */
export const OLD_QUIET_MS = 15_000
/** And how long it is heard at most: somebody who never stops talking is not waited for. */
export const OLD_LIMIT_MS = 60_000
/** A hello that has no welcome by then may have been lost, and a fresh welcome answers each [R4]. */
export const GREET_AGAIN_MS = 3_000
/** When what a device has said of its cameras is said once more [R50]. */
export const STATUS_AGAIN_MS = 15_000

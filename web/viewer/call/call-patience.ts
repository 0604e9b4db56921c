/** Long enough that an ordinary camera has answered: then it is said that this one is slow. */
export const SLOW_MS = 4_000
/** A call without any reply is repeated as often, with the same id [R12]: whatever was lost, little time is. */
export const ASK_AGAIN_MS = 5_000
/** The host gives a camera 15 s to make its offer [R21]; after these it is known that no word will come. */
export const GIVE_UP_MS = 20_000
/** From the answer to the first frame; browsers themselves give up on ICE after 15 to 30 s. */
export const PICTURE_MS = 20_000
/**
 * For the path, and then for the picture, of one that was there before and is called again by itself: a call more costs
 * nobody a click.
 */
export const PICTURE_AGAIN_MS = 7_000
/**
 * A browser answers an offer within milliseconds. Chromium now and then never begins to look for its own addresses in
 * a page that was just reloaded: otherwise they are looked for since the call was placed, and the first is there within
 * milliseconds, or, where a browser hides its own and only tells a relay's, after some round trips.
 */
export const BEGIN_MS = 4_000
/** The same where the browser waits for a tap before it plays. The host has its answer, and waits longer [R22]. */
export const TAP_MS = 60_000
/** After an error that asks to retry. */
export const RETRY_MS = 1_500
export const MAX_RESENDS = 3
/**
 * An answer to which no path is found may have been lost, or the candidates of either end: both are said again, and
 * the host's are asked for by the call [R12].
 */
export const RESEND_MS = 4_000
/** A picture that plays is in no hurry, and a cloud that fails for long is not to be pressed. */
export const RESUME_AGAIN_MS = 10_000

import * as v from 'valibot'
import { Watch } from './operations.ts'

/** To owners: somebody has begun to watch, or has ended. Of two about one call, the one that is over holds. */
export const Watching = v.object({ type: v.literal('watching'), watch: Watch })
export type Watching = v.InferOutput<typeof Watching>

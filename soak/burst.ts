import type { Burst } from './draw-faults.ts'
import type { SoakFault } from './faults.ts'
import { CAMERAS } from './layout.ts'

/** Cameras that nobody could hang up at: theirs or their connector's end came without a warning. */
export function unfairTo(burst: Burst): ReadonlySet<string> {
  return new Set(
    burst.flatMap((fault): string[] => {
      if (fault.on === 'camera')
        return CAMERAS.flatMap(({ name }, index) => (index === fault.camera ? [name] : []))
      if (fault.on !== 'connector' || (fault.how !== 'kill' && fault.how !== 'away')) return []
      return CAMERAS.flatMap(({ name, connector }) => (connector === fault.connector ? [name] : []))
    }),
  )
}

/** Two faults of one burst that meet the same process come one after the other. */
export function targetOf(fault: SoakFault): string {
  switch (fault.on) {
    case 'service':
    case 'cloud':
      return 'cloud'
    case 'connector':
      return `connector ${fault.connector}`
    case 'camera':
      return `camera ${fault.camera}`
    case 'viewer':
      return `viewer ${fault.viewer}`
    case 'knocker':
      return 'knocker'
    default:
      return fault satisfies never
  }
}

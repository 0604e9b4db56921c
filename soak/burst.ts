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

/** Whether a call to this camera may fail by it: it is of the camera, its connector, or anything in the cloud. */
export function touches(fault: SoakFault, camera: string): boolean {
  switch (fault.on) {
    case 'service':
    case 'cloud':
      return true
    case 'connector':
      return (
        fault.how !== 'roll-over' &&
        CAMERAS.find(({ name }) => name === camera)?.connector === fault.connector
      )
    case 'camera':
      return CAMERAS[fault.camera]?.name === camera
    case 'viewer':
    case 'knocker':
      return false
    default:
      return fault satisfies never
  }
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

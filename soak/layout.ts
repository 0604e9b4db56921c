/** What stands at home, and who watches it. */
export interface CameraPlan {
  readonly name: string
  /** Which of the two connectors has it. */
  readonly connector: number
  readonly maxCalls: number
  /** How the camera is quirky. */
  readonly flags: readonly string[]
}

/** Long enough to punish a hang-up that is missing, short enough to be waited for. */
export const STICKY_MS = 8_000
const FRAMES_PER_SECOND = 5

const COMMON = ['--fps', String(FRAMES_PER_SECOND)]

export const CAMERAS: readonly CameraPlan[] = [
  {
    name: 'porch',
    connector: 0,
    maxCalls: 1,
    flags: [...COMMON, '--one-feed', '--sticky-busy', String(STICKY_MS)],
  },
  { name: 'garden', connector: 0, maxCalls: 4, flags: [...COMMON, '--max-streams', '4'] },
  {
    name: 'attic',
    connector: 1,
    maxCalls: 3,
    flags: [...COMMON, '--max-streams', '3', '--slow-start', '1200'],
  },
  {
    name: 'cellar',
    connector: 1,
    maxCalls: 3,
    flags: [...COMMON, '--max-streams', '3', '--early-candidates', '--no-trickle', '--object-data'],
  },
]

export const CONNECTORS = 2

export interface ViewerPlan {
  readonly name: string
  /** Watches by a guest's link instead of being signed in. */
  readonly guest: boolean
  /** Null: who only knocks at full cameras. */
  readonly camera: string | null
}

export const VIEWERS: readonly ViewerPlan[] = [
  { name: 'v0', guest: false, camera: 'porch' },
  { name: 'v1', guest: false, camera: 'garden' },
  { name: 'v2', guest: true, camera: 'garden' },
  { name: 'v3', guest: false, camera: 'garden' },
  { name: 'v4', guest: false, camera: 'attic' },
  { name: 'v5', guest: true, camera: 'attic' },
  { name: 'v6', guest: false, camera: 'cellar' },
  { name: 'v7', guest: true, camera: 'cellar' },
  { name: 'v8', guest: false, camera: 'cellar' },
  { name: 'v9', guest: false, camera: null },
]

/** Those that have a camera of their own to watch. */
export const WATCHERS = VIEWERS.flatMap(({ camera }, index) => (camera === null ? [] : [index]))
export const KNOCKER = VIEWERS.findIndex(({ camera }) => camera === null)

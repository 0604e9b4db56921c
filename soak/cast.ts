import type { SoakFault } from './faults.ts'
import type { Home } from './home/home.ts'
import { nameOf } from './invariants/check-sessions.ts'
import { judgePress } from './judge-press.ts'
import { STICKY_MS, VIEWERS } from './layout.ts'
import type { ViewerDeed, ViewerFacts } from './viewers/messages.ts'
import type { ViewersProcess } from './viewers/viewers.ts'

/** A person presses again no sooner than that. */
const PRESS_INTERVAL_MS = 2_000

interface Person {
  /** Id of the camera that is to be seen here; null: only knocks. */
  readonly camera: string | null
  readonly guest: Extract<ViewerDeed, { kind: 'open' }>['guest']
  /** Whether this page has shown what it is to show: from then on nobody needs to press anything. */
  hadPicture: boolean
  pressedAt: number
  /** How often in the present burst. */
  presses: number
}

/** The people before the viewers, and what each wants. */
export class Cast {
  readonly #people: readonly Person[]
  readonly #cameras: readonly string[]
  readonly #viewers: ViewersProcess
  /** Why somebody had to press once more, and how often. */
  readonly presses = new Map<string, number>()

  private constructor(people: readonly Person[], cameras: readonly string[], viewers: ViewersProcess) {
    this.#people = people
    this.#cameras = cameras
    this.#viewers = viewers
  }

  static async assemble(home: Home, viewers: ViewersProcess): Promise<Cast> {
    const ids = home.cameraIds
    const people: Person[] = []
    for (const { guest, camera } of VIEWERS) {
      const id = camera === null ? null : (ids.get(camera) ?? null)
      people.push({
        camera: id,
        guest: guest && id !== null ? await home.inviteGuest(id) : null,
        hadPicture: false,
        pressedAt: 0,
        presses: 0,
      })
    }
    return new Cast(people, [...ids.values()], viewers)
  }

  /** Which cameras each viewer is shown: an owner all, a guest the link's. */
  get sights(): readonly (readonly string[])[] {
    return this.#people.map(({ guest, camera }) =>
      guest !== null && camera !== null ? [camera] : this.#cameras,
    )
  }

  get wishes(): readonly (string | null)[] {
    return this.#people.map(({ camera }) => camera)
  }

  beginBurst(): void {
    for (const person of this.#people) person.presses = 0
  }

  async openAll(): Promise<void> {
    for (const index of this.#people.keys()) await this.open(index)
  }

  /** A page that knows nothing of one before it, and calls. */
  async open(index: number): Promise<void> {
    const person = this.#person(index)
    await this.do(index, { kind: 'open', guest: person.guest })
    await this.call(index)
  }

  async call(index: number): Promise<void> {
    const person = this.#person(index)
    person.hadPicture = false
    person.pressedAt = performance.now()
    if (person.camera !== null) await this.do(index, { kind: 'call', camera: person.camera })
  }

  do(index: number, deed: ViewerDeed): Promise<void> {
    return this.#viewers.do(index, deed)
  }

  async passNineMinutes(): Promise<void> {
    for (const index of this.#people.keys()) await this.#viewers.passNineMinutes(index)
  }

  rollOver(index: number): Promise<void> {
    return this.#viewers.rollOver(index)
  }

  /**
   * Where a call failed before there was a picture, its person was told why and presses again. Returns what nobody
   * should have had to press for: nothing of the burst is to blame for it.
   */
  async pressWhereTold(
    facts: readonly ViewerFacts[],
    burst: readonly SoakFault[],
  ): Promise<readonly string[]> {
    const problems: string[] = []
    for (const [index, { link, calls }] of facts.entries()) {
      const person = this.#person(index)
      if (person.camera === null || link !== 'welcomed') continue
      const call = calls.find(({ camera }) => camera === person.camera)
      if (call?.phase === 'playing' && call.frames > 0) person.hadPicture = true
      const isOver = call === undefined || call.phase === 'ended' || call.phase === 'failed'
      // A page that was reloaded after such a failure shows the camera as it is to everybody.
      const isRegaining = call !== undefined && call.regain !== 'off'
      if (!isOver || isRegaining || person.hadPicture) continue
      const why = call?.why ?? null
      // A feed that stays taken by nobody is told as that: it takes its time.
      const intervalMs = why === 'camera-refused' ? STICKY_MS : PRESS_INTERVAL_MS
      if (performance.now() - person.pressedAt < intervalMs) continue
      this.presses.set(why ?? 'no call', (this.presses.get(why ?? 'no call') ?? 0) + 1)
      person.presses += 1
      const press = { viewer: index, camera: nameOf(person.camera), why, times: person.presses }
      const problem = judgePress(press, burst)
      if (problem !== null) problems.push(problem)
      await this.call(index)
    }
    return problems
  }

  #person(index: number): Person {
    const person = this.#people[index]
    if (person === undefined) throw new Error(`there is no viewer ${index}`)
    return person
  }
}

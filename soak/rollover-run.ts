import type { CameraStatus } from '../local/simulated-camera/status.ts'
import { Home } from './home/home.ts'
import { Transcript } from './home/transcript.ts'
import { type CameraPlan, VIEWERS } from './layout.ts'
import { rest } from './rest.ts'
import { type LogLine, RolloverWitness } from './rollover-witness.ts'
import type { CallFacts, ViewerHistory } from './viewers/messages.ts'
import { ViewersProcess } from './viewers/viewers.ts'

const FLAGS = ['--fps', '5', '--max-streams', '8']
/** The second is full, and says so, whenever there is a call beside the one that plays. */
export const PLANS: readonly CameraPlan[] = [
  { name: 'roomy', connector: 0, maxCalls: 4, flags: FLAGS },
  { name: 'tight', connector: 0, maxCalls: 2, flags: FLAGS },
]

const CONNECTOR = 'connector'
/** Plays the first camera, the second one, and calls both by turns. */
const PLAYERS = [0, 1] as const
const CALLER = 2
const PARTIES = [...PLAYERS, CALLER]

type Side = typeof CONNECTOR | number

/** Who rolls over at the same moment, over and over; the viewers beside the connector, and without it. */
const TURNS: readonly (readonly Side[])[] = [
  [CONNECTOR],
  [CONNECTOR, PLAYERS[0]],
  [CONNECTOR, CALLER],
  [CALLER],
  [CONNECTOR, PLAYERS[1]],
  [CONNECTOR, ...PARTIES],
]

const TAKE_OVER_MS = 15_000
const PICTURE_MS = 30_000
const LOOK_MS = 100
/** Time enough for new frames. */
const SEEN_MS = 1_000
/** An older connection is closed once it has been quiet for 15 s. */
const HEARD_OUT_MS = 40_000

interface Placed {
  readonly camera: string
  readonly call: string
  /** How it came out. */
  readonly phase: string
  /** From its beginning to its picture: how often the connector, and the caller, came to their next connection. */
  readonly straddled: { readonly connector: number; readonly caller: number }
}

export interface RolloverFacts {
  readonly connectorRollovers: number
  readonly viewerRollovers: number
  readonly secondsRolling: number
  /** Of the caller, in its order. */
  readonly placed: readonly Placed[]
  /** Of the cameras, by name. */
  readonly ids: ReadonlyMap<string, string>
  readonly histories: readonly ViewerHistory[]
  /** Until everything was ended. */
  readonly cloudLog: readonly LogLine[]
  readonly connectorLog: readonly LogLine[]
  /** By name. */
  readonly cameras: Readonly<Record<string, CameraStatus>>
  /** Of the players: decoded before the first rollover, after the last one, and later. */
  readonly frames: readonly (readonly number[])[]
  readonly messages: { readonly in: number; readonly out: number }
  readonly openConnections: number
}

/**
 * Lets a connector roll over so often, and three viewers beside it, under calls; all of it as real processes, of whose
 * lines `file` gets every one.
 */
export async function runRollovers(rollovers: number, file: string): Promise<RolloverFacts> {
  const witness = new RolloverWitness()
  const transcript = new Transcript(file, witness.heard)
  const home = await Home.start({ transcript, say: () => undefined, plans: PLANS, connectorCount: 1 })
  const viewers = new ViewersProcess(home.viewersProgram, transcript)
  try {
    return await new RolloverRun(home, viewers, witness, transcript).run(rollovers)
  } finally {
    await Promise.all([viewers.stop(), home.stop()])
  }
}

class RolloverRun {
  readonly #home: Home
  readonly #viewers: ViewersProcess
  readonly #witness: RolloverWitness
  readonly #transcript: Transcript
  readonly #placed: Placed[] = []
  #isRolling = true

  constructor(home: Home, viewers: ViewersProcess, witness: RolloverWitness, transcript: Transcript) {
    this.#home = home
    this.#viewers = viewers
    this.#witness = witness
    this.#transcript = transcript
  }

  /** Until the connector has rolled over so often. */
  async run(rollovers: number): Promise<RolloverFacts> {
    await this.#open()
    const before = await this.#meter()
    const frames = [await this.#frames()]
    const calling = this.#keepCalling()
    // What it fails with is asked for when the rollovers are over.
    calling.catch(() => undefined)
    const startedAt = performance.now()
    const rolled = { connector: 0, viewers: 0 }
    for (let turn = 0; rolled.connector < rollovers; turn += 1) {
      const sides = TURNS[turn % TURNS.length] ?? []
      this.#transcript.note('rollover', `--- ${turn + 1}: ${sides.join(', ')}`)
      await this.#rollOver(sides)
      rolled.connector += sides.filter((side) => side === CONNECTOR).length
      rolled.viewers += sides.filter((side) => side !== CONNECTOR).length
    }
    const secondsRolling = (performance.now() - startedAt) / 1000
    this.#isRolling = false
    await calling
    const after = await this.#meter()
    frames.push(await this.#frames())
    await rest(SEEN_MS)
    const openConnections = await this.#untilHeardOut()
    frames.push(await this.#frames())
    const statuses = await Promise.all(
      this.#home.cameras.map(async (camera) => [camera.plan.name, await camera.status()] as const),
    )
    return {
      connectorRollovers: rolled.connector,
      viewerRollovers: rolled.viewers,
      secondsRolling,
      placed: this.#placed,
      ids: this.#home.cameraIds,
      histories: (await this.#viewers.history()).slice(0, PARTIES.length),
      cloudLog: [...this.#witness.cloud],
      connectorLog: [...this.#witness.connector],
      cameras: Object.fromEntries(statuses),
      frames: PLAYERS.map((player) => frames.map((counts) => counts[player] ?? 0)),
      messages: { in: after.messagesIn - before.messagesIn, out: after.messagesOut - before.messagesOut },
      openConnections,
    }
  }

  async #open(): Promise<void> {
    await this.#viewers.tellSurroundings(this.#home.surroundings)
    await this.#viewers.keepHistory()
    for (const viewer of PARTIES) await this.#viewers.do(viewer, { kind: 'open', guest: null })
    for (const player of PLAYERS) {
      const { id } = this.#home.cameraAt(player)
      await this.#viewers.do(player, { kind: 'call', camera: id })
      await this.#outcome(player, id)
    }
  }

  /** Calls, waits for the picture, hangs up, and calls the other camera. */
  async #keepCalling(): Promise<void> {
    for (let round = 0; this.#isRolling; round += 1) {
      const { id } = this.#home.cameraAt(round % PLANS.length)
      const before = this.#rolled()
      await this.#viewers.do(CALLER, { kind: 'call', camera: id })
      const { call, phase } = await this.#outcome(CALLER, id)
      const after = this.#rolled()
      const straddled = {
        connector: after.connector - before.connector,
        caller: after.caller - before.caller,
      }
      this.#placed.push({ camera: id, call, phase, straddled })
      await this.#viewers.do(CALLER, { kind: 'leave' })
    }
  }

  #rolled(): Placed['straddled'] {
    const caller = this.#witness.welcomes(VIEWERS[CALLER]?.name ?? '')
    return { connector: this.#witness.takeovers(), caller }
  }

  /** A picture, an end without one, or whatever it has come to when that takes too long. */
  async #outcome(viewer: number, camera: string): Promise<Pick<CallFacts, 'call' | 'phase'>> {
    const startedAt = performance.now()
    while (performance.now() - startedAt < PICTURE_MS) {
      await rest(LOOK_MS)
      const call = await this.#call(viewer, camera)
      if (call?.phase === 'playing' || call?.phase === 'ended' || call?.phase === 'failed') return call
    }
    return (await this.#call(viewer, camera)) ?? { call: '', phase: 'nothing' }
  }

  async #call(viewer: number, camera: string): Promise<CallFacts | undefined> {
    const facts = await this.#viewers.facts()
    return facts[viewer]?.calls.find((call) => call.camera === camera)
  }

  /** All at once; resolves when the next connection of each has taken over. */
  async #rollOver(sides: readonly Side[]): Promise<void> {
    await Promise.all(
      sides.map((side) => (side === CONNECTOR ? this.#rollOverConnector() : this.#rollOverViewer(side))),
    )
  }

  async #rollOverConnector(): Promise<void> {
    const before = this.#witness.takeovers()
    await this.#home.connectors[0]?.rollOver()
    await this.#witness.until(
      () => this.#witness.takeovers() > before,
      'the connector rolls over',
      TAKE_OVER_MS,
    )
  }

  async #rollOverViewer(viewer: number): Promise<void> {
    const name = VIEWERS[viewer]?.name ?? ''
    const before = this.#witness.welcomes(name)
    await this.#viewers.rollOver(viewer)
    await this.#witness.until(
      () => this.#witness.welcomes(name) > before,
      `viewer ${name} rolls over`,
      TAKE_OVER_MS,
    )
  }

  async #frames(): Promise<readonly number[]> {
    const facts = await this.#viewers.facts()
    return PLAYERS.map((player) => facts[player]?.calls[0]?.frames ?? 0)
  }

  #meter() {
    return this.#home.cloud.meter()
  }

  /** How many connections are left once the older ones had their time. */
  async #untilHeardOut(): Promise<number> {
    const startedAt = performance.now()
    for (;;) {
      const { openConnections } = await this.#meter()
      const isOver = performance.now() - startedAt > HEARD_OUT_MS
      if (isOver || openConnections <= 1 + PARTIES.length) return openConnections
      await rest(LOOK_MS)
    }
  }
}

import type { Backend } from '../core/backend.ts'
import type { Connections } from '../core/ports.ts'
import { createRoutesCache } from '../core/routes-cache.ts'
import { handle } from '../handler.ts'
import { createMemoryStore } from '../testing/memory-store.ts'
import { applyAnswer, applyChange, applyPromise } from './apply-change.ts'
import type { Change } from './change.ts'
import { type ModelEvent, type ModelPost, meaningOf } from './event.ts'
import { forbiddenChange } from './forbidden-change.ts'
import { forbiddenPost } from './forbidden-post.ts'
import { Model, type ModelConnection, type Who } from './model.ts'
import { leftOver, stillOwed } from './owed.ts'
import { eventOf, NO_DOOR } from './socket-event.ts'
import { nameOf, Violation, Violations } from './violations.ts'
import { watchStore } from './watched-store.ts'

export const OWNER_EMAIL = 'owner@home.test'
const START = Date.UTC(2026, 10, 21)

/** Then the gateway ends a connection. */
const CONNECTION_MS = 2 * 60 * 60_000

/** What the world hands to the function. */
export interface Arrival {
  readonly connection: ModelConnection
  /** Null: the gateway's word that the connection is over. */
  readonly frame: string | null
}

/**
 * Several instances of the function, each with a cache of its own, over one database; every post and every write
 * is held against the model at the moment when it happens.
 */
export class World {
  readonly model = new Model(OWNER_EMAIL)
  /** In the order in which they were made. */
  readonly connections: ModelConnection[] = []
  readonly posted = new Map<string, number>()
  readonly #store = createMemoryStore(() => this.now)
  readonly #instances = [this.#newInstance(), this.#newInstance(), this.#newInstance()]
  readonly #jammed = new Set<string>()
  #wasJammed = false
  readonly #violations = new Violations()
  #ids = 0
  #queue: (() => void)[] | null = null
  #now = START

  get now(): number {
    return this.#now
  }

  /** 128 bits that nobody has used before, base64url. */
  newId(): string {
    this.#ids += 1
    return `i${String(this.#ids).padStart(21, '0')}`
  }

  connect(who: Who): ModelConnection {
    this.#now += 1
    const connection = {
      id: `connection-${this.connections.length}`,
      who,
      connectedAt: this.now,
      open: true,
      greeted: false,
      listed: false,
      rollOverAt: null,
    }
    this.connections.push(connection)
    this.model.connections.set(connection.id, connection)
    return connection
  }

  wait(ms: number): void {
    this.#now += ms
    for (const connection of this.connections) {
      if (this.now >= connection.connectedAt + CONNECTION_MS) connection.open = false
    }
  }

  /** The gateway fails to reach it from now on, or no longer fails. */
  jam(connection: ModelConnection): void {
    if (!this.#jammed.delete(connection.id)) this.#jammed.add(connection.id)
    this.#wasJammed = true
  }

  /** One event in one instance. */
  async arrive(instance: number, arrival: Arrival): Promise<void> {
    this.#now += 1
    const { event, posts } = await this.#run(this.#instance(instance), arrival)
    const owed = this.#wasJammed ? null : stillOwed(this.model, event, posts)
    if (owed !== null) this.#violations.note(owed, event)
    this.#check()
  }

  /** Events side by side, each in an instance of its own, their requests in an order drawn from `order`. */
  async arriveTogether(arrivals: readonly Arrival[], order: number): Promise<void> {
    this.#now += 1
    const queue: (() => void)[] = []
    this.#queue = queue
    let running = arrivals.length
    const runs = arrivals.map((arrival, index) =>
      this.#run(this.#instance(index), arrival).finally(() => {
        running -= 1
      }),
    )
    let drawn = order + 1
    while (running > 0) {
      // Lets each of them run until it asks for its next turn.
      await new Promise((resolve) => setImmediate(resolve))
      drawn = (drawn * 48_271) % 2_147_483_647
      queue.splice(drawn % Math.max(1, queue.length), 1)[0]?.()
    }
    this.#queue = null
    await Promise.all(runs)
    this.#check()
  }

  /** As when the function was scaled in: what it remembered is gone. */
  forget(instance: number): void {
    this.#instances[instance % this.#instances.length] = this.#newInstance()
  }

  #instance(index: number): Instance {
    const instance = this.#instances[index % this.#instances.length]
    if (instance === undefined) throw new Error('there is no instance')
    return instance
  }

  async #run(
    instance: Instance,
    { connection, frame }: Arrival,
  ): Promise<{ event: ModelEvent; posts: readonly ModelPost[] }> {
    const message = frame === null ? null : meaningOf(connection.who, frame)
    const event: ModelEvent = {
      at: this.now,
      from: connection,
      message,
      kind: frame === null ? 'disconnect' : 'message',
    }
    if (message?.type === 'hello') connection.greeted = true
    const posts: ModelPost[] = []
    instance.event = event
    instance.posts = posts
    try {
      await handle(eventOf(connection, frame), NO_DOOR, instance.backend)
      applyAnswer(this.model, event, posts)
    } catch (error) {
      if (!this.#wasJammed) this.#violations.add(new Violation('the function failed', { cause: error }))
    } finally {
      instance.event = null
    }
    return { event, posts }
  }

  #check(): void {
    this.#violations.throwFirst()
    const left = leftOver(this.model, this.now)
    if (left !== null) throw new Violation(left)
  }

  #newInstance(): Instance {
    const instance: Instance = { event: null, posts: [], backend: null as never }
    const happening = (): ModelEvent => {
      if (instance.event !== null) return instance.event
      const violation = new Violation(
        'the function went on after its answer, where Lambda would have frozen it',
      )
      this.#violations.add(violation)
      throw violation
    }
    const turn = async (): Promise<void> => {
      happening()
      const queue = this.#queue
      if (queue !== null) await new Promise<void>((resolve) => queue.push(resolve))
    }
    const note = (change: Change): void => this.#note(happening(), change)
    const connections: Connections = {
      post: async (connection, message) => {
        await turn()
        const to = this.model.connections.get(connection)
        if (this.#jammed.has(connection)) throw new Error('429')
        if (to?.open !== true) return 'gone'
        this.#judge(happening(), { to, message })
        instance.posts.push({ to, message })
        return 'sent'
      },
      disconnect: async (connection) => {
        await turn()
        if (this.#jammed.has(connection)) throw new Error('429')
        note({ kind: 'disconnected', connection })
      },
    }
    instance.backend = {
      store: watchStore(this.#store, { turn, note }),
      connections,
      accounts: { invite: async () => 'elsewhere' },
      cache: createRoutesCache(),
      iceServers: [],
      webOrigin: 'https://home.test',
      ownerEmail: OWNER_EMAIL,
      log: { info: () => undefined, error: (event, fields) => this.#failed(event, fields) },
      now: () => this.now,
      randomBytes: (count) => this.#randomBytes(count),
    }
    return instance
  }

  #judge(event: ModelEvent, { to, message }: ModelPost): void {
    const reason = forbiddenPost(this.model, event, to, message)
    if (reason !== null)
      throw this.#violations.note(`${reason}: ${JSON.stringify(message)} to ${nameOf(to)}`, event)
    applyPromise(this.model, event, message)
    const kind = message.type === 'reply' ? `reply ${message.result.kind}` : message.type
    this.posted.set(kind, (this.posted.get(kind) ?? 0) + 1)
  }

  #note(event: ModelEvent, change: Change): void {
    const reason = forbiddenChange(this.model, event, change)
    if (reason !== null) throw this.#violations.note(`${reason}: ${JSON.stringify(change)}`, event)
    applyChange(this.model, event, change)
  }

  /** With every connection in reach nothing that a client says may make the function fail. */
  #failed(event: string, fields: unknown): void {
    const { error } = (fields ?? {}) as { error?: unknown }
    if (this.#wasJammed || error === undefined || error instanceof Violation) return
    this.#violations.add(new Violation(`the function failed: ${event}`, { cause: error }))
  }

  #randomBytes(count: number): Uint8Array {
    this.#ids += 1
    const bytes = new Uint8Array(count)
    new DataView(bytes.buffer).setUint32(0, this.#ids)
    return bytes
  }
}

interface Instance {
  /** What it works on; one event at a time. */
  event: ModelEvent | null
  posts: ModelPost[]
  backend: Backend
}

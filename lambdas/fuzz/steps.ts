import fc from 'fast-check'
import { at, castMember } from './cast.ts'
import { frameOf, type Say } from './frames.ts'
import type { ModelConnection } from './model.ts'
import type { Arrival, World } from './world.ts'

export type Step =
  | {
      readonly do: 'connect'
      readonly kind: 'person' | 'guest' | 'device' | 'nobody'
      readonly which: number
      readonly late: boolean
    }
  /** `told`: whether the gateway says so at once, or later, or never. */
  | { readonly do: 'leave'; readonly connection: number; readonly told: boolean }
  | { readonly do: 'late-word'; readonly connection: number }
  | { readonly do: 'say'; readonly connection: number; readonly instance: number; readonly say: Say }
  | {
      readonly do: 'together'
      readonly all: readonly { readonly connection: number; readonly say: Say }[]
      readonly order: number
    }
  /** A right is taken away while somebody uses one. */
  | {
      readonly do: 'take-away'
      readonly by: number
      readonly what: (typeof TAKING)[number]
      readonly about: number
      readonly user: number
      readonly use: (typeof USING)[number]
      readonly order: number
    }
  /** The owner gives a device away and takes it back: what was granted before must not come with it [R41]. */
  | { readonly do: 'pair-again'; readonly device: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'forget'; readonly instance: number }
  | { readonly do: 'jam'; readonly connection: number }

const TAKING = ['revoke-grant', 'unpair-device', 'set-owner', 'sign-out-everywhere'] as const
const USING = ['call', 'hello', 'answer', 'grant-to-person', 'grant-by-link'] as const

export async function take(world: World, step: Step): Promise<void> {
  switch (step.do) {
    case 'connect': {
      const connection = world.connect(castMember(world, step.kind, step.which, step.late))
      // Almost everybody says hello at once.
      if (step.which % 8 !== 7)
        await world.arrive(step.which, { connection, frame: frameOf(world, connection, HELLO) })
      return
    }
    case 'leave': {
      const connection = connectionAt(world, step.connection)
      if (connection === undefined) return
      connection.open = false
      if (step.told) await world.arrive(0, { connection, frame: null })
      return
    }
    case 'late-word': {
      const left = world.connections.filter(({ open }) => !open)
      if (left.length > 0) await world.arrive(1, { connection: at(left, step.connection), frame: null })
      return
    }
    case 'say': {
      const arrival = arrivalOf(world, step.connection, step.say)
      if (arrival !== null) await world.arrive(step.instance, arrival)
      return
    }
    case 'together': {
      const arrivals = step.all.flatMap(({ connection, say }) => arrivalOf(world, connection, say) ?? [])
      await world.arriveTogether(arrivals, step.order)
      return
    }
    case 'take-away': {
      const taking = arrivalOf(world, step.by, { topic: step.what, about: step.about, more: 1, twist: 0 })
      const using = arrivalOf(world, step.user, { topic: step.use, about: step.about, more: 2, twist: 0 })
      await world.arriveTogether(
        [taking, using].filter((one) => one !== null),
        step.order,
      )
      return
    }
    case 'pair-again':
      return pairAgain(world, step.device)
    case 'wait':
      world.wait(step.ms)
      return
    case 'forget':
      world.forget(step.instance)
      return
    case 'jam': {
      const connection = connectionAt(world, step.connection)
      if (connection !== undefined) world.jam(connection)
    }
  }
}

async function pairAgain(world: World, about: number): Promise<void> {
  const device = world.connect(castMember(world, 'device', about, false))
  const owner = world.connect(castMember(world, 'person', 0, false))
  const said = async (connection: ModelConnection, topic: Say['topic']): Promise<void> => {
    const frame = frameOf(world, connection, { topic, about, more: 1, twist: 0 })
    await world.arrive(about, { connection, frame })
  }
  await said(owner, 'unpair-device')
  await said(device, 'hello')
  await said(device, 'start-pairing')
  await world.arrive(about, { connection: owner, frame: frameOf(world, owner, claimOf(about)) })
  await said(device, 'hello')
}

/** By the code that the device has shown last. */
const claimOf = (about: number): Say => ({ topic: 'claim-device', about, more: (about % 2) << 2, twist: 0 })

const HELLO: Say = { topic: 'hello', about: 0, more: 1, twist: 0 }

function arrivalOf(world: World, index: number, say: Say): Arrival | null {
  const connection = connectionAt(world, index)
  return connection === undefined ? null : { connection, frame: frameOf(world, connection, say) }
}

function connectionAt(world: World, index: number): ModelConnection | undefined {
  return world.connections.length === 0 ? undefined : at(world.connections, index)
}

const number = fc.nat({ max: 255 })
const say: fc.Arbitrary<Say> = fc.record({
  topic: number,
  about: number,
  more: number,
  twist: fc.nat({ max: 47 }),
})

/** To a second, around the 10 s of a linger, to the end of a code, a lease, a link. */
const pause = fc.oneof(
  fc.nat({ max: 1_000 }),
  fc.integer({ min: 9_990, max: 10_010 }),
  fc.constantFrom(60_000, 601_000, 661_000, 3_600_000),
)

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    arbitrary: fc.record({
      do: fc.constant('connect' as const),
      kind: fc.constantFrom('person', 'person', 'guest', 'guest', 'device', 'device', 'nobody'),
      which: number,
      late: fc.boolean(),
    }),
    weight: 3,
  },
  {
    arbitrary: fc.record({ do: fc.constant('say' as const), connection: number, instance: number, say }),
    weight: 20,
  },
  {
    arbitrary: fc.record({
      do: fc.constant('together' as const),
      all: fc.array(fc.record({ connection: number, say }), { minLength: 2, maxLength: 3 }),
      order: fc.nat({ max: 1_000_000 }),
    }),
    weight: 3,
  },
  {
    arbitrary: fc.record({ do: fc.constant('leave' as const), connection: number, told: fc.boolean() }),
    weight: 1,
  },
  { arbitrary: fc.record({ do: fc.constant('late-word' as const), connection: number }), weight: 1 },
  {
    arbitrary: fc.record({
      do: fc.constant('take-away' as const),
      by: fc.oneof(fc.constant(0), number),
      what: fc.constantFrom(...TAKING),
      about: number,
      user: number,
      use: fc.constantFrom(...USING),
      order: fc.nat({ max: 1_000_000 }),
    }),
    weight: 2,
  },
  { arbitrary: fc.record({ do: fc.constant('pair-again' as const), device: number }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant('wait' as const), ms: pause }), weight: 3 },
  { arbitrary: fc.record({ do: fc.constant('forget' as const), instance: number }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant('jam' as const), connection: number }), weight: 1 },
)

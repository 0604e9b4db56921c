import { afterEach, describe, expect, it } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { type FaultyStage, startFaultyStage } from './testing/faulty-stage.ts'

const HOURS = 60 * 60_000

const stages: FaultyStage[] = []
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close()
})

async function connected() {
  const stage = await startFaultyStage()
  stages.push(stage)
  return { stage, client: await stage.connect(), disconnects: () => stage.eventsOf('DISCONNECT').length }
}

describe('the event of a connection that ends', () => {
  it('comes late', async () => {
    const { stage, client, disconnects } = await connected()
    stage.faults.inject({ kind: 'disconnect-event', how: 'late', count: 1, lateMs: 5000 })
    client.socket.close()
    await eventually(stage.faults.counts).toEqual({ 'disconnect-event late': 1 })
    stage.clock.advance(4999)
    expect(disconnects()).toBe(0)
    stage.clock.advance(1)
    expect(disconnects()).toBe(1)
  })

  it('never comes', async () => {
    const { stage, client, disconnects } = await connected()
    stage.faults.inject({ kind: 'disconnect-event', how: 'never', count: 1, lateMs: 0 })
    client.socket.close()
    await eventually(stage.faults.counts).toEqual({ 'disconnect-event never': 1 })
    expect(await stage.post(client.id, 'gone')).toBe(410)
    stage.clock.advance(3 * HOURS)
    expect(disconnects()).toBe(0)
  })

  it('comes twice, the same', async () => {
    const { stage, client, disconnects } = await connected()
    stage.faults.inject({ kind: 'disconnect-event', how: 'twice', count: 1, lateMs: 5000 })
    client.socket.close(4000, 'bye')
    await eventually(disconnects).toBe(1)
    stage.clock.advance(5000)
    const [first, second] = stage.eventsOf('DISCONNECT').map(({ requestContext }) => requestContext)
    expect(second).toMatchObject({
      connectionId: client.id,
      disconnectStatusCode: 4000,
      disconnectReason: 'bye',
    })
    expect(second.connectionId).toBe(first.connectionId)
  })

  it('comes as ever to those that are beyond the count', async () => {
    const { stage, client, disconnects } = await connected()
    const next = await stage.connect()
    stage.faults.inject({ kind: 'disconnect-event', how: 'never', count: 1, lateMs: 0 })
    client.socket.close()
    await eventually(stage.faults.counts).toEqual({ 'disconnect-event never': 1 })
    next.socket.close()
    await eventually(disconnects).toBe(1)
  })
})

describe('a post', () => {
  it.each([
    ['throttled', 429],
    ['failing', 500],
    ['void', 200],
  ] as const)('%s is answered %i and reaches nobody; the one after it does', async (how, status) => {
    const { stage, client } = await connected()
    stage.faults.inject({ kind: 'post', how, count: 1 })
    expect(await stage.post(client.id, 'lost')).toBe(status)
    expect(await stage.post(client.id, 'kept')).toBe(200)
    await eventually(() => client.frames).toEqual(['kept'])
    expect(stage.faults.counts()).toEqual({ [`post ${how}`]: 1 })
  })

  it('to who has just gone is answered 200 for a while', async () => {
    const { stage, client, disconnects } = await connected()
    const other = await stage.connect()
    stage.faults.inject({ kind: 'post', how: 'gone-late', count: 1 })
    client.socket.close()
    await eventually(disconnects).toBe(1)
    expect(await stage.post(other.id, 'kept')).toBe(200)
    expect(await stage.post(client.id, 'lost')).toBe(200)
    expect(await stage.post(client.id, 'gone')).toBe(410)
    await eventually(() => other.frames).toEqual(['kept'])
  })
})

describe('the clock', () => {
  it('two hours ahead ends every connection at once', async () => {
    const { stage, client, disconnects } = await connected()
    const other = await stage.connect('device')
    stage.faults.inject({ kind: 'clock', aheadMs: 2 * HOURS })
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' })
    expect(await other.closed).toEqual({ code: 1001, reason: 'Going away' })
    expect(disconnects()).toBe(2)
  })

  it('in small steps ends none that is spoken on, until its two hours are over', async () => {
    const { stage, client, disconnects } = await connected()
    for (let step = 1; step < 15; step += 1) {
      stage.faults.inject({ kind: 'clock', aheadMs: 8 * 60_000 })
      expect(await stage.post(client.id, 'still there')).toBe(200)
    }
    expect(disconnects()).toBe(0)
    stage.faults.inject({ kind: 'clock', aheadMs: 8 * 60_000 })
    expect(await client.closed).toMatchObject({ code: 1001 })
  })

  it('ten minutes ahead ends who was silent', async () => {
    const { stage, client } = await connected()
    stage.faults.inject({ kind: 'clock', aheadMs: 10 * 60_000 })
    expect(await client.closed).toMatchObject({ code: 1001 })
  })

  it('is what the functions are told, and the connections made after it have their whole time', async () => {
    const { stage, disconnects } = await connected()
    const before = stage.clock.now()
    stage.faults.inject({ kind: 'clock', aheadMs: 2 * HOURS })
    const next = await stage.connect()
    expect(stage.eventsOf('CONNECT')[1].requestContext.connectedAt).toBe(before + 2 * HOURS)
    await eventually(disconnects).toBe(1)
    stage.clock.advance(10 * 60_000 - 1)
    expect(next.socket.readyState).toBe(next.socket.OPEN)
    expect(disconnects()).toBe(1)
    stage.clock.advance(1)
    expect(disconnects()).toBe(2)
  })
})

it('tells for how many occasions it still lies in wait', async () => {
  const { stage, client } = await connected()
  const { faults } = stage
  faults.inject({ kind: 'post', how: 'throttled', count: 2 })
  faults.inject({ kind: 'disconnect-event', how: 'twice', count: 1, lateMs: 0 })
  faults.inject({ kind: 'drop', direction: 'to-client', types: ['offer'], count: 3 })
  faults.inject({ kind: 'database', how: 'throttled', forMs: 1000, share: 1 })
  expect(faults.waiting()).toBe(6)
  await stage.post(client.id, 'lost')
  expect(faults.waiting()).toBe(5)
  client.socket.close()
  await eventually(faults.waiting).toBe(4)
  faults.clear()
  expect(faults.waiting()).toBe(0)
})

it('what was cleared before its occasion does not come', async () => {
  const { stage, client, disconnects } = await connected()
  stage.faults.inject({ kind: 'post', how: 'throttled', count: 3 })
  stage.faults.inject({ kind: 'disconnect-event', how: 'never', count: 3, lateMs: 0 })
  stage.faults.clear()
  expect(await stage.post(client.id, 'kept')).toBe(200)
  client.socket.close()
  await eventually(disconnects).toBe(1)
  expect(stage.faults.counts()).toEqual({})
})

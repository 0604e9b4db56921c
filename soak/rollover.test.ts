import { beforeAll, describe, expect, it } from 'vitest'
import { transcriptFile } from '../e2e/transcripts.ts'
import { PLANS, type RolloverFacts, runRollovers } from './rollover-run.ts'
import type { LogLine } from './rollover-witness.ts'

const ROLLOVERS = 100
const LIMIT_MS = 240_000
const PLAYERS = 2

let facts: RolloverFacts
beforeAll(async () => {
  facts = await runRollovers(ROLLOVERS, transcriptFile('rollover'))
}, LIMIT_MS)

describe('100 rollovers of a connector, and of viewers beside it, with calls that run and calls that begin', () => {
  it('[R46] lose no call that plays, nor its picture', () => {
    for (const player of facts.histories.slice(0, PLAYERS)) {
      const phases = player.calls.map(({ phase }) => phase)
      expect(phases.slice(phases.indexOf('playing'))).toEqual(['playing'])
      expect(new Set(player.calls.flatMap(({ call }) => call ?? [])).size).toBe(1)
    }
    for (const [before = 0, after = 0, later = 0] of facts.frames) {
      expect(after).toBeGreaterThan(before)
      expect(later).toBeGreaterThan(after)
    }
  })

  it('[R46] bring every call that begins to its picture, and let none falter', () => {
    expect(facts.connectorRollovers).toBe(ROLLOVERS)
    expect(facts.placed.length).toBeGreaterThan(PLANS.length)
    // Some of them began at one connection, and had their picture at the next.
    for (const side of ['connector', 'caller'] as const)
      expect(facts.placed.some(({ straddled }) => straddled[side] > 0)).toBe(true)
    expect(facts.placed.filter(({ phase }) => phase !== 'playing')).toEqual([])
    const seen = new Set(facts.histories[PLAYERS]?.calls.map(({ phase }) => phase))
    for (const phase of ['interrupted', 'ended', 'failed']) expect(seen).not.toContain(phase)
  })

  it('[R46] show nobody that anything happens: links stay, and no camera seems to be away', () => {
    for (const { links, presences } of facts.histories) {
      expect(links.slice(links.indexOf('welcomed'))).toEqual(['welcomed'])
      const states = (name: string) =>
        presences.filter(({ camera }) => camera === facts.ids.get(name)).map(({ state }) => state)
      expect(states('roomy')).toEqual(['online'])
      const tight = states('tight')
      expect(new Set([...tight, 'online', 'busy'])).toEqual(new Set(['online', 'busy']))
      // Each call makes it busy once: whoever is told an older word after a younger one sees more.
      expect(tight.filter((state) => state === 'busy')).toHaveLength(placedAt('tight'))
      expect(tight.at(-1)).toBe('online')
    }
  })

  it('[R46] let every message have its effect once', () => {
    for (const [index, { name }] of PLANS.entries()) {
      const own = index < PLAYERS ? 1 : 0
      expect(facts.cameras[name]).toMatchObject({
        served: placedAt(name) + own,
        sessions: own,
        abandoned: 0,
      })
    }
    const all = [...facts.placed.map(({ call }) => call), ...playing()]
    const opened = said('call').filter(({ outcome }) => outcome === 'opened')
    expect(opened.map(({ call }) => call).toSorted()).toEqual(all.toSorted())
    // Whoever rolls over while it calls says so again on the next connection.
    expect(said('call').some(({ outcome }) => outcome === 'retried')).toBe(true)
    // The connector takes one answer of each.
    const answered = facts.connectorLog.filter(({ event }) => event === 'call-answered')
    expect(answered.map(({ call }) => call).toSorted()).toEqual(all.toSorted())
    const ended = said('call-ended').map(({ call }) => call)
    expect(ended.toSorted()).toEqual(facts.placed.map(({ call }) => call).toSorted())
    expect(new Set(said('call-ended').map(({ reason }) => reason))).toEqual(new Set(['viewer-left']))
  })

  it('[R5, R46] let the device be at its next connection each time, and leave no older one open', () => {
    const hellos = said('device-hello').filter(({ paired }) => paired === true)
    expect(new Set(hellos.map(({ holdsAddress }) => holdsAddress))).toEqual(new Set([true]))
    // The first paired one is that of the connection on which it was claimed, or of the one after that.
    const connections = new Set(hellos.map(({ connection }) => connection))
    expect(connections.size).toBe(facts.connectorRollovers + 1)
    expect(facts.openConnections).toBe(1 + facts.histories.length)
  })

  it('come about without a word of warning', () => {
    expect(facts.cloudLog.filter(({ level }) => level === 'error')).toEqual([])
    expect(facts.connectorLog.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([])
  })
})

function placedAt(name: string): number {
  return facts.placed.filter(({ camera }) => camera === facts.ids.get(name)).length
}

function playing(): readonly string[] {
  return facts.histories.slice(0, PLAYERS).flatMap(({ calls }) => calls.at(-1)?.call ?? [])
}

function said(event: string): readonly LogLine[] {
  return facts.cloudLog.filter((line) => line['event'] === event)
}

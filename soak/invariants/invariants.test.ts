import { describe, expect, it } from 'vitest'
import type { SoakFault } from '../faults.ts'
import { checkHangUps } from './check-hang-ups.ts'
import { checkHeap, heapGrowth } from './check-heap.ts'
import { checkOccasions } from './check-occasions.ts'
import { checkPictures } from './check-pictures.ts'
import { checkPresence } from './check-presence.ts'
import { checkSessions } from './check-sessions.ts'
import { PORCH, rightFacts } from './testing/right-facts.ts'

describe('sessions', () => {
  it('are right when camera, connector and viewers have the same calls', () => {
    expect(checkSessions(rightFacts())).toEqual([])
  })

  it.each([
    ['a session that nobody has a call for', { camera: { sessions: 2, sockets: 2 } }],
    ['a call without a session', { camera: { sessions: 0, sockets: 0 } }],
    ['a socket that no call is made over', { camera: { sockets: 2 } }],
    ['a session whose socket is gone', { camera: { sockets: 0 } }],
    ['a connector with a call more', { camera: { sessions: 2, sockets: 2, calls: ['call-one', 'another'] } }],
    ['another call than the viewer’s', { camera: { calls: ['another'] } }],
    ['a viewer whose call is over', { call: { phase: 'ended' } }],
    [
      'a viewer that is still connecting, and no session',
      { camera: { sessions: 0, sockets: 0 }, call: { phase: 'calling' } },
    ],
    ['a camera that cannot be asked', { camera: { sessions: null } }],
    ['a connector that cannot be asked', { camera: { calls: null } }],
  ])('are wrong with %s', (_, changes) => {
    expect(checkSessions(rightFacts(changes))).toEqual([expect.stringContaining('porch')])
  })

  it('leave out a call that was not said yet', () => {
    const nothing = { camera: { sessions: 0, sockets: 0, calls: [] }, call: { phase: 'waiting' } }
    expect(checkSessions(rightFacts(nothing))).toEqual([])
  })
})

describe('presence', () => {
  const seen = (state: string) => ({ viewer: { cameras: { [PORCH]: state } } })

  it.each([
    ['busy', {}],
    ['online', { camera: { calls: [] } }],
    ['unreachable', { camera: { reachable: false } }],
    ['offline', { camera: { connectorUp: false, calls: null } }],
  ])('is right as %s', (state, changes) => {
    expect(checkPresence(rightFacts({ ...changes, ...seen(state) }), [[PORCH]])).toEqual([])
  })

  it.each([
    ['online', {}],
    ['busy', { camera: { calls: [] } }],
    ['busy', { camera: { reachable: false } }],
    ['unreachable', { camera: { connectorUp: false } }],
    ['removed', {}],
  ])('is wrong as %s', (state, changes) => {
    expect(checkPresence(rightFacts({ ...changes, ...seen(state) }), [[PORCH]])).toHaveLength(1)
  })

  it('is wrong without a link, and with no camera', () => {
    expect(checkPresence(rightFacts({ viewer: { link: 'backoff' } }), [[PORCH]])).toHaveLength(1)
    expect(checkPresence(rightFacts({ viewer: { cameras: {} } }), [[PORCH]])).toHaveLength(1)
  })

  it('is wrong with a camera that is missing, and with one that is not to be seen', () => {
    expect(checkPresence(rightFacts(), [[PORCH, 'device.attic']])).toEqual([
      expect.stringContaining('attic for unknown'),
    ])
    expect(checkPresence(rightFacts(), [[]])).toEqual([expect.stringContaining('shown porch')])
  })

  it('is nothing where no page is open', () => {
    expect(
      checkPresence(rightFacts({ viewer: { open: false, link: 'idle', cameras: null } }), [[PORCH]]),
    ).toEqual([])
  })
})

describe('pictures', () => {
  const before = rightFacts()

  it('are right with new frames', () => {
    expect(checkPictures(before, rightFacts({ call: { frames: 11 } }), [PORCH])).toEqual([])
  })

  it.each([
    ['no new frame', { frames: 10 }],
    ['the frames of another call', { frames: 20, call: 'another' }],
    ['a call that is only connecting', { frames: 20, phase: 'connecting' }],
    ['a call that is over', { frames: 20, phase: 'failed', why: 'no-path' }],
  ])('are wrong with %s', (_, call) => {
    expect(checkPictures(before, rightFacts({ call }), [PORCH])).toHaveLength(1)
  })

  it('are wrong with a picture that nobody asked for', () => {
    expect(checkPictures(before, rightFacts({ call: { frames: 11 } }), [null])).toHaveLength(1)
  })
})

describe('hang-ups', () => {
  it('are missing where a stream was left', () => {
    const left = rightFacts({ camera: { abandoned: 2 } })
    expect(checkHangUps(rightFacts(), left, new Set())).toEqual([
      expect.stringContaining('porch was left 2 times'),
    ])
    expect(checkHangUps(rightFacts(), left, new Set(['porch']))).toEqual([])
    expect(checkHangUps(left, left, new Set())).toEqual([])
  })
})

describe('occasions', () => {
  const drop = (type: string): SoakFault => ({
    on: 'service',
    fault: { kind: 'drop', direction: 'to-client', types: [type], count: 1 },
  })
  const delay: SoakFault = {
    on: 'service',
    fault: { kind: 'delay', direction: 'both', ms: 1, forMs: 1 },
  }
  const often = (fault: SoakFault) => Array.from({ length: 5 }, () => fault)

  it('are missing for what was drawn often and has never come about', () => {
    const drawn = [...often(drop('offer')), ...often(drop('answer')), ...often(delay)]
    const met = { 'drop offer to-client': 1, 'drop answer to-cloud': 3, 'delay to-cloud': 2 }
    expect(checkOccasions(drawn, met)).toEqual([
      '"drop answer to-client" was drawn 5 times and never came about',
    ])
  })

  it('are not asked of what was drawn rarely, nor of what the run does itself', () => {
    expect(checkOccasions(often(drop('offer')).slice(1), {})).toEqual([])
    expect(checkOccasions(often({ on: 'knocker', camera: 0, forMs: 1 }), {})).toEqual([])
  })
})

describe('heap', () => {
  const samples = (...cloud: number[]) =>
    cloud.map((bytes, index) => ({
      afterFaults: 200 * (index + 1),
      bytes: { cloud: bytes, viewers: 100 },
      viewersRss: 0,
    }))
  const growths = (...cloud: number[]) => heapGrowth(samples(...cloud)).map(({ growth }) => growth.toFixed(2))

  it('grows from the least of the first half of a run to its end', () => {
    expect(growths(100, 300, 300, 104)).toEqual(['0.04', '0.00'])
    expect(growths(130, 100, 110, 120)).toEqual(['0.20', '0.00'])
    // What is low for once later on is not where it grows from.
    expect(growths(100, 100, 50, 104)).toEqual(['0.04', '0.00'])
    expect(heapGrowth([])).toEqual([])
  })

  it('must not grow by five percent', () => {
    expect(checkHeap(samples(120, 100, 100, 104))).toEqual([])
    expect(checkHeap(samples(120, 100, 100, 105))).toEqual([expect.stringContaining('cloud')])
  })
})

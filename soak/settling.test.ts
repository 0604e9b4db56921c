import { describe, expect, it } from 'vitest'
import { type Bounds, boundsOfAll } from './bounds.ts'
import { type Look, Settling } from './settling.ts'

const plain = boundsOfAll([])
const right: Look = { pictures: [], presence: [], sessions: [] }
const wrong = { ...right, presence: ['wrong'] }

/** A look every half second; the first that finds something late, in ms. */
function firstLate(settling: Settling, untilMs: number, isRight: (ms: number) => boolean): number | null {
  for (let ms = 500; ms <= untilMs; ms += 500) {
    if (settling.look(ms, isRight(ms) ? right : wrong).length > 0) return ms
  }
  return null
}

describe('what settles', () => {
  it('is right for several looks, since the first of them', () => {
    const settling = new Settling(plain, 1)
    expect(firstLate(settling, 6_500, (ms) => ms > 4_000)).toBeNull()
    expect(settling.isSettled).toBe(true)
    expect(settling.times).toEqual({ ms: 4_500, picturesMs: 0 })
  })

  it('is late when it is wrong beyond its bound and the time that a change takes to be seen', () => {
    expect(firstLate(new Settling(plain, 1), 60_000, () => false)).toBe(12_500)
    expect(firstLate(new Settling(plain, 2), 60_000, () => false)).toBe(24_500)
  })

  it('is late when it comes and goes, and is never right for long', () => {
    expect(firstLate(new Settling(plain, 1), 60_000, (ms) => ms % 1_000 === 0)).toBe(12_500)
    expect(firstLate(new Settling(plain, 1), 60_000, (ms) => ms % 2_000 !== 0)).toBe(14_000)
  })

  it('is not late for being wrong for a moment after it was right', () => {
    const isRight = (ms: number) => ms < 20_000 || ms > 21_500
    expect(firstLate(new Settling(plain, 1), 30_000, isRight)).toBeNull()
    expect(firstLate(new Settling(plain, 1), 30_000, (ms) => ms < 20_000)).toBe(22_000)
  })

  it('is late by its own bound, whatever another one has', () => {
    const bounds: Bounds = { ...plain, sessions: { ms: 170_000, why: 'silence' } }
    expect(firstLate(new Settling(bounds, 1), 60_000, () => false)).toBe(12_500)
  })

  it('is given up when it is wrong for minutes, or never right for long', () => {
    const settling = new Settling(plain, 1)
    firstLate(settling, 10_000, () => false)
    expect(settling.given).toEqual([])
    settling.look(190_500, wrong)
    expect(settling.given).toEqual(['after 191 s not right for good', 'wrong'])
    expect(settling.times.ms).toBe(190_500)
  })
})

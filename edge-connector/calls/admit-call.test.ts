import { describe, expect, test } from 'vitest'
import { admitCall, type Seat } from './admit-call.ts'

const device = 'D'.repeat(43)
const call = {
  type: 'call',
  call: 'A'.repeat(22),
  camera: `${device}.porch`,
  who: 'local',
  role: 'owner',
} as const
const known = { device, maxCalls: new Map([['porch', 3]]), seats: [], ended: undefined }
const error = (code: string) => ({ type: 'error', code, call: call.call })
const refused = (code: string, over = true) => ({ verdict: 'refuse', answer: error(code), over })
const full = (code: string, ...sitters: string[]) => ({ verdict: 'full', answer: error(code), sitters })

/** A running call, in the words "role name" or "role name link". */
const seat = (words: string): Seat => {
  const [role, id = '', grant] = words.split(' ')
  const link = grant === undefined ? {} : { link: { grant, max: 1 } }
  return { id, camera: 'porch', who: id, role: role as Seat['role'], ...link }
}
const start = { verdict: 'start', camera: 'porch', instead: null }

test('a call to a camera with room starts', () => {
  expect(admitCall(call, known)).toEqual(start)
})

describe('a call that runs already', () => {
  const seats = [{ ...seat('owner local'), id: call.call }]

  test('[R12] is a retry', () => {
    expect(admitCall(call, { ...known, seats })).toEqual({ verdict: 'retry' })
  })

  test('[R12] [R35] does not count twice, and takes over from nobody', () => {
    const guest = { ...call, who: 'g', role: 'guest', link: { grant: 'l', max: 1 } } as const
    const own = [{ ...seat('guest g l'), id: call.call }]
    const full = { ...known, maxCalls: new Map([['porch', 1]]) }
    expect(admitCall(guest, { ...full, seats: own })).toEqual({ verdict: 'retry' })
    const again = { ...call, takeOver: true }
    expect(admitCall(again, { ...full, seats: [...seats, seat('guest x')] })).toEqual({ verdict: 'retry' })
  })

  test.each([
    ['another camera', { camera: `${device}.garden` }],
    ['a camera of another device', { camera: `${'E'.repeat(43)}.porch` }],
    ['another viewer', { who: 'somebody-else' }],
  ])('[R13] is not touched by one with its id for %s', (_, other) => {
    expect(admitCall({ ...call, ...other }, { ...known, seats })).toEqual(refused('call-taken', false))
  })
})

test('[R13] a call that is over is told again how it ended, also when it would take over', () => {
  const ended = { type: 'hangup', call: call.call, reason: 'camera-closed' } as const
  const full = { ...known, maxCalls: new Map([['porch', 1]]), seats: [seat('guest g')], ended }
  expect(admitCall({ ...call, takeOver: true }, full)).toEqual({
    verdict: 'refuse',
    answer: ended,
    over: true,
  })
})

test('[R11] a camera that is not here, or of another device, is unknown', () => {
  expect(admitCall({ ...call, camera: `${device}.attic` }, known)).toEqual(refused('unknown-camera'))
  expect(admitCall({ ...call, camera: `${'E'.repeat(43)}.porch` }, known)).toEqual(refused('unknown-camera'))
})

test('[R20] [R49] a full camera is busy, unless one of those who sit at it has gone', () => {
  const elsewhere = { ...seat('viewer d'), camera: 'garden' }
  const seats = [seat('viewer a'), elsewhere, seat('viewer b'), seat('guest c')]
  expect(admitCall(call, { ...known, seats })).toEqual(full('camera-busy', 'a', 'b', 'c'))
})

test('[R35] a right that is over opens no camera', () => {
  expect(admitCall({ ...call, leftMs: 0 }, known)).toEqual({
    verdict: 'refuse',
    answer: { type: 'hangup', call: call.call, reason: 'access-expired' },
    over: true,
  })
})

describe('[R35] a guest link', () => {
  const guest = { ...call, who: 'link', role: 'guest', link: { grant: 'link', max: 2 } } as const

  test('has room for as many as it says, and not for one more', () => {
    expect(admitCall(guest, { ...known, seats: [seat('guest a link')] })).toEqual(start)
    const seats = [seat('guest a link'), seat('guest b link')]
    expect(admitCall(guest, { ...known, seats })).toEqual(full('link-full', 'a', 'b'))
  })

  test('[R49] is full by its own guests alone, at whichever camera', () => {
    const seats = [{ ...seat('guest a link'), camera: 'garden' }, seat('viewer c'), seat('guest b link')]
    expect(admitCall(guest, { ...known, seats })).toEqual(full('link-full', 'a', 'b'))
  })

  test('does not count the guests of another link, nor people', () => {
    const seats = [seat('guest a other'), seat('viewer b')]
    expect(admitCall(guest, { ...known, seats })).toEqual(start)
  })

  test('that is full is told as such, also at a full camera', () => {
    const seats = [seat('guest a link'), seat('guest b link'), seat('viewer c')]
    expect(admitCall(guest, { ...known, seats })).toEqual(full('link-full', 'a', 'b'))
  })
})

describe('[R37] an owner who takes over', () => {
  const takeOver = { ...call, takeOver: true } as const
  const instead = (id: string) => ({ ...start, instead: id })

  test.each([
    ['the youngest guest', ['guest a', 'guest b', 'viewer c'], 'b'],
    ['the youngest viewer when there is no guest', ['viewer a', 'viewer b', 'owner c'], 'b'],
    ['a guest before a younger viewer', ['owner a', 'guest b', 'viewer c'], 'b'],
  ])('gets the place of %s', (_, seats, id) => {
    expect(admitCall(takeOver, { ...known, seats: seats.map(seat) })).toEqual(instead(id))
  })

  test('takes no place from another owner', () => {
    const seats = ['owner a', 'owner b', 'owner c'].map(seat)
    expect(admitCall(takeOver, { ...known, seats })).toEqual(full('camera-busy', 'a', 'b', 'c'))
  })

  test('disturbs nobody where there is room, and nobody at another camera', () => {
    expect(admitCall(takeOver, { ...known, seats: ['guest a', 'guest b'].map(seat) })).toEqual(start)
    const seats = [{ ...seat('guest a'), camera: 'garden' }, ...['owner b', 'owner c', 'owner d'].map(seat)]
    expect(admitCall(takeOver, { ...known, seats })).toEqual(full('camera-busy', 'b', 'c', 'd'))
  })

  test.each(['viewer', 'guest'] as const)('is an owner: a %s takes nothing', (role) => {
    const seats = ['guest a', 'guest b', 'guest c'].map(seat)
    const answer = full('camera-busy', 'a', 'b', 'c')
    expect(admitCall({ ...takeOver, role }, { ...known, seats })).toEqual(answer)
  })
})

import { expect, it } from 'vitest'
import type { Fault } from '../local/faults/fault.ts'
import type { SoakFault } from './faults.ts'
import { CAMERAS, VIEWERS } from './layout.ts'
import { occasionsFor } from './occasions.ts'

const caller: SoakFault = { on: 'viewer', viewer: 5, how: 'reload' }
const of = (...faults: readonly Fault[]) =>
  occasionsFor(
    faults.map((fault) => ({ on: 'service', fault })),
    caller,
  )
const drop = (...types: readonly string[]): Fault => ({
  kind: 'drop',
  direction: 'to-cloud',
  types,
  count: 1,
})
const post = (how: 'void' | 'gone-late'): Fault => ({ kind: 'post', how, count: 1 })

it('what happens at every call has its occasion in one', () => {
  expect(of(drop('offer'), post('void'))).toEqual([caller])
})

it('[R47] what a viewer says on its next connection needs one that rolls over', () => {
  expect(of(drop('resume'))).toMatchObject([{ how: 'roll-over' }])
})

it('[R49] a question and a refusal need somebody who knocks where no place is free', () => {
  for (const type of ['alive', 'error']) expect(of(drop(type))).toMatchObject([{ on: 'knocker', camera: 0 }])
  expect(CAMERAS[0]?.maxCalls).toBe(VIEWERS.filter(({ camera }) => camera === CAMERAS[0]?.name).length)
})

it('[R25] a state that is told needs somebody who comes and goes where that changes it', () => {
  for (const type of ['status', 'presence', 'hangup'])
    expect(of(drop(type))).toMatchObject([{ how: 'hang-up', viewer: 0 }])
})

it('who has gone is posted to only while nobody has heard of it', () => {
  expect(of(post('gone-late'))).toMatchObject([
    { fault: { kind: 'disconnect-event', how: 'never' } },
    { how: 'reload-rough' },
  ])
})

it('a call is made beside what only some of them need', () => {
  expect(of(drop('offer'), drop('resume'))).toMatchObject([{ how: 'roll-over' }, caller])
})

it('two occasions at most are made, each once', () => {
  expect(of(drop('alive'), drop('error'))).toHaveLength(1)
  expect(of(drop('alive'), drop('resume'), drop('status'))).toHaveLength(2)
})

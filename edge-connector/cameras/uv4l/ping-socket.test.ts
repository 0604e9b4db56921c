import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { createFakeClock } from '../../testing/fake-clock.ts'
import { PING_INTERVAL_MS, PONG_TIMEOUT_MS, pingSocket, unknownHabits } from './ping-socket.ts'

function camera() {
  const clock = createFakeClock()
  const habits = unknownHabits()
  const open = () => {
    const socket = Object.assign(new EventEmitter(), {
      pings: 0,
      ping() {
        socket.pings += 1
      },
    })
    const session = { socket, deaths: 0, stop: () => {} }
    session.stop = pingSocket(socket, habits, clock, () => {
      session.deaths += 1
    })
    return session
  }
  return { clock, open }
}

test('a camera that answers is asked every 20 s, and found dead 15 s after it does not', () => {
  const { clock, open } = camera()
  const session = open()
  for (let n = 1; n <= 3; n += 1) {
    clock.advance(PING_INTERVAL_MS)
    expect(session.socket.pings).toBe(n)
    session.socket.emit('pong')
  }
  clock.advance(PING_INTERVAL_MS + PONG_TIMEOUT_MS - 1)
  expect(session.deaths).toBe(0)
  clock.advance(1)
  expect(session.deaths).toBe(1)
  expect(clock.waiting()).toEqual([])
})

test('a camera that never answered is asked once, in whichever session, and nothing is held against it', () => {
  const { clock, open } = camera()
  const first = open()
  clock.advance(86_400_000)
  expect([first.socket.pings, first.deaths]).toEqual([1, 0])
  const second = open()
  clock.advance(86_400_000)
  expect([second.socket.pings, second.deaths]).toEqual([0, 0])
  expect(clock.waiting()).toEqual([])
})

test('what one session learnt counts in the next: a camera that hangs before its first pong there is dead', () => {
  const { clock, open } = camera()
  const first = open()
  clock.advance(PING_INTERVAL_MS)
  first.socket.emit('pong')
  first.stop()
  const second = open()
  clock.advance(PING_INTERVAL_MS + PONG_TIMEOUT_MS)
  expect([first.deaths, second.deaths]).toEqual([0, 1])
})

test('a camera that talks is alive, pong or not', () => {
  const { clock, open } = camera()
  const session = open()
  clock.advance(PING_INTERVAL_MS)
  session.socket.emit('pong')
  clock.advance(PING_INTERVAL_MS)
  session.socket.emit('message')
  clock.advance(PONG_TIMEOUT_MS)
  expect(session.deaths).toBe(0)
})

test('stopped, it asks nothing and waits for nothing, whatever still arrives', () => {
  const { clock, open } = camera()
  const session = open()
  session.stop()
  session.socket.emit('pong')
  session.socket.emit('message')
  clock.advance(86_400_000)
  expect(session.socket.pings).toBe(0)
  expect(clock.waiting()).toEqual([])
})

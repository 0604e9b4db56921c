import { expect, test } from 'vitest'
import { createFakeCamera } from '../testing/fake-camera.ts'
import type { CameraEvent } from './camera-port.ts'
import { limitFeeds } from './limit-feeds.ts'

test('a session waits while the one before it is still closing, then begins by itself and says so', () => {
  const fake = createFakeCamera()
  const camera = limitFeeds(fake, 1)
  const first = camera.open(() => {})
  const events: CameraEvent[] = []
  const second = camera.open((event) => events.push(event))
  expect(fake.sessions).toHaveLength(1)
  first.hangup()
  expect(fake.sessions).toHaveLength(1)
  fake.sessions[0]?.report({ type: 'closed', detail: '' })
  expect(fake.sessions).toHaveLength(2)
  fake.sessions[1]?.report({ type: 'connected' })
  second.answer('v=0')
  second.addCandidate({ candidate: 'c', sdpMid: '0' })
  second.hangup()
  expect(events).toEqual([{ type: 'asked' }, { type: 'connected' }])
  expect(fake.sessions[1]?.told.map(([what]) => what)).toEqual(['answer', 'candidate', 'hangup'])
})

test('a session that is hung up while it waits never begins, and takes no turn', () => {
  const fake = createFakeCamera()
  const camera = limitFeeds(fake, 1)
  camera.open(() => {})
  const events: CameraEvent[] = []
  const waiting = camera.open((event) => events.push(event))
  camera.open(() => {})
  waiting.hangup()
  waiting.hangup()
  expect(events).toMatchObject([{ type: 'closed' }])
  fake.sessions[0]?.report({ type: 'failed', code: 'camera-unreachable', detail: '' })
  expect(fake.sessions).toHaveLength(2)
})

test('as many as there are feeds do not wait', () => {
  const fake = createFakeCamera()
  const camera = limitFeeds(fake, 3)
  for (let at = 0; at < 4; at += 1) camera.open(() => {})
  expect(fake.sessions).toHaveLength(3)
})

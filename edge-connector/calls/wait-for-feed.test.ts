import { expect, test } from 'vitest'
import { id, startSwitchboard } from '../testing/start-switchboard.ts'

test('[R21] who waits for a feed that is being given back says nothing of the camera, and the camera has its 4 s then', async () => {
  const { porch, clock, sent, call, hangup, running, states } = await startSwitchboard(1)
  call(1)
  hangup(1)
  call(2)
  clock.advance(3_000)
  porch.sessions[0]?.report({ type: 'closed', detail: '' })
  clock.advance(3_999)
  expect(running()).toEqual([id(2)])
  porch.sessions[1]?.report({ type: 'connected' })
  clock.advance(1_000)
  expect(sent).toEqual([])
  hangup(2)
  expect(states().porch).toBe('ready')
})

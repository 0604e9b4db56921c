import { expect, test } from 'vitest'
import { createFakeCamera } from '../testing/fake-camera.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { Mailbox } from '../testing/mailbox.ts'
import { watchCamera } from './watch-camera.ts'

function begin(over: { reachable?: boolean; inUse?: () => boolean } = {}) {
  const camera = createFakeCamera()
  camera.reachable = over.reachable ?? true
  const clock = createFakeClock()
  const changes = new Mailbox<boolean>()
  const settled = new Mailbox<true>()
  const watch = watchCamera({
    camera,
    clock,
    random: () => 0.5,
    inUse: over.inUse ?? (() => false),
    changed: () => changes.put(watch.reachable()),
    settled: () => settled.put(true),
  })
  return { camera, clock, changes, settled, watch }
}

/** Lets what is already settled run. */
const turns = () => new Promise((resolve) => setImmediate(resolve))

/** A look that is answered when the test says so. */
function answerByHand(camera: ReturnType<typeof createFakeCamera>) {
  const answers: ((reachable: boolean) => void)[] = []
  camera.probe = () => new Promise((resolve) => answers.push(resolve))
  return answers
}

test('a camera is looked for at once, and counts as unreachable until it was seen', async () => {
  const { watch, settled } = begin()
  expect(watch.reachable()).toBe(false)
  await settled.next()
  expect(watch.reachable()).toBe(true)
})

test('it is looked for every 30 s, and only a change is told', async () => {
  const { camera, clock, changes, settled } = begin()
  await settled.next()
  expect(await changes.next()).toBe(true)
  expect(clock.waiting()).toEqual([30_000])
  clock.advance(30_000)
  expect(camera.probes).toBe(2)
  await turns()
  camera.reachable = false
  clock.advance(30_000)
  expect(await changes.next()).toBe(false)
  expect(changes.rest()).toEqual([])
})

test('a camera with a session is left alone, and a call that saw it is believed', async () => {
  const { camera, settled, watch, changes, clock } = begin({ inUse: () => true, reachable: false })
  await settled.next()
  expect(camera.probes).toBe(1)
  watch.observe(true)
  watch.observe(true)
  expect(await changes.next()).toBe(true)
  clock.advance(86_400_000)
  expect(camera.probes).toBe(1)
  expect(changes.rest()).toEqual([])
  watch.stop()
  expect(clock.waiting()).toEqual([])
})

test('a camera to which something happened is looked for at once and once more soon', async () => {
  const { camera, clock, changes, settled, watch } = begin()
  await settled.next()
  expect(await changes.next()).toBe(true)
  watch.look()
  expect(camera.probes).toBe(2)
  await turns()
  expect(clock.waiting()).toEqual([2_000])
  clock.advance(2_000)
  expect(camera.probes).toBe(3)
  await turns()
  expect(clock.waiting()).toEqual([30_000])
})

test('a camera that has gone is looked for every 2 s for a minute, then every 10 s, until it is back', async () => {
  const { camera, clock, changes, settled } = begin()
  await settled.next()
  expect(await changes.next()).toBe(true)
  camera.reachable = false
  clock.advance(30_000)
  expect(await changes.next()).toBe(false)
  await turns()
  for (let look = 0; look < 30; look += 1) {
    expect(clock.waiting()).toEqual([2_000])
    clock.advance(2_000)
    await turns()
  }
  expect(clock.waiting()).toEqual([10_000])
  clock.advance(10_000)
  await turns()
  expect(clock.waiting()).toEqual([10_000])
  camera.reachable = true
  clock.advance(10_000)
  expect(await changes.next()).toBe(true)
  await turns()
  expect(clock.waiting()).toEqual([30_000])
})

test('a camera that refused a call is looked for at once, and seen 2 s later when it has started by then', async () => {
  const { camera, clock, changes, settled, watch } = begin()
  await settled.next()
  expect(await changes.next()).toBe(true)
  camera.reachable = false
  watch.observe(false)
  expect(await changes.next()).toBe(false)
  expect(camera.probes).toBe(2)
  await turns()
  camera.reachable = true
  clock.advance(2_000)
  expect(await changes.next()).toBe(true)
})

test('a camera that takes connections and answers no call hangs: its open door is believed after 30 s', async () => {
  const { camera, clock, changes, settled, watch } = begin()
  await settled.next()
  expect(await changes.next()).toBe(true)
  watch.observe(false)
  expect(await changes.next()).toBe(false)
  expect(camera.probes).toBe(2)
  await turns()
  expect(watch.reachable()).toBe(false)
  expect(clock.waiting()).toEqual([30_000])
  clock.advance(30_000)
  expect(await changes.next()).toBe(true)
})

test('a camera that is lost is looked for although a call still uses it', async () => {
  const { camera, clock, changes, settled, watch } = begin({ inUse: () => true })
  await settled.next()
  expect(await changes.next()).toBe(true)
  const probes = camera.probes
  camera.reachable = false
  watch.observe(false)
  expect(await changes.next()).toBe(false)
  await turns()
  camera.reachable = true
  clock.advance(2_000)
  expect(await changes.next()).toBe(true)
  expect(camera.probes).toBe(probes + 2)
})

test('what a call saw while a look was running is not overruled by that look', async () => {
  const { camera, clock, changes, settled, watch } = begin({ reachable: false })
  await settled.next()
  const answers = answerByHand(camera)
  clock.advance(30_000)
  watch.observe(true)
  expect(await changes.next()).toBe(true)
  answers[0]?.(false)
  await turns()
  expect(watch.reachable()).toBe(true)
  clock.advance(30_000)
  answers[1]?.(false)
  expect(await changes.next()).toBe(false)
})

test('a look that is asked for while another runs follows it at once, and once more soon', async () => {
  const { camera, clock, changes, settled, watch } = begin()
  await settled.next()
  expect(await changes.next()).toBe(true)
  const answers = answerByHand(camera)
  clock.advance(30_000)
  watch.look()
  watch.look()
  expect(answers).toHaveLength(1)
  answers[0]?.(true)
  await turns()
  expect(answers).toHaveLength(2)
  answers[1]?.(false)
  expect(await changes.next()).toBe(false)
  await turns()
  expect(answers).toHaveLength(2)
  expect(clock.waiting()).toEqual([2_000])
})

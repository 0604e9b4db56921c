import { describe, expect, it } from 'vitest'
import { parseFromDevice, parseFromViewer, parseToDevice, parseToViewer } from './frame.ts'

const CALL = 'c'.repeat(22)
const CAMERA = `${'d'.repeat(43)}.porch`
const alive = { type: 'alive', call: CALL, camera: CAMERA }
const resume = { ...alive, type: 'resume' }

const read = (parse: typeof parseFromViewer | typeof parseFromDevice, message: object) =>
  parse(JSON.stringify(message))

describe('the words that keep one connected', () => {
  it('[R46] a welcome says in whole milliseconds when the next connection is to be opened', () => {
    const welcome = { type: 'welcome', protocol: 1, device: 'd'.repeat(43), paired: true }
    for (const rollOverMs of [0, 6_600_000, undefined]) {
      expect(parseToDevice(JSON.stringify({ ...welcome, rollOverMs })).ok).toBe(true)
    }
    for (const rollOverMs of [-1, 0.5, '1']) {
      expect(parseToDevice(JSON.stringify({ ...welcome, rollOverMs })).ok).toBe(false)
    }
  })

  it('[R47] only a viewer resumes, and names the camera', () => {
    expect(read(parseFromViewer, resume).ok).toBe(true)
    expect(read(parseFromViewer, { ...resume, camera: undefined }).ok).toBe(false)
    expect(read(parseFromDevice, resume)).toMatchObject({ ok: false, error: { code: 'unknown-type' } })
  })

  it('[R48] a call names the one that it replaces by its id', () => {
    const call = { type: 'call', call: CALL, camera: CAMERA }
    expect(read(parseFromViewer, { ...call, replaces: 'e'.repeat(22) }).ok).toBe(true)
    expect(read(parseFromViewer, { ...call, replaces: 'the last one' }).ok).toBe(false)
  })

  it('[R49] a host asks with the word that the viewer answers', () => {
    for (const message of [read(parseFromDevice, alive), read(parseFromViewer, alive)]) {
      expect(message.ok).toBe(true)
    }
    expect(parseToViewer(JSON.stringify(alive)).ok).toBe(true)
  })

  it('[R50] [R51] [R52] a status counts, from nothing up', () => {
    const status = { type: 'status', cameras: [] }
    for (const sequence of [0, 7, undefined])
      expect(read(parseFromDevice, { ...status, sequence }).ok).toBe(true)
    for (const sequence of [-1, 0.5, 1e300])
      expect(read(parseFromDevice, { ...status, sequence }).ok).toBe(false)
  })
})

import * as v from 'valibot'
import { expect, it } from 'vitest'
import { toBase64url } from './base64url.ts'
import { CallId, CameraId, cameraId, groupedId, Label, splitCameraId } from './identifiers.ts'

it('makes ids of 128 bits that their schema takes', () => {
  for (const byte of [0, 62, 63, 251, 255]) {
    expect(v.is(CallId, toBase64url(new Uint8Array(16).fill(byte)))).toBe(true)
  }
})

it('joins and splits a camera’s id', () => {
  const device = '-_'.repeat(21).concat('A')
  const camera = cameraId(device, 'front-door')
  expect(v.is(CameraId, camera)).toBe(true)
  expect(splitCameraId(camera)).toEqual({ device, name: 'front-door' })
})

it('groups an id by four and loses nothing of it', () => {
  const id = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs'
  const groups = groupedId(id)
  expect(groups).toHaveLength(11)
  expect(groups[0]).toBe('NzbL')
  expect(groups.join('')).toBe(id)
  expect(groupedId('')).toEqual([])
})

it.each(['a\nb', '\u0000', '\u202e', '\u2028', '\ud800', '   ', '\u200b', ''])(
  'a label of nothing to read, or that disturbs what stands beside it, is refused: %j',
  (label) => {
    expect(v.is(Label, label)).toBe(false)
  },
)

it.each(['Porch', '玄関', '🐈', 'Opa’s Garten 2'])('a label may be %s', (label) => {
  expect(v.is(Label, label)).toBe(true)
})

import { expect, it } from 'vitest'
import { opensHereOnly } from './opens-here-only.ts'

it.each([
  ['http://localhost:8080/#guest=x', true],
  ['http://127.0.0.1:8080/#guest=x', true],
  ['http://[::1]:8080/#guest=x', true],
  ['https://192.168.0.10:8080/#guest=x', false],
  ['https://d111.cloudfront.net/#guest=x', false],
  ['https://localhost.example.org/#guest=x', false],
])('of %s it is %s that nobody else can open it', (link, expected) => {
  expect(opensHereOnly(link)).toBe(expected)
})

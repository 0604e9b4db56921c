import { expect, it } from 'vitest'
import { appLink, readAppLink } from './app-link.ts'

const device = 'd'.repeat(43)
const secret = 's'.repeat(22)

it.each([
  { kind: 'pair', device, code: secret },
  { kind: 'guest', device, secret },
  { kind: 'sign-in' },
] as const)('reads what it writes, and only the fragment holds it: %j', (link) => {
  const url = new URL(appLink('https://home.example', link))
  expect(readAppLink(url.hash)).toEqual(link)
  expect([url.origin, url.pathname, url.search]).toEqual(['https://home.example', '/', ''])
})

it.each([
  '',
  '#',
  '#x',
  `#pair=${secret}`,
  `#device=${device}`,
  `#guest=short&device=${device}`,
  `#pair=${secret}&device=x`,
])('takes %j for no link', (hash) => {
  expect(readAppLink(hash)).toBeNull()
})

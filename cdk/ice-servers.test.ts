import { describe, expect, it } from 'vitest'
import { ContextError } from './context-error.ts'
import { PUBLIC_STUN, parseIceServers } from './ice-servers.ts'

describe('the ICE servers of the context', () => {
  it.each<[string, unknown, unknown]>([
    ['a public STUN server when nothing is said', undefined, PUBLIC_STUN],
    ['none when the list is empty', '[]', []],
    [
      'JSON text from the command line',
      '[{"urls":"stun:a.example:3478"}]',
      [{ urls: 'stun:a.example:3478' }],
    ],
    ['a list from cdk.json', [{ urls: ['turns:a.example'] }], [{ urls: ['turns:a.example'] }]],
    [
      'credentials',
      [{ urls: 'turn:a.example', username: 'u', credential: 'c' }],
      [{ urls: 'turn:a.example', username: 'u', credential: 'c' }],
    ],
  ])('are %s', (_, context, expected) => {
    expect(parseIceServers(context)).toEqual(expected)
  })

  it.each<[string, unknown]>([
    ['text that is no JSON', 'stun:a.example'],
    ['no list', '{}'],
    ['an entry that is no object', ['stun:a.example']],
    ['an entry without urls', [{}]],
    ['an empty list of urls', [{ urls: [] }]],
    ['a web address', [{ urls: 'https://a.example' }]],
    ['a credential that is no text', [{ urls: 'turn:a.example', credential: 1 }]],
  ])('refuse %s', (_, context) => {
    expect(() => parseIceServers(context)).toThrow(ContextError)
  })
})

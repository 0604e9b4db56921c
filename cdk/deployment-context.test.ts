import { describe, expect, it } from 'vitest'
import { ContextError } from './context-error.ts'
import { readDeploymentContext } from './deployment-context.ts'
import { PUBLIC_STUN } from './ice-servers.ts'

const OWNER = { ownerEmail: 'owner@example.org' }
const ISSUER = { ...OWNER, oidcIssuer: 'https://issuer.example/realm', oidcClientId: 'mihari' }

const read = (context: Readonly<Record<string, unknown>>) => readDeploymentContext((name) => context[name])

describe('a deployment', () => {
  it('needs to be told nothing but its first owner', () => {
    expect(read(OWNER)).toEqual({ ownerEmail: 'owner@example.org', issuer: null, iceServers: PUBLIC_STUN })
  })

  it.each([
    ['in capitals', 'Owner@Example.ORG', 'owner@example.org'],
    ['with spaces around it', ' owner@example.org ', 'owner@example.org'],
    ['with a tag', 'owner+mihari@mail.example.org', 'owner+mihari@mail.example.org'],
    ['of this machine', 'owner@localhost', 'owner@localhost'],
  ])('takes an address %s', (_, ownerEmail, expected) => {
    expect(read({ ownerEmail }).ownerEmail).toBe(expected)
  })

  it('takes an issuer, to the letter, and asks it for what signing in here needs', () => {
    expect(read(ISSUER).issuer).toEqual({
      issuer: 'https://issuer.example/realm',
      clientId: 'mihari',
      scope: 'openid email profile offline_access',
      origins: ['https://issuer.example'],
    })
    expect(read({ ...ISSUER, oidcIssuer: 'https://issuer.example/' }).issuer?.issuer).toBe(
      'https://issuer.example/',
    )
  })

  it('takes an issuer on this machine', () => {
    const { issuer } = read({ ...ISSUER, oidcIssuer: 'http://localhost:8081/realm' })
    expect(issuer?.origins).toEqual(['http://localhost:8081'])
  })

  it('takes other scopes, and the further origins that an issuer answers at, each once', () => {
    const { issuer } = read({
      ...ISSUER,
      oidcScope: 'openid email',
      oidcOrigins: 'https://tokens.example:8443,https://issuer.example',
    })
    expect(issuer).toMatchObject({
      scope: 'openid email',
      origins: ['https://issuer.example', 'https://tokens.example:8443'],
    })
  })
})

const ANY_EMAIL = 'add `-c ownerEmail=you@example.org`'

describe('what to type is said when', () => {
  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['nothing is given', {}, `ownerEmail is missing: ${ANY_EMAIL}`],
    ['the owner is empty', { ownerEmail: '' }, `ownerEmail "" is no e-mail address: ${ANY_EMAIL}`],
    ['the owner is a name', { ownerEmail: 'owner' }, `ownerEmail "owner" is no e-mail address`],
    ['the owner is no text', { ownerEmail: true }, 'ownerEmail true is no e-mail address'],
    ['the owner has no host', { ownerEmail: 'owner@' }, 'is no e-mail address'],
    ['the owner has two hosts', { ownerEmail: 'owner@a@b' }, 'is no e-mail address'],
    ['the owner is two', { ownerEmail: 'a@example.org,b@example.org' }, 'is no e-mail address'],
    ['the owner has a name beside', { ownerEmail: 'Owner <a@example.org>' }, 'is no e-mail address'],
    ['the owner is endless', { ownerEmail: `${'a'.repeat(120)}@example.org` }, 'is no e-mail address'],
    [
      'a client has no issuer',
      { ...OWNER, oidcClientId: 'mihari' },
      'oidcClientId is given without oidcIssuer: add `-c oidcIssuer=https://…`',
    ],
    ['a scope has no issuer', { ...OWNER, oidcScope: 'openid' }, 'oidcScope is given without oidcIssuer'],
    ['origins have no issuer', { ...OWNER, oidcOrigins: '' }, 'oidcOrigins is given without oidcIssuer'],
    [
      'an issuer has no client',
      { ...OWNER, oidcIssuer: 'https://issuer.example' },
      'oidcClientId is missing beside oidcIssuer: add `-c oidcClientId=…`',
    ],
    ['the client is empty', { ...ISSUER, oidcClientId: '' }, 'oidcClientId "" is none'],
    [
      'the issuer is not encrypted',
      { ...ISSUER, oidcIssuer: 'http://issuer.example' },
      'oidcIssuer "http://issuer.example" is no https address: add `-c oidcIssuer=https://…`',
    ],
    ['the issuer only looks local', { ...ISSUER, oidcIssuer: 'http://localhost.example' }, 'is no https'],
    ['the issuer is a host', { ...ISSUER, oidcIssuer: 'issuer.example' }, 'is no https address'],
    [
      'the issuer has a query',
      { ...ISSUER, oidcIssuer: 'https://a.example/?x=1' },
      'oidcIssuer "https://a.example/?x=1" has a query or a fragment, which no issuer may have: add it without',
    ],
    [
      'the issuer has a fragment',
      { ...ISSUER, oidcIssuer: 'https://a.example/#b' },
      'has a query or a fragment',
    ],
    ['the issuer has an empty query', { ...ISSUER, oidcIssuer: 'https://a.example/?' }, 'has a query or'],
    ['the issuer has a password', { ...ISSUER, oidcIssuer: 'https://a:b@c.example' }, 'is no https address'],
    [
      'the issuer would add to the security policy',
      { ...ISSUER, oidcIssuer: "https://a.example; script-src 'unsafe-inline'" },
      'is no https address',
    ],
    ['the scope has no openid', { ...ISSUER, oidcScope: 'email' }, 'oidcScope "email" is no list of scopes'],
    ['the scope is in quotes', { ...ISSUER, oidcScope: '"openid"' }, 'is no list of scopes'],
    ['an origin has a path', { ...ISSUER, oidcOrigins: 'https://a.example/b' }, 'is no https origin'],
    [
      'an origin is empty',
      { ...ISSUER, oidcOrigins: 'https://a.example,' },
      'oidcOrigins: "" is no https origin',
    ],
    ['an origin is not encrypted', { ...ISSUER, oidcOrigins: 'http://a.example' }, 'is no https origin'],
    ['an origin is any', { ...ISSUER, oidcOrigins: 'https://*' }, 'is no https origin'],
    ['an ICE server is wrong', { ...OWNER, iceServers: '{}' }, 'iceServers: must be a list'],
  ])('%s', (_, context, message) => {
    expect(() => read(context)).toThrow(ContextError)
    expect(() => read(context)).toThrow(message)
  })
})

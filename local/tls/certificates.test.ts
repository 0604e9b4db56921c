import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TlsKeyPair } from '../listener.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { createCertificate } from './create-certificate.ts'
import { CertificateError, readGivenCertificate } from './given-certificate.ts'
import { certificateFingerprint, ownCertificate } from './own-certificate.ts'
import { reloadCertificate } from './reload-certificate.ts'

const DAY_MS = 24 * 60 * 60_000
const NOW = Date.UTC(2026, 0, 1)

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mihari-tls-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the certificate that a box makes for itself', () => {
  it('is for its name or address, vouches for nobody, and is one that phones take', async () => {
    for (const host of ['pi.local', '192.168.1.7']) {
      const { cert, own } = await ownCertificate(join(folder, host), host, NOW)
      const certificate = new X509Certificate(cert)
      expect(certificate.checkHost(host) ?? certificate.checkIP(host)).toBe(host)
      expect([certificate.ca, own]).toEqual([false, true])
      const validMs = certificate.validToDate.getTime() - certificate.validFromDate.getTime()
      expect(validMs).toBeLessThanOrEqual(825 * DAY_MS)
    }
  })

  it('is the same at every start, for this user alone', async () => {
    const first = await ownCertificate(join(folder, 'tls'), 'pi.local', NOW)
    const second = await ownCertificate(join(folder, 'tls'), 'pi.local', NOW + 100 * DAY_MS)
    expect(second).toEqual(first)
    expect(readFileSync(first.certFile, 'utf8')).toBe(first.cert)
    expect(statSync(join(folder, 'tls')).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'tls/key.pem')).mode & 0o777).toBe(0o600)
  })

  it('is made anew long before it ends, and for another name', async () => {
    const first = await ownCertificate(folder, 'pi.local', NOW)
    const late = await ownCertificate(folder, 'pi.local', NOW + 700 * DAY_MS)
    expect(certificateFingerprint(late.cert)).not.toBe(certificateFingerprint(first.cert))
    const other = await ownCertificate(folder, '192.168.1.8', NOW + 700 * DAY_MS)
    expect(new X509Certificate(other.cert).checkIP('192.168.1.8')).toBe('192.168.1.8')
  })

  it('is made anew when a file of it is damaged', async () => {
    const { certFile } = await ownCertificate(folder, 'pi.local', NOW)
    writeFileSync(certFile, 'damaged')
    expect(new X509Certificate((await ownCertificate(folder, 'pi.local', NOW)).cert).ca).toBe(false)
  })
})

function write({ cert, key }: TlsKeyPair) {
  const files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') }
  writeFileSync(files.certFile, cert)
  writeFileSync(files.keyFile, key)
  return files
}

const certificateFor = (host: string, days = 90, now = NOW) =>
  createCertificate({ commonName: 'Test', hosts: [host], days, now })

describe('a certificate of the owner’s own', () => {
  it('is taken when it is for the name and has its key', async () => {
    const pair = await certificateFor('home.example')
    const files = write(pair)
    expect(readGivenCertificate(files, 'home.example', NOW)).toEqual({
      ...pair,
      certFile: files.certFile,
      own: false,
    })
  })

  it.each<[string, (good: TlsKeyPair) => Promise<TlsKeyPair> | TlsKeyPair, string]>([
    ['is for another name', () => certificateFor('other.example'), 'not for home.example'],
    [
      'has the key of another',
      async (good) => ({ ...good, key: (await certificateFor('home.example')).key }),
      'the key is not that of the certificate',
    ],
    ['has ended', () => certificateFor('home.example', 90, NOW - 100 * DAY_MS), 'ended on'],
    ['has not begun', () => certificateFor('home.example', 90, NOW + 100 * DAY_MS), 'only begins on'],
    ['is none', (good) => ({ ...good, cert: 'text' }), 'no certificate in PEM form'],
    ['comes with no key', (good) => ({ ...good, key: 'text' }), 'no private key in PEM form'],
  ])('that %s is refused in a line that says so', async (_, spoil, words) => {
    const files = write(await spoil(await certificateFor('home.example')))
    const read = () => readGivenCertificate(files, 'home.example', NOW)
    expect(read).toThrow(CertificateError)
    expect(read).toThrow(words)
    expect(read).toThrow(/^--tls-cert .*cert\.pem: [^\n]*$/)
  })

  it('that cannot be read is refused with the flag that names it', async () => {
    const files = write(await certificateFor('home.example'))
    const missing = { ...files, keyFile: join(folder, 'none.key') }
    expect(() => readGivenCertificate(missing, 'home.example', NOW)).toThrow(
      /^--tls-key .*none\.key cannot be read: /,
    )
  })

  it('that is renewed in its files is shown from then on; one that is no good is told and not shown', async () => {
    const given = write(await certificateFor('home.example'))
    const clock = manualClock(NOW)
    const shown: TlsKeyPair[] = []
    const lines: string[] = []
    const stop = reloadCertificate({
      given,
      shown: readFileSync(given.certFile, 'utf8'),
      host: 'home.example',
      clock,
      onRenewed: (pair) => shown.push(pair),
      report: (line) => lines.push(line),
    })
    clock.advance(DAY_MS)
    expect(shown).toEqual([])
    const renewed = await certificateFor('home.example')
    write(renewed)
    clock.advance(DAY_MS)
    expect(shown).toMatchObject([renewed])
    write({ ...renewed, cert: 'half' })
    clock.advance(60 * 60_000)
    expect(shown).toHaveLength(1)
    expect(lines).toEqual([expect.stringContaining('no certificate in PEM form')])
    stop()
    clock.advance(DAY_MS)
    expect(lines).toHaveLength(1)
  })
})

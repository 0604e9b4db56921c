import { randomBytes } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SimulatedCamera, startSimulatedCamera } from '../local/simulated-camera/simulated-camera.ts'
import { appLink } from '../protocol/app-link.ts'
import { splitCameraId } from '../protocol/identifiers.ts'
import { en } from '../web/text/en.ts'
import { expectMoving, expectPresence, expectState, tileOf, watch } from './camera-tile.ts'
import { launchChromium } from './chromium.ts'
import type { ConnectorProcess } from './connector-process.ts'
import { type MihariProcess, spawnMihari } from './mihari-process.ts'
import { startPairedConnector } from './pair-connector.ts'
import { openRequests } from './requests.ts'
import {
  closeSheet,
  inviteByMail,
  makeGuestLink,
  openShareSheet,
  prepareRevoking,
  readHistory,
} from './share-sheet.ts'
import { openFresh, openSignedIn } from './signed-in-page.ts'
import { noteSecret } from './transcripts.ts'
import { socketAddress } from './wire-client.ts'

const PATIENCE = { timeout: 15_000 }
/** From the owner's click to the guest's screen. */
const REVOKED_MS = 2_000

/** Takes one viewer at a time. */
let camera: SimulatedCamera
let mihari: MihariProcess
let connector: ConnectorProcess
let browser: Browser
let owner: Page

beforeAll(async () => {
  ;[mihari, browser, camera] = await Promise.all([
    spawnMihari(),
    launchChromium(),
    startSimulatedCamera({ name: 'shed', quirks: { oneFeed: true } }),
  ])
  connector = await startPairedConnector(mihari, { shed: { url: camera.url, maxCalls: 1 } })
  owner = await openSignedIn(browser, mihari)
})

afterAll(async () => {
  await browser?.close()
  expect(await connector?.stop()).toBe(0)
  expect(await mihari?.stop()).toBe(0)
  await camera?.close()
})

const expectFree = () => expect.poll(() => camera.sessions(), PATIENCE).toBe(0)
const videoOf = (page: Page) => tileOf(page, 'shed').locator('video')

describe('a guest link', () => {
  it('[R33] opens straight to its one camera, without an account, and the owner sees who watches', async () => {
    const guest = await openFresh(browser, await makeGuestLink(owner, 'shed', 'Grandma'))
    await expectState(tileOf(guest, 'shed'), 'playing')
    await expectMoving(videoOf(guest))
    expect(await guest.locator('[data-camera]').count()).toBe(1)
    expect(guest.url()).toBe(mihari.url)

    await owner.getByRole('button', { name: en.sharing.watching(1) }).waitFor(PATIENCE)
    const sheet = await openShareSheet(owner, 'shed')
    await sheet.locator('section', { hasText: 'Watching now' }).getByText('Grandma').waitFor()
    await closeSheet(sheet)
    await guest.context().close()
    await owner
      .getByRole('button', { name: en.sharing.watching(1) })
      .waitFor({ state: 'detached', ...PATIENCE })
    await expectFree()
  })

  it('[R36] that is taken back ends the picture on the guest’s screen within 2 s, and the camera is free', async () => {
    const link = await makeGuestLink(owner, 'shed', 'Plumber')
    const guest = await openFresh(browser, link)
    await expectMoving(videoOf(guest))
    const revoke = await prepareRevoking(owner, 'shed', 'Plumber')
    const clickedAt = Date.now()
    await Promise.all([
      revoke.click(),
      guest.getByText(en.failures['link-revoked'].what).first().waitFor(PATIENCE),
      videoOf(guest).waitFor({ state: 'detached', ...PATIENCE }),
    ])
    const revokedMs = Date.now() - clickedAt
    process.stdout.write(`revoked, and off the guest’s screen after ${revokedMs} ms\n`)
    expect(revokedMs).toBeLessThan(REVOKED_MS)
    await expectFree()
    await closeSheet(owner.getByRole('dialog'))

    await guest.goto('about:blank')
    await guest.goto(link)
    await guest.getByText(en.failures['link-revoked'].what).first().waitFor(PATIENCE)
    await guest.context().close()
    await expectMoving(await watch(owner, 'shed'))
    await tileOf(owner, 'shed').getByRole('button', { name: en.action.hangUp }).click()
    await expectFree()
  })

  it('[R35] ends by itself at its hour, also in a picture that runs, and says so from then on', async () => {
    const secret = randomBytes(16).toString('base64url')
    noteSecret(secret)
    const { idToken } = await mihari.signIn()
    const requests = await openRequests(await socketAddress(mihari.url), idToken)
    const shed = requests.cameras.get('shed') ?? ''
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(secret))).toString('base64url')
    const until = Date.now() + 6_000
    const granted = await requests.ask({
      op: 'grant-by-link',
      camera: shed,
      hash,
      label: 'Brief',
      until,
      max: 1,
    })
    expect(granted).toMatchObject({ kind: 'done' })
    requests.close()

    const link = appLink(new URL(mihari.url).origin, {
      kind: 'guest',
      device: splitCameraId(shed).device,
      secret,
    })
    const guest = await openFresh(browser, link)
    await expectMoving(videoOf(guest))
    expect(Date.now()).toBeLessThan(until)
    await videoOf(guest).waitFor({ state: 'detached', ...PATIENCE })
    expect(Date.now()).toBeGreaterThanOrEqual(until)
    await expectFree()
    await guest.reload()
    await guest.getByText(en.failures['link-expired'].what).first().waitFor(PATIENCE)
    await guest.context().close()
  })

  it('[R37] makes room for the owner, who takes over; the guest is told', async () => {
    const guest = await openFresh(browser, await makeGuestLink(owner, 'shed', 'Neighbour'))
    await expectMoving(videoOf(guest))
    await expectPresence(tileOf(owner, 'shed'), 'busy')
    await tileOf(owner, 'shed').getByRole('button', { name: en.sharing.takeOverNow }).click()
    await expectState(tileOf(owner, 'shed'), 'playing')
    await expectMoving(videoOf(owner))
    await expectState(tileOf(guest, 'shed'), 'ended')
    expect(await tileOf(guest, 'shed').textContent()).toContain(en.endings['taken-over'].what)
    await tileOf(owner, 'shed').getByRole('button', { name: en.action.hangUp }).click()
    await guest.context().close()
    await expectFree()
  })
})

describe('a person', () => {
  it('[R33] who is invited by address signs in by the mail, sees the one camera, and no longer once that is taken back', async () => {
    const email = 'aunt@example.org'
    const aunt = await openFresh(browser, await inviteByMail(owner, mihari, 'shed', email))
    await tileOf(aunt, 'shed').waitFor(PATIENCE)
    expect(await aunt.locator('[data-camera]').count()).toBe(1)
    await tileOf(aunt, 'shed').getByRole('button', { name: en.newCamera.add }).click()
    await expectMoving(await watch(aunt, 'shed'))
    const revoke = await prepareRevoking(owner, 'shed', email)
    await revoke.click()
    await expectState(tileOf(aunt, 'shed'), 'ended')
    expect(await tileOf(aunt, 'shed').textContent()).toContain(en.endings['access-revoked'].what)
    await expectFree()
    await aunt.reload()
    await aunt.getByText(en.service.nothingShared(email).what).waitFor(PATIENCE)
    await closeSheet(owner.getByRole('dialog'))
    await aunt.context().close()
  })
})

it('[R44] the owner finds in the history who watched, by which right, and how it ended', async () => {
  const lines = (await readHistory(owner, 'shed')).join('\n')
  expect(lines).toMatch(/Plumber[\s\S]*Guest link[\s\S]*access was removed/)
  expect(lines).toMatch(/Neighbour[\s\S]*an owner took over/)
  expect(lines).toMatch(/Brief[\s\S]*the time was over/)
  expect(lines).toMatch(new RegExp(`aunt@example\\.org[^]*${en.sharing.watcherRoles.viewer}`))
})

it('[R36] a person who signs out everywhere ends the picture in every browser', async () => {
  const other = await openSignedIn(browser, mihari)
  await expectMoving(await watch(other, 'shed'))
  const leaving = await openSignedIn(browser, mihari)
  await leaving
    .getByRole('button', { name: /Account|owner@/ })
    .first()
    .click()
  await leaving.getByRole('button', { name: en.account.everywhere.label }).click()
  await leaving.getByRole('button', { name: en.account.everywhere.confirm }).last().click()
  await videoOf(other).waitFor({ state: 'detached', ...PATIENCE })
  await other.getByText(en.session.signedOut['signed-out'].what).first().waitFor(PATIENCE)
  await expectFree()
  await other.context().close()
  await leaving.context().close()
})

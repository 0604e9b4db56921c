import { h } from 'preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Watch } from '../../../protocol/operations.ts'
import { PANELS_EN } from '../../text/panels-en.ts'
import { visibleCamera } from '../../viewer/testing/samples.ts'
import { elementsOf, plainDocument } from '../testing/plain-document.ts'
import { button, closeStage, draw, openStage, press, root, samplePage } from '../testing/sample-page.ts'
import { SharePanel } from './share-panel.tsx'

const CAMERA = `${'d'.repeat(43)}.porch`
const camera = visibleCamera({ camera: CAMERA })
const { share, grants: ofGrants } = PANELS_EN
const grant = (name: string) => ({ grant: name, camera: CAMERA, kind: 'person', name, createdAt: 0 })

const NO_PEOPLE = { 'list-people': { kind: 'done', answer: { people: [] } } }

beforeEach(openStage)
afterEach(closeStage)

it('after a share is removed the focus goes to the next one, and after the last to the heading', async () => {
  let grants = ['Ann', 'Ben', 'Cleo'].map(grant)
  const { page } = samplePage(
    {},
    {},
    {
      ...NO_PEOPLE,
      'list-grants': () => ({ kind: 'done', answer: { grants } }),
      'revoke-grant': (asked: { grant: string }) => {
        grants = grants.filter((one) => one.grant !== asked.grant)
        return { kind: 'done', answer: {} }
      },
    },
  )
  draw(h(SharePanel, { page, camera }))
  const remove = async (name: string) => {
    await vi.waitFor(() => press(`Remove ${name}`))
    await vi.waitFor(() => press(PANELS_EN.grants.revoke.confirm))
    await vi.waitFor(() => expect(root().textContent).not.toContain(name))
  }
  await remove('Ben')
  expect(plainDocument.activeElement).toBe(button('Remove Cleo'))
  await remove('Cleo')
  expect(plainDocument.activeElement?.textContent).toBe(PANELS_EN.grants.title)
  await remove('Ann')
  expect(plainDocument.activeElement?.textContent).toBe(PANELS_EN.grants.title)
})

it('a question that is put away gives the focus back to the button that asked it', async () => {
  const grants = { kind: 'done', answer: { grants: [grant('Ann')] } }
  draw(h(SharePanel, { page: samplePage({}, {}, { ...NO_PEOPLE, 'list-grants': grants }).page, camera }))
  await vi.waitFor(() => press('Remove Ann'))
  await vi.waitFor(() => press('Cancel'))
  await vi.waitFor(() => expect(button('Remove Ann')).toBeDefined())
  expect(plainDocument.activeElement).toBe(button('Remove Ann'))
})

it('[R45] a history that is open shows who begins and who ends, without being asked', async () => {
  const watch: Watch = { call: 'a', camera: CAMERA, name: 'Ben', role: 'viewer', startedAt: 0 }
  let watches: Watch[] = []
  const { page, viewer, done } = samplePage(
    {},
    {},
    {
      ...NO_PEOPLE,
      'list-grants': { kind: 'done', answer: { grants: [] } },
      'list-history': () => ({ kind: 'done', answer: { watches } }),
    },
  )
  draw(h(SharePanel, { page, camera }))
  const fold = elementsOf(root()).find(
    ({ localName, textContent }) => localName === 'details' && textContent === PANELS_EN.history.title,
  )
  if (fold === undefined) throw new Error('no history')
  const becomes = (now: Watch[]) => {
    viewer.value = { ...viewer.value, watchers: new Map([[CAMERA, now]]) }
    draw(h(SharePanel, { page, camera }))
  }
  becomes([])
  expect(done.map(([, op]) => op)).not.toContain('list-history')
  fold.open = true
  fold.dispatch('toggle')
  await vi.waitFor(() => expect(fold.textContent).toContain(PANELS_EN.history.none))
  watches = [watch]
  becomes([watch])
  await vi.waitFor(() => expect(fold.textContent).toContain(`Ben`))
  expect(fold.textContent).toContain(PANELS_EN.history.running)
  watches = [{ ...watch, endedAt: 12 * 60_000, reason: 'viewer-left' }]
  becomes([])
  await vi.waitFor(() => expect(fold.textContent).toContain(PANELS_EN.history.minutes(12)))
})

it('a share with an owner is marked as one that they do not need, and so is what removing it does', async () => {
  const person = (name: string, owner: boolean) => ({ person: name, name, owner, self: false, since: 0 })
  const answers = {
    'list-grants': { kind: 'done', answer: { grants: ['ann@example.org', 'ben@example.org'].map(grant) } },
    'list-people': {
      kind: 'done',
      answer: { people: [person('Ann@example.org', true), person('ben@example.org', false)] },
    },
  }
  draw(h(SharePanel, { page: samplePage({}, {}, answers).page, camera }))
  await vi.waitFor(() => expect(root().textContent).toContain(PANELS_EN.grants.owner))
  expect(root().textContent.split(PANELS_EN.grants.owner)).toHaveLength(2)
  press('Remove ann@example.org')
  await vi.waitFor(() => expect(root().textContent).toContain(PANELS_EN.grants.revokeOwner.ask))
  press('Cancel')
  press('Remove ben@example.org')
  await vi.waitFor(() => expect(root().textContent).toContain(PANELS_EN.grants.revoke.ask))
})

it('an invited person who signs in and watches is no longer said to have not', async () => {
  const email = 'ben@example.org'
  let kind = 'invited'
  const { page, viewer } = samplePage(
    {},
    {},
    {
      ...NO_PEOPLE,
      'list-grants': () => ({ kind: 'done', answer: { grants: [{ ...grant(email), kind }] } }),
    },
  )
  draw(h(SharePanel, { page, camera }))
  await vi.waitFor(() => expect(root().textContent).toContain(ofGrants.kinds.invited))
  kind = 'person'
  const watch: Watch = { call: 'a', camera: CAMERA, name: email, role: 'viewer', startedAt: 0 }
  viewer.value = { ...viewer.value, watchers: new Map([[CAMERA, [watch]]]) }
  draw(h(SharePanel, { page, camera }))
  await vi.waitFor(() => expect(root().textContent).not.toContain(ofGrants.kinds.invited))
  expect(root().textContent).toContain(ofGrants.kinds.person)
})

describe('what was said of an invitation', () => {
  const email = 'ben@example.org'
  const said = share.granted.sent(email)

  async function invited() {
    let grants = [grant('Ann')]
    const sample = samplePage(
      {},
      {},
      {
        ...NO_PEOPLE,
        'list-grants': () => ({ kind: 'done', answer: { grants } }),
        'grant-to-person': () => {
          grants = [...grants, grant(email)]
          return { kind: 'done', answer: { grant: email, invitation: 'sent' } }
        },
        'revoke-grant': (asked: { grant: string }) => {
          grants = grants.filter((one) => one.grant !== asked.grant)
          return { kind: 'done', answer: {} }
        },
      },
    )
    draw(h(SharePanel, { page: sample.page, camera }))
    const field = elementsOf(root()).find((element) => element.attribute('type') === 'email')
    if (field === undefined) throw new Error('no field')
    Object.assign(field, { value: email })
    field.dispatch('input')
    await vi.waitFor(() => {
      elementsOf(root())
        .find(({ localName }) => localName === 'form')
        ?.dispatch('submit')
      expect(root().textContent).toContain(said)
    })
    await vi.waitFor(() => expect(button(ofGrants.revokeOf(email))).toBeDefined())
    expect(root().textContent).toContain(said)
    return sample
  }

  it.each([email, 'Ann'])('goes when the access of %s is removed', async (whom) => {
    await invited()
    await vi.waitFor(() => press(ofGrants.revokeOf(whom)))
    await vi.waitFor(() => press(ofGrants.revoke.confirm))
    await vi.waitFor(() => expect(root().textContent).not.toContain(said))
  })

  it('goes when somebody begins to watch', async () => {
    const { page, viewer } = await invited()
    const watch: Watch = { call: 'a', camera: CAMERA, name: email, role: 'viewer', startedAt: 0 }
    viewer.value = { ...viewer.value, watchers: new Map([[CAMERA, [watch]]]) }
    draw(h(SharePanel, { page, camera }))
    await vi.waitFor(() => expect(root().textContent).not.toContain(said))
  })

  it('goes with the fold that it stands in', async () => {
    await invited()
    elementsOf(root())
      .find(({ localName }) => localName === 'details')
      ?.dispatch('toggle')
    await vi.waitFor(() => expect(root().textContent).not.toContain(said))
  })

  it('goes with the dialog', async () => {
    const { page } = await invited()
    draw(null)
    draw(h(SharePanel, { page, camera }))
    await vi.waitFor(() => expect(root().textContent).toContain(email))
    expect(root().textContent).not.toContain(said)
  })
})

import { h } from 'preact'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { en } from '../../text/en.ts'
import { PANELS_EN } from '../../text/panels-en.ts'
import { elementsOf } from '../testing/plain-document.ts'
import { button, closeStage, draw, openStage, press, root, samplePage } from '../testing/sample-page.ts'
import { SettingsPanel } from './settings-panel.tsx'

beforeEach(openStage)
afterEach(closeStage)

const device = (label: string) => ({
  device: label.padEnd(43, 'd'),
  label,
  pairedAt: 0,
  online: true,
  cameras: [],
})

it('[R44] every page of the devices is shown', async () => {
  const devices = ({ cursor }: { cursor?: string }) => ({
    kind: 'done',
    answer:
      cursor === undefined ? { devices: [device('Home')], cursor: 'next' } : { devices: [device('Barn')] },
  })
  const people = { kind: 'done', answer: { people: [] } }
  const { page } = samplePage({}, {}, { 'list-devices': devices, 'list-people': people })
  draw(h(SettingsPanel, { page }))
  await vi.waitFor(() => expect(root().textContent).toContain('Barn'))
  expect(root().textContent).toContain('Home')
})

const { settings } = PANELS_EN
const anna = { person: 'a', name: 'Anna', owner: true, self: true, since: 0 }
const ben = { person: 'b', name: 'Ben', owner: false, self: false, since: 0 }

it('the only owner reads why they cannot stop being one, and may once there is another', async () => {
  let people = [anna, ben]
  const { page, done } = samplePage(
    {},
    {},
    {
      'list-devices': { kind: 'done', answer: { devices: [] } },
      'list-people': () => ({ kind: 'done', answer: { people } }),
      'set-owner': () => {
        people = [anna, { ...ben, owner: true }]
        return { kind: 'done', answer: {} }
      },
    },
  )
  draw(h(SettingsPanel, { page }))
  await vi.waitFor(() => expect(root().textContent).toContain(settings.onlyOwner))
  expect(button(settings.resign.label)).toBeUndefined()
  press(settings.promoteOf('Ben'))
  await vi.waitFor(() => press(settings.promote.confirm))
  await vi.waitFor(() => press(settings.resign.label))
  expect(root().textContent).not.toContain(settings.onlyOwner)
  await vi.waitFor(() => expect(root().textContent).toContain(settings.resign.ask))
  press(settings.resign.confirm)
  expect(done.at(-1)).toEqual(['ask', 'set-owner', { person: 'a', owner: false }])
})

it('removing another owner is asked in words about them', async () => {
  const answers = {
    'list-devices': { kind: 'done', answer: { devices: [] } },
    'list-people': { kind: 'done', answer: { people: [anna, { ...ben, owner: true }] } },
  }
  draw(h(SettingsPanel, { page: samplePage({}, {}, answers).page }))
  await vi.waitFor(() => press(settings.demoteOf('Ben')))
  await vi.waitFor(() => expect(root().textContent).toContain(settings.demote.ask))
})

it('how to pair names the address that the connector has to be told', async () => {
  const none = {
    'list-devices': { kind: 'done', answer: { devices: [] } },
    'list-people': { kind: 'done', answer: { people: [anna] } },
  }
  draw(h(SettingsPanel, { page: samplePage({}, {}, none).page }))
  const address = elementsOf(root()).find(
    (element) => element.attribute('aria-label') === en.service.cloudAddress,
  )
  expect(address?.attribute('value')).toBe('ws://localhost:8080/v1')
})

import { h } from 'preact'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { closeStage, draw, openStage, root, samplePage } from '../testing/sample-page.ts'
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

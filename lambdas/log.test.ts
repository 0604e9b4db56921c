import { expect, it } from 'vitest'
import { createLog } from './log.ts'

it('writes one JSON line per event, errors with their stack', () => {
  const lines: string[] = []
  const log = createLog('info', (line) => lines.push(line))
  log.info('call', { call: 'c' })
  log.error('failed', { error: new TypeError('why') })
  expect(JSON.parse(lines[0] ?? '')).toEqual({ level: 'info', event: 'call', call: 'c' })
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ error: { name: 'TypeError', message: 'why' } })
})

it('leaves out what the level leaves out', () => {
  const lines: string[] = []
  createLog('error', (line) => lines.push(line)).info('call')
  expect(lines).toEqual([])
})

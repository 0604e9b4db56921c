import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createLog, LOG_EVENTS } from './log.ts'

test('one JSON object per line, down to the configured level', () => {
  const lines: string[] = []
  const log = createLog(
    'info',
    (line) => lines.push(line),
    () => new Date(0),
  )
  log('debug', 'camera-frame', 'from the camera', { frame: 'v=0' })
  log('info', 'cloud-up', 'the cloud is up\n"', { attempt: 1 })
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^[^\n]+\n$/)
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    time: '1970-01-01T00:00:00.000Z',
    level: 'info',
    event: 'cloud-up',
    message: 'the cloud is up\n"',
    attempt: 1,
  })
})

test('the README names every event', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  expect(LOG_EVENTS.filter((event) => !readme.includes(`\`${event}\``))).toEqual([])
})

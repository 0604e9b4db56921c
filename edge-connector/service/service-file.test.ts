import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { EXIT_CONFIGURATION, EXIT_FAILED, EXIT_REPLACED, EXIT_STOPPED } from '../exit-codes.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const [, unit = ''] = /```ini\n([\s\S]*?)```/.exec(readme) ?? []
const setting = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1]

test('the service starts again whatever has failed, but not what only a person can mend', () => {
  expect(setting('Restart')).toBe('always')
  expect(setting('RestartPreventExitStatus')).toBe(`${EXIT_CONFIGURATION} ${EXIT_REPLACED}`)
})

test('every exit code is explained beside it', () => {
  const [, codes = ''] = /Exit codes: ([\s\S]*?)\n\n/.exec(readme) ?? []
  const explained = codes.split('·').map((entry) => Number.parseInt(entry, 10))
  expect(explained).toEqual([EXIT_STOPPED, EXIT_FAILED, EXIT_CONFIGURATION, EXIT_REPLACED])
})

import { expect, it } from 'vitest'
import { readArguments } from './arguments.ts'

it('runs a thousand faults of the first seed when nothing is said', () => {
  const options = { seed: 1, faults: 1_000, patience: 1, keepGoing: false, json: false }
  expect(readArguments([])).toEqual({ kind: 'run', options })
})

it('takes every flag', () => {
  const args = ['--seed', '7', '--faults=20', '--patience', '3', '--keep-going', '--json', '--log', 'a']
  const options = { seed: 7, faults: 20, patience: 3, keepGoing: true, json: true, logFile: 'a' }
  expect(readArguments(args)).toEqual({ kind: 'run', options })
  expect(readArguments(['--help'])).toEqual({ kind: 'help' })
})

it.each([
  [['--seed', 'x'], /--seed takes a whole number .* not "x"/],
  [['--seed', '-1'], /--seed/],
  [['--faults', '0'], /--faults takes a whole number from 1/],
  [['--faults', '1.5'], /--faults/],
  [['--patience', '11'], /--patience/],
  [['--sed', '1'], /--sed/],
  [['--json=yes'], /--json/],
  [['7'], /7/],
])('says in one line what is wrong with %j', (args, problem) => {
  const line = readArguments(args)
  expect(line).toEqual({ kind: 'wrong', problem: expect.stringMatching(problem) })
  expect(line.kind === 'wrong' && line.problem).not.toContain('\n')
})

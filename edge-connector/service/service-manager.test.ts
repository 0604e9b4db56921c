import { expect, test } from 'vitest'
import { createFakeClock } from '../testing/fake-clock.ts'
import { createServiceManager, systemdNotify } from './service-manager.ts'

const NOTIFY_SOCKET = '/run/systemd/notify'
const STARTED = 'READY=1 STATUS=the cloud is down; running pictures go on'

function begin(env: NodeJS.ProcessEnv, failures: readonly (string | null)[] = []) {
  const clock = createFakeClock()
  const said: string[] = []
  const logged: string[] = []
  const manager = createServiceManager({
    tell(words, done) {
      said.push(words.join(' '))
      done(failures[said.length - 1] ?? null)
    },
    ...{ env, pid: 7, clock },
    log: (_level, event) => logged.push(event),
  })
  return { clock, said, logged, manager }
}

test('it is ready when the link is being made, and says from then on how that goes', () => {
  const { said, manager } = begin({ NOTIFY_SOCKET })
  manager.standing('down')
  manager.standing('up')
  manager.standing('unpaired')
  manager.stopping()
  manager.stopping()
  expect(said).toEqual([
    STARTED,
    'READY=1 STATUS=the cloud is up',
    'READY=1 STATUS=the cloud is up, but this device is not paired',
    'STOPPING=1 STATUS=hanging up',
  ])
})

test('a sign of life comes four times in each time of the watchdog, until it stops', () => {
  const { clock, said, manager } = begin({ NOTIFY_SOCKET, WATCHDOG_USEC: '60000000', WATCHDOG_PID: '7' })
  expect(clock.waiting()).toEqual([])
  manager.standing('down')
  clock.advance(44_999)
  expect(said).toEqual([STARTED, 'WATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1'])
  manager.stopping()
  clock.advance(60_000)
  expect(said.slice(4)).toEqual(['STOPPING=1 STATUS=hanging up'])
  expect(clock.waiting()).toEqual([])
})

test.each([
  ['no watchdog', { NOTIFY_SOCKET }],
  ['the watchdog of another process', { NOTIFY_SOCKET, WATCHDOG_USEC: '60000000', WATCHDOG_PID: '8' }],
])('with %s there is no sign of life', (_, env) => {
  const { clock, said, manager } = begin(env)
  manager.standing('down')
  clock.advance(120_000)
  expect(said).toEqual([STARTED])
})

test('where nobody wants to be told, nobody is', () => {
  const { clock, said, manager } = begin({ WATCHDOG_USEC: '60000000' })
  manager.standing('up')
  manager.stopping()
  clock.advance(120_000)
  expect(said).toEqual([])
})

test('what could not be said is said again 5 s later, as it is then', () => {
  const { clock, said, manager } = begin({ NOTIFY_SOCKET }, ['no memory', 'no memory', null])
  manager.standing('down')
  clock.advance(4_000)
  manager.standing('up')
  clock.advance(4_999)
  expect(said).toEqual([STARTED, 'READY=1 STATUS=the cloud is up'])
  clock.advance(60_000)
  expect(said.slice(2)).toEqual(['READY=1 STATUS=the cloud is up'])
})

test('a sign of life that was lost is made good well before the watchdog misses it', () => {
  const { clock, said, manager } = begin({ NOTIFY_SOCKET, WATCHDOG_USEC: '60000000' }, [null, 'no memory'])
  manager.standing('up')
  clock.advance(5_000)
  expect(said.slice(1)).toEqual(['WATCHDOG=1', 'WATCHDOG=1'])
  manager.stopping()
  expect(said.at(-1)).toBe('STOPPING=1 STATUS=hanging up')
})

test('that it cannot be told is noted once, and changes nothing', () => {
  const never = Array.from({ length: 99 }, () => 'not found')
  const { clock, said, logged, manager } = begin({ NOTIFY_SOCKET, WATCHDOG_USEC: '60000000' }, never)
  manager.standing('up')
  clock.advance(5_000)
  expect(said.filter((words) => words === 'WATCHDOG=1')).toHaveLength(2)
  expect(said).toHaveLength(4)
  manager.stopping()
  clock.advance(60_000)
  expect(said).toHaveLength(5)
  expect(logged).toEqual(['service-manager'])
})

test('a program that cannot even be started is a failure like another', async () => {
  // Of a word that no process can be given, Node tells as of too little memory for one: it throws.
  const failure = await new Promise((done) => systemdNotify(['STATUS=\0'], done))
  expect(failure).toMatch(/null bytes/)
})

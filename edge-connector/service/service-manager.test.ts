import { expect, test } from 'vitest'
import { createFakeClock } from '../testing/fake-clock.ts'
import { createServiceManager } from './service-manager.ts'

const NOTIFY_SOCKET = '/run/systemd/notify'
const STARTED = 'READY=1 STATUS=the cloud is down; running pictures go on'

function begin(env: NodeJS.ProcessEnv, failure: string | null = null) {
  const clock = createFakeClock()
  const said: string[] = []
  const logged: string[] = []
  const manager = createServiceManager({
    tell(words, done) {
      said.push(words.join(' '))
      done(failure)
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
    'STATUS=the cloud is up',
    'STATUS=the cloud is up, but this device is not paired',
    'STOPPING=1 STATUS=hanging up',
  ])
})

test('a sign of life comes twice in each time of the watchdog, until it stops', () => {
  const { clock, said, manager } = begin({ NOTIFY_SOCKET, WATCHDOG_USEC: '60000000', WATCHDOG_PID: '7' })
  expect(clock.waiting()).toEqual([])
  manager.standing('down')
  clock.advance(89_999)
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

test('that it cannot be told is noted once, and changes nothing', () => {
  const { clock, said, logged, manager } = begin({ NOTIFY_SOCKET, WATCHDOG_USEC: '2000000' }, 'not found')
  manager.standing('up')
  clock.advance(3_000)
  expect(said).toHaveLength(5)
  expect(logged).toEqual(['service-manager'])
})

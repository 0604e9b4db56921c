import { describe, expect, it } from 'vitest'
import { parseFlags, USAGE } from './flags.ts'
import { NO_QUIRKS } from './quirks.ts'

describe('flags', () => {
  it('are a plain camera on port 4300 when there are none', () => {
    expect(parseFlags([])).toEqual({
      kind: 'run',
      json: false,
      options: {
        port: 4300,
        host: '127.0.0.1',
        path: '/stream/webrtc',
        name: 'camera',
        maxStreams: 3,
        tls: false,
        quirks: NO_QUIRKS,
      },
    })
  })

  it.each([
    [['--one-feed'], { oneFeed: true }],
    [['--slow-start', '2000'], { slowStartMs: 2000 }],
    [['--no-trickle'], { noTrickle: true }],
    [['--refuse', 'The camera is in use'], { refuse: 'The camera is in use' }],
    [['--die-after', '500'], { dieAfterMs: 500 }],
    [['--early-candidates'], { earlyCandidates: true }],
    [['--object-data'], { objectData: true }],
    [['--sticky-busy=300000'], { stickyBusyMs: 300_000 }],
    [['--garbage'], { garbage: true }],
  ])('%j ask for a quirk', (args, quirk) => {
    expect(parseFlags(args)).toMatchObject({ kind: 'run', options: { quirks: { ...NO_QUIRKS, ...quirk } } })
  })

  it('can make it draw less often, so that many cameras fit on one machine', () => {
    expect(parseFlags(['--fps', '5'])).toMatchObject({ kind: 'run', options: { framesPerSecond: 5 } })
  })

  it.each([
    [['--prot', '4300'], /--prot/],
    [['4300'], /4300/],
    [['--port'], /--port/],
    [['--port', 'x'], /--port must be a whole number from 0 to 65535: x/],
    [['--port', '65536'], /--port/],
    [['--max-streams', '0'], /--max-streams/],
    [['--fps', '0'], /--fps/],
    [['--slow-start', '1.5'], /--slow-start/],
    [['--sticky-busy', '99999999999'], /--sticky-busy/],
    [['--tls=yes'], /--tls/],
    [['--path', 'stream'], /--path must begin with \/: stream/],
  ])('%j are told in one line to be wrong', (args, problem) => {
    const flags = parseFlags(args)
    expect(flags).toEqual({ kind: 'wrong', problem: expect.stringMatching(problem) })
    expect(flags.kind === 'wrong' && flags.problem).not.toContain('\n')
  })

  it('are all in the usage', () => {
    expect(parseFlags(['--help'])).toEqual({ kind: 'help' })
    for (const quirk of ['one-feed', 'slow-start', 'no-trickle', 'refuse', 'die-after', 'early-candidates']) {
      expect(USAGE).toContain(`--${quirk}`)
    }
  })
})

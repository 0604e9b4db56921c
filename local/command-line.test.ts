import { describe, expect, it } from 'vitest'
import { readCommandLine } from './command-line.ts'

const anyCamera = () => null

describe('the command line of npm start', () => {
  it('starts two simulated cameras on 8080 when nothing is asked', () => {
    expect(readCommandLine([], anyCamera)).toEqual({
      kind: 'start',
      options: { port: 8080, dataFolder: '.mihari', latencyMs: 0, json: false, cameras: [] },
    })
  })

  it('takes cameras repeatedly', () => {
    const line = readCommandLine(['--camera', 'a=ws://x', '--camera=b=ws://y'], anyCamera)
    expect(line).toMatchObject({ kind: 'start', options: { cameras: ['a=ws://x', 'b=ws://y'] } })
  })

  it.each([
    [['--prot', '80'], '--prot'],
    [['--port', '99999'], '--port takes a number from 0 to 65535, not "99999"'],
    [['--port', 'http'], '--port takes a number'],
    [['--port'], '--port'],
    [['--latency', '-1'], '--latency'],
    [['--latency', '20s'], '--latency takes milliseconds'],
    [['--data', ''], '--data takes a folder'],
    [['8080'], '8080'],
  ])('%j is wrong in one clear line', (args, part) => {
    const line = readCommandLine(args, anyCamera)
    expect(line.kind).toBe('wrong')
    expect(line).toHaveProperty('message', expect.stringContaining(part))
    expect(line).toHaveProperty('message', expect.not.stringContaining('\n'))
  })

  it('says what is wrong with a camera in the connector’s words', () => {
    const line = readCommandLine(['--camera', 'porch'], ([flag]) => `--camera ${flag}: write name=url`)
    expect(line).toMatchObject({ kind: 'wrong', message: expect.stringContaining('write name=url') })
  })
})

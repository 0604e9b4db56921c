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

  it('helps when asked by either flag', () => {
    expect([['--help'], ['-h']].map((args) => readCommandLine(args, anyCamera).kind)).toEqual([
      'help',
      'help',
    ])
  })

  it('takes cameras repeatedly', () => {
    const line = readCommandLine(['--camera', 'a=ws://x', '--camera=b=ws://y'], anyCamera)
    expect(line).toMatchObject({ kind: 'start', options: { cameras: ['a=ws://x', 'b=ws://y'] } })
  })

  it.each([
    [['--prot', '80'], '--prot is no flag'],
    [['--port', '99999'], '--port takes a number from 0 to 65535, not "99999"'],
    [['--port', 'http'], '--port takes a number'],
    [['--port'], '--port needs a value'],
    [['--data'], '--data needs a value'],
    [['--data', '--json'], '--data needs a value'],
    [['--json=yes'], '--json takes no value'],
    [['-x'], '-x is no flag'],
    [['--no-json'], '--no-json is no flag'],
    [['--latency', '-1'], '--latency needs a value'],
    [['--latency=-1'], '--latency takes milliseconds'],
    [['--latency', '20s'], '--latency takes milliseconds'],
    [['--data', ''], '--data takes a folder'],
    [['--log', ''], '--log takes a file'],
    [['8080'], '"8080" is not expected'],
    [['--host', 'pi.local'], '--host is about the network: it needs --lan'],
    [['--tls-cert', 'a.pem', '--tls-key', 'a.key'], '--tls-cert is about the network'],
    [['--lan', '--tls-cert', 'a.pem'], '--tls-cert and --tls-key need each other'],
    [['--lan', '--tls-key', 'a.key'], '--tls-cert and --tls-key need each other'],
    [['--lan', '--host', 'pi.local:8080'], '--host takes a name or an IPv4 address without port'],
    [['--lan', '--host', 'https://pi.local'], '--host takes a name'],
    [['--lan', '--host', '192.168.1'], '--host takes a name'],
    [['--lan', '--host=-pi'], '--host takes a name'],
    [['--lan', '--host', ''], '--host takes a name'],
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

  it.each([
    [['--lan'], {}],
    [['--lan', '--host', '192.168.1.7'], { host: '192.168.1.7' }],
    // As a browser writes it, whose Origin is compared as text.
    [['--lan', '--host', 'Pi.Local'], { host: 'pi.local' }],
    [
      ['--lan', '--host', 'home.example', '--tls-cert', 'a.pem', '--tls-key', 'a.key'],
      { host: 'home.example', certificate: { certFile: 'a.pem', keyFile: 'a.key' } },
    ],
  ])('%j opens the page to the network', (args, lan) => {
    expect(readCommandLine(args, anyCamera)).toMatchObject({ kind: 'start', options: { lan } })
  })
})

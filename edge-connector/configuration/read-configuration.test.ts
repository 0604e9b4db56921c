import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { describeProblem } from './configuration.ts'
import { readConfiguration } from './read-configuration.ts'

const CLOUD = 'cloud: wss://cloud.example/v1'
const URL_LINE = '    url: ws://10.0.0.2:4300/stream/webrtc'

function read(args: readonly string[], files: Readonly<Record<string, string>> = {}, env = {}) {
  return readConfiguration(args, {
    env,
    home: '/home/pi',
    readText(file) {
      const text = files[file]
      if (text !== undefined) return text
      throw Object.assign(new Error('no'), { code: 'ENOENT' })
    },
  })
}

async function problemsOf(yaml: string, files: Readonly<Record<string, string>> = {}) {
  const reading = await read(['--config', 'm.yaml'], { 'm.yaml': yaml, ...files })
  return reading.kind === 'problems' ? reading.problems.map(describeProblem) : []
}

async function configurationOf(args: readonly string[], files = {}, env = {}) {
  const reading = await read(args, files, env)
  if (reading.kind !== 'configuration') throw new Error(JSON.stringify(reading))
  return reading.configuration
}

describe('what is right', () => {
  test('flags alone are enough, and a camera needs no path', async () => {
    const flags = ['--cloud', 'wss://cloud.example/v1', '--camera', 'porch=ws://10.0.0.2:4300']
    expect(await configurationOf(flags)).toEqual({
      cloud: 'wss://cloud.example/v1',
      dataDirectory: '/home/pi/.mihari',
      healthPort: 4380,
      logLevel: 'info',
      cameras: [
        {
          name: 'porch',
          label: undefined,
          url: 'ws://10.0.0.2:4300/stream/webrtc',
          user: 'user',
          password: undefined,
          trust: { kind: 'authorities' },
          maxCalls: 3,
          vformat: 30,
          forceHardwareCodec: false,
        },
      ],
    })
  })

  test.each([
    ['wss://cloud.example/v1/', 'wss://cloud.example/v1'],
    ['WSS://Cloud.Example:443/v1//', 'wss://cloud.example/v1'],
    ['wss://cloud.example/', 'wss://cloud.example'],
    ['ws://127.0.0.1:8080/v1', 'ws://127.0.0.1:8080/v1'],
  ])('[R31] the cloud %s has one form, which is connected to and signed: %s', async (written, form) => {
    const { cloud } = await configurationOf(['--cloud', written, '--camera', 'porch=ws://10.0.0.2:4300'])
    expect(cloud).toBe(form)
  })

  test('a file says everything, with paths as seen from the file', async () => {
    const yaml = `${CLOUD}
data: keys
healthPort: off
logLevel: debug
cameras:
  porch:
    url: wss://10.0.0.2:4300/other
    label: Front porch
    user: admin
    passwordFile: porch.password
    tls:
      fingerprint: "${'AB:'.repeat(31)}CD"
    vformat: 60
    forceHardwareCodec: true
  garden:
${URL_LINE}
    password: "1234"
    maxCalls: 5
`
    const configuration = await configurationOf(['-c', '/etc/mihari/m.yaml'], {
      '/etc/mihari/m.yaml': yaml,
      '/etc/mihari/porch.password': 'secret \n',
    })
    expect(configuration).toMatchObject({
      dataDirectory: '/etc/mihari/keys',
      healthPort: 'off',
      logLevel: 'debug',
      cameras: [
        {
          name: 'porch',
          url: 'wss://10.0.0.2:4300/other',
          label: 'Front porch',
          user: 'admin',
          password: 'secret ',
          trust: { kind: 'fingerprint', sha256: `${'AB:'.repeat(31)}CD` },
          maxCalls: 1,
          vformat: 60,
        },
        { name: 'garden', password: '1234', maxCalls: 5 },
      ],
    })
  })

  test('flags win over the file, and a camera keeps what the flag does not say', async () => {
    const yaml = `${CLOUD}\nhealthPort: 1\nlogLevel: warn\ncameras:\n  porch:\n${URL_LINE}\n    maxCalls: 7\n`
    const configuration = await configurationOf(
      [
        ...['--config=m.yaml', '--cloud', 'ws://localhost:8080', '--data', '/data', '--health-port', '0'],
        ...['--log-level', 'error', '--camera', 'porch=ws://10.0.0.9/x', '--camera', 'attic=ws://10.0.0.3'],
      ],
      { 'm.yaml': yaml },
    )
    expect(configuration).toMatchObject({
      cloud: 'ws://localhost:8080',
      dataDirectory: '/data',
      healthPort: 0,
      logLevel: 'error',
      cameras: [
        { name: 'porch', url: 'ws://10.0.0.9/x', maxCalls: 7 },
        { name: 'attic', url: 'ws://10.0.0.3/stream/webrtc' },
      ],
    })
  })

  test('systemd says where the key is kept', async () => {
    const flags = ['--cloud', 'ws://localhost:1', '--camera', 'a=ws://b']
    const { dataDirectory } = await configurationOf(flags, {}, { STATE_DIRECTORY: '/var/lib/mihari' })
    expect(dataDirectory).toBe('/var/lib/mihari')
  })

  test('the example is right', async () => {
    const example = readFileSync(new URL('../mihari-connector.example.yaml', import.meta.url), 'utf8')
    const files = { '/x/m.yaml': example, '/etc/mihari/garden.password': 'secret' }
    const { cloud, cameras } = await configurationOf(['-c', '/x/m.yaml'], files)
    expect(cameras.length).toBeGreaterThan(1)
    expect(new URL(cloud).pathname, 'the stage of the deployment').toBe('/v1')
  })

  test('help and version need nothing else', async () => {
    expect(await read(['--help'])).toEqual({ kind: 'help' })
    expect(await read(['-v'])).toEqual({ kind: 'version' })
  })
})

describe('what is wrong in the file is told with its place, its reason and what to write', () => {
  const camera = (...lines: string[]) => [CLOUD, 'cameras:', '  porch:', URL_LINE, ...lines].join('\n')
  test.each([
    [
      'an unknown setting',
      `${CLOUD}\ncamera:\n  a: 1`,
      'm.yaml:2:1: camera: is no setting: did you mean cameras?',
    ],
    [
      'an unknown setting of a camera',
      camera('    forceHardwareCodek: true'),
      'm.yaml:5:5: cameras.porch.forceHardwareCodek: is no setting: did you mean forceHardwareCodec?',
    ],
    [
      'an unknown setting near nothing',
      camera('    tls:', '      ciphers: none'),
      'm.yaml:6:7: cameras.porch.tls.ciphers: is no setting: write one of fingerprint, allowSelfSigned',
    ],
    [
      'a missing address',
      `${CLOUD}\ncameras:\n  porch:\n    label: Porch`,
      'm.yaml:4:5: cameras.porch.url: is missing: write the address',
    ],
    [
      'an address of another kind',
      `${CLOUD}\ncameras:\n  porch:\n    url: http://10.0.0.2`,
      'm.yaml:4:10: cameras.porch.url: is no ws:// or wss:// address: write an address such as ws://',
    ],
    [
      'an address that is none',
      'cloud: my-cloud\ncameras:\n  porch:\n    url: ws://a',
      'm.yaml:1:8: cloud: is no ws:// or wss:// address: write the address that the deployment printed, such as wss://abc.execute-api.eu-west-1.amazonaws.com/v1',
    ],
    [
      'a name that is none',
      `${CLOUD}\ncameras:\n  Front Porch:\n    url: ws://a`,
      'm.yaml:3:3: cameras.Front Porch: is no camera name: write 1 to 32 of a-z',
    ],
    [
      'too many calls',
      camera('    maxCalls: 33'),
      'm.yaml:5:15: cameras.porch.maxCalls: must be a number of calls',
    ],
    [
      'a format that UV4L lacks',
      camera('    vformat: 31'),
      'm.yaml:5:14: cameras.porch.vformat: is no video format',
    ],
    [
      'a word for yes',
      camera('    forceHardwareCodec: "yes"'),
      'm.yaml:5:25: cameras.porch.forceHardwareCodec: must be true or false',
    ],
    [
      'a fingerprint of another kind',
      camera('    tls: { fingerprint: "AB:CD" }'),
      'm.yaml:5:25: cameras.porch.tls.fingerprint: must be a SHA-256 fingerprint',
    ],
    ['a port that is none', `healthPort: 70000\n${camera()}`, 'm.yaml:1:13: healthPort: must be a port'],
    [
      'a level that is none',
      `logLevel: loud\n${camera()}`,
      'm.yaml:1:11: logLevel: must be one of error, warn',
    ],
    [
      'a camera that is no map',
      `${CLOUD}\ncameras:\n  porch: ws://a`,
      'm.yaml:3:10: cameras.porch: must hold',
    ],
    ['a file that is no map', '- a\n- b', 'm.yaml:1:1: must hold settings, not a list'],
    ['a file that is an empty list', '[]', 'm.yaml:1:1: must hold settings, not a list'],
    [
      'cameras in a list',
      `${CLOUD}\ncameras:\n  - name: porch\n    url: ws://10.0.0.2:4300`,
      'm.yaml:3:3: cameras: must hold cameras by name, not a list: the name is the key',
    ],
    ['no camera in a list', `${CLOUD}\ncameras: []`, 'm.yaml:2:10: cameras: must hold cameras by name'],
    ['a setting written twice', `${CLOUD}\n${CLOUD}`, 'm.yaml:2:1: this key is there twice'],
    ['a tab', `cameras:\n\tporch: 1`, 'm.yaml:2:1: a tab indents this line'],
    ['broken YAML', 'cloud: "wss', 'm.yaml:1:12: is not valid YAML'],
    ['no cloud', `cameras:\n  porch:\n${URL_LINE}`, 'm.yaml:1:1: cloud: is missing'],
    ['no camera', CLOUD, 'm.yaml:1:1: cameras: is missing'],
    ['an empty file', '', 'm.yaml:1:1: cloud: is missing'],
    [
      'TLS without TLS',
      camera('    tls: { allowSelfSigned: true }'),
      'm.yaml:5:10: cameras.porch.tls: is of no use for a ws:// address',
    ],
    [
      'a password file that is not there',
      camera('    passwordFile: none'),
      'm.yaml:5:19: cameras.porch.passwordFile: there is no file none',
    ],
    [
      'two passwords',
      camera('    password: a', '    passwordFile: b'),
      'm.yaml:6:19: cameras.porch.passwordFile: is there beside password',
    ],
  ])('%s', async (_, yaml, expected) => {
    const [first] = await problemsOf(yaml)
    expect(first?.startsWith(expected) ? expected : first).toBe(expected)
  })

  test('every problem is told at once', async () => {
    const problems = await problemsOf(
      `cloud: x\ncameras:\n  porch:\n    url: y\n    maxCalls: many\n    lable: a`,
    )
    expect(problems).toHaveLength(4)
  })

  test('more cameras than one connector may have', async () => {
    const many = Array.from({ length: 17 }, (_, n) => `  c${n}:\n    url: ws://a`).join('\n')
    expect(await problemsOf(`${CLOUD}\ncameras:\n${many}`)).toEqual([expect.stringContaining('16 cameras')])
  })
})

describe('a secret is never repeated', () => {
  test.each([
    ['as a number', 'password: 20241224'],
    ['as a map', 'password: { s3cr3t: 1 }'],
    ['as an alias', 'password: *s3cr3t'],
    ['as a tag', 'password: !s3cr3t'],
    ['with a colon', 'password: s3cr3t: x'],
    ['with an open quote', 'password: "s3cr3t'],
    ['in the address', 'url: ws://user:s3cr3t@10.0.0.2/'],
  ])('%s', async (_, line) => {
    const url = line.startsWith('url') ? '' : `${URL_LINE}\n`
    const problems = await problemsOf(`${CLOUD}\ncameras:\n  porch:\n${url}    ${line}\n`)
    expect(problems).not.toEqual([])
    expect(problems.join('\n')).not.toMatch(/s3cr3t|20241224/)
  })

  test('and on the command line it is refused, because every user can see it there', async () => {
    const reading = await read(['--cloud', 'wss://a', '--camera', 'porch=ws://user:s3cr3t@10.0.0.2/'])
    const text = JSON.stringify(reading)
    expect(text).toMatch(/passwordFile/)
    expect(text).not.toMatch(/s3cr3t/)
  })
})

describe('what is wrong on the command line', () => {
  const good = ['--cloud', 'wss://a', '--camera', 'porch=ws://b']
  test.each([
    [['--camra', 'a=ws://b'], '--camra: is no flag: did you mean --camera?'],
    [['--xyzzyx'], '--xyzzyx: is no flag: see --help'],
    [[...good, 'porch'], 'argument: is not expected'],
    [['--cloud'], '--cloud: needs a value'],
    [['--data'], '--data: needs a value'],
    [['--cloud', 'https://a'], '--cloud: is no ws:// or wss:// address'],
    [['--cloud', 'wss://a?key=1'], '--cloud: must hold no ?'],
    [['--camera', 'ws://b'], '--camera: must be a name and an address'],
    [['--camera', 'Porch=ws://b'], '--camera: is no camera name'],
    [['--camera', 'porch=http://b'], '--camera: is no ws:// or wss:// address'],
    [['--camera', 'porch='], '--camera: is no ws:// or wss:// address'],
    [[...good, '--camera', 'porch=ws://c'], '--camera: has the name porch twice'],
    [[...good, '--health-port', '99999'], '--health-port: must be a port'],
    [[...good, '--health-port', 'x'], '--health-port: must be a port'],
    [[...good, '--log-level', 'loud'], '--log-level: must be one of'],
    [['--help=yes'], '--help: takes no value'],
    [['--config', 'none.yaml'], 'none.yaml: there is no file none.yaml'],
    [[], '--cloud: is missing'],
    [['--cloud', 'wss://a'], '--camera: is missing'],
    [
      [...good, ...Array.from({ length: 16 }, (_, n) => `--camera=c${n}=ws://b`)],
      '--camera: has more than the 16 cameras',
    ],
  ])('%j', async (args, expected) => {
    const reading = await read(args)
    const [first = ''] = reading.kind === 'problems' ? reading.problems.map(describeProblem) : []
    expect(first.startsWith(expected) ? expected : first).toBe(expected)
  })
})

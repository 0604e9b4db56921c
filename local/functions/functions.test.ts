import { rmSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import type { FunctionDescription } from '../template/cloud-description.ts'
import { eventually } from '../testing/eventually.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { createFunctions, type Functions } from './functions.ts'
import type { FunctionLogLine, InvocationReport } from './invocation.ts'
import { describeFunction, writeBundle } from './testing/function-bundle.ts'

const opened: Functions[] = []
const folders: string[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((functions) => functions.close()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function deploy(descriptions: readonly FunctionDescription[], instanceLimit = 4) {
  const clock = manualClock(Date.UTC(2031, 0, 2))
  const lines: FunctionLogLine[] = []
  const reports: InvocationReport[] = []
  const functions = createFunctions({
    descriptions,
    servicesUrl: 'http://127.0.0.1:9',
    clock,
    onLine: (line) => lines.push(line),
    onReport: (report) => reports.push(report),
    instanceLimit,
  })
  opened.push(functions)
  folders.push(...descriptions.map(({ codeFolder }) => codeFolder))
  const [first] = descriptions
  const invoke = (event: unknown = {}, arn = first?.arn ?? '') => functions.invoke(arn, event)
  return { functions, clock, lines, reports, invoke }
}

const one = (source: string, more: Partial<FunctionDescription> = {}) =>
  deploy([describeFunction('one', source, more)])

test('a function answers with what its handler returns, as JSON', async () => {
  const { invoke } = one('export const handler = async (event) => ({ got: event, gone: undefined })')
  expect(await invoke({ a: 1, b: undefined })).toEqual({ ok: true, value: { got: { a: 1 } } })
})

test('nothing returned is null', async () => {
  const { invoke } = one('export const handler = async () => {}')
  expect(await invoke()).toEqual({ ok: true, value: null })
})

test('a script without package.json is CommonJS, whatever lies above its folder', async () => {
  const codeFolder = writeBundle({ 'index.js': 'exports.handler = async () => typeof module', 'x/y.txt': '' })
  const { invoke } = one('', { codeFolder })
  expect(await invoke()).toEqual({ ok: true, value: 'object' })
})

test('a handler may lie deeper, in a folder and in an object', async () => {
  const codeFolder = writeBundle({ 'src/app.mjs': 'export const routes = { connect: async () => 1 }' })
  const { invoke } = one('', { codeFolder, handler: 'src/app.routes.connect' })
  expect(await invoke()).toEqual({ ok: true, value: 1 })
})

test('the environment is what the template says and what Lambda adds, nothing of this process', async () => {
  const { invoke, functions } = one('export const handler = async () => process.env', {
    environment: { TABLE_NAME: 'mihari' },
    memoryMb: 256,
  })
  const answer = await invoke()
  const environment = (answer.ok ? answer.value : {}) as Record<string, string>
  expect(environment).toMatchObject({
    TABLE_NAME: 'mihari',
    AWS_REGION: 'eu-west-1',
    AWS_LAMBDA_FUNCTION_NAME: 'one',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9',
  })
  expect(environment['PATH']).toBeUndefined()
  expect(environment['VITEST']).toBeUndefined()
  expect(functions.callerOf(environment['AWS_ACCESS_KEY_ID'] ?? '')?.name).toBe('one')
})

test('each function has credentials of its own', async () => {
  const source = 'export const handler = async () => process.env.AWS_ACCESS_KEY_ID'
  const [a, b] = [describeFunction('aa', source), describeFunction('bb', source)]
  const { invoke } = deploy([a, b])
  expect(await invoke({}, a.arn)).not.toEqual(await invoke({}, b.arn))
})

test('the context is what Lambda hands over', async () => {
  const { invoke } = one(`export const handler = async (_, context) => ({
    ...context, remaining: context.getRemainingTimeInMillis() })`)
  const answer = await invoke()
  expect(answer).toEqual({
    ok: true,
    value: {
      functionName: 'one',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:one',
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/one',
      logStreamName: 'local',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      remaining: expect.any(Number),
    },
  })
})

test('module scope lives as long as its instance', async () => {
  const { invoke } = one('let n = 0; export const handler = async () => ++n')
  expect(await invoke()).toEqual({ ok: true, value: 1 })
  expect(await invoke()).toEqual({ ok: true, value: 2 })
})

const TWO_AT_ONCE = `
  let n = 0
  export const handler = async ({ gate }) => {
    const cells = gate && new Int32Array(gate)
    n += 1
    await new Promise((resolve) => setTimeout(resolve, 20))
    return n
  }`

test('concurrent events run in instances of their own, whose module scopes go stale', async () => {
  const { invoke } = one(TWO_AT_ONCE)
  expect(await Promise.all([invoke(), invoke()])).toEqual([
    { ok: true, value: 1 },
    { ok: true, value: 1 },
  ])
  expect(await invoke()).toEqual({ ok: true, value: 2 })
})

test('beyond the limit events wait for an instance', async () => {
  const { invoke } = deploy([describeFunction('one', TWO_AT_ONCE)], 1)
  const answers = await Promise.all([invoke(), invoke(), invoke()])
  expect(answers.map((answer) => answer.ok && answer.value)).toEqual([1, 2, 3])
})

test('between two events nothing runs: a floating promise goes on with the next event', async () => {
  const { invoke } = one(`
    let ticks = 0
    export const handler = async ({ wait }) => {
      if (ticks === 0) { const tick = () => { ticks += 1; setImmediate(tick) }; tick() }
      if (wait) await new Promise((resolve) => setTimeout(resolve, wait))
      return ticks
    }`)
  const value = async (event: object) => {
    const answer = await invoke(event)
    return answer.ok ? Number(answer.value) : Number.NaN
  }
  const running = await value({ wait: 20 })
  const other = describeFunction('two', 'export const handler = async () => 1')
  // While a second function starts and answers, the first one would have ticked many times.
  await deploy([other]).invoke()
  const thawed = await value({})
  expect(running).toBeGreaterThan(20)
  expect(thawed - running).toBeLessThan(20)
})

test('what a handler throws reaches the caller in the shape of Lambda', async () => {
  const { invoke } = one('export const handler = async () => { throw new RangeError("too far") }')
  expect(await invoke()).toEqual({
    ok: false,
    error: {
      errorType: 'RangeError',
      errorMessage: 'too far',
      trace: expect.arrayContaining(['RangeError: too far']),
    },
  })
})

test.each([
  ['a missing file', { 'other.mjs': '' }, 'Runtime.ImportModuleError', "Error: Cannot find module 'index'"],
  [
    'a missing export',
    { 'index.mjs': 'export const x = 1' },
    'Runtime.HandlerNotFound',
    'index.handler is undefined',
  ],
  [
    'a package that was not bundled',
    { 'index.mjs': 'import "ws"; export const handler = async () => 1' },
    'Runtime.ImportModuleError',
    "Error: Cannot find package 'ws'",
  ],
  ['code that throws while it loads', { 'index.mjs': 'throw new TypeError("no")' }, 'TypeError', 'no'],
  [
    'a handler with a callback',
    { 'index.mjs': 'export const handler = (event, context, callback) => callback()' },
    'Runtime.CallbackHandlerDeprecated',
    'Callback-based handlers',
  ],
])('%s fails every invocation', async (_, files, errorType, message) => {
  const { invoke } = one('', { codeFolder: writeBundle(files) })
  const expected = { ok: false, error: { errorType, errorMessage: expect.stringContaining(message) } }
  expect(await invoke()).toMatchObject(expected)
  expect(await invoke()).toMatchObject(expected)
})

test('after the timeout the instance is ended and the next event gets a new one', async () => {
  const { invoke, clock, lines } = one(`
    let n = 0
    export const handler = async ({ hang }) => {
      n += 1
      if (hang) { console.log('hanging'); await new Promise(() => {}) }
      return n
    }`)
  expect(await invoke({})).toEqual({ ok: true, value: 1 })
  const hanging = invoke({ hang: true })
  await eventually(() => lines.length).toBe(1)
  clock.advance(3000)
  expect(await hanging).toEqual({
    ok: false,
    error: {
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: .{36} Error: Task timed out after 3\.00 seconds$/),
    },
  })
  expect(await invoke({})).toEqual({ ok: true, value: 1 })
})

test('a busy loop is ended by the timeout as well', async () => {
  const { invoke, clock, lines } = one(`export const handler = async () => { console.log('on'); for (;;); }`)
  const looping = invoke()
  await eventually(() => lines.length).toBe(1)
  clock.advance(3000)
  expect(await looping).toMatchObject({ ok: false, error: { errorType: 'Sandbox.Timedout' } })
})

test.each([
  ['exits', 'process.exit(3)', 'Runtime.ExitError', 'exit status 3'],
  ['throws outside', 'setImmediate(() => { throw new Error("late") })', 'Error', 'late'],
  ['rejects outside', 'Promise.reject(new Error("lost"))', 'Runtime.UnhandledPromiseRejection', 'lost'],
  [
    'eats its memory',
    'const all = []; for (;;) all.push({ n: all.length })',
    'Runtime.ExitError',
    'signal: killed',
  ],
])('an instance that %s fails its event and is replaced', async (_, crash, errorType, message) => {
  const { invoke } = one(`
    let n = 0
    export const handler = async (event) => {
      n += 1
      if (event.crash) { ${crash}; await new Promise(() => {}) }
      return n
    }`)
  expect(await invoke({})).toEqual({ ok: true, value: 1 })
  expect(await invoke({ crash: true })).toMatchObject({
    ok: false,
    error: { errorType, errorMessage: expect.stringContaining(message) },
  })
  expect(await invoke({})).toEqual({ ok: true, value: 1 })
})

test('what a function prints reaches the log line by line, with its request', async () => {
  const { invoke, lines } = one(`
    console.log('loading')
    export const handler = async () => { console.log('a %s', 'b', { c: 1 }); console.error('d\\ne'); process.stdout.write('rest') }`)
  await invoke()
  const [loading, ...rest] = lines
  expect(loading).toEqual({ function: 'one', requestId: '', line: 'loading' })
  expect(rest.map(({ line }) => line)).toEqual(['a b { c: 1 }', 'd', 'e', 'rest'])
  expect(new Set(rest.map(({ requestId }) => requestId)).size).toBe(1)
})

test('a failure is logged with its trace', async () => {
  const { invoke, lines } = one('export const handler = async () => { throw new Error("boom") }')
  await invoke()
  expect(JSON.parse(lines[0]?.line ?? '')).toMatchObject({ errorMessage: 'boom', trace: expect.any(Array) })
})

test('a function sees the time of the cloud', async () => {
  const { invoke, clock } = one(`const now = Date.now, born = now()
    export const handler = async () => [new Date().getFullYear(), now() - born > 299_000, new Date(0).getTime()]`)
  expect(await invoke()).toEqual({ ok: true, value: [2031, false, 0] })
  clock.advance(300_000)
  expect(await invoke()).toEqual({ ok: true, value: [2031, true, 0] })
})

test('idle instances are ended after a while', async () => {
  const { invoke, clock } = one('let n = 0; export const handler = async () => ++n')
  await invoke()
  clock.advance(9 * 60_000)
  expect(await invoke()).toEqual({ ok: true, value: 2 })
  clock.advance(12 * 60_000)
  expect(await invoke()).toEqual({ ok: true, value: 1 })
})

test('every invocation is reported with its duration, the first of an instance with its start', async () => {
  const { invoke, reports } = one('export const handler = async () => 1')
  await invoke()
  await invoke()
  expect(reports).toEqual([
    {
      function: 'one',
      requestId: expect.any(String),
      memoryMb: 128,
      durationMs: expect.any(Number),
      initMs: expect.any(Number),
    },
    { function: 'one', requestId: expect.any(String), memoryMb: 128, durationMs: expect.any(Number) },
  ])
})

test('a function that does not exist is an error, not a hang', async () => {
  const { invoke } = one('export const handler = async () => 1')
  expect(await invoke({}, 'arn:aws:lambda:eu-west-1:111122223333:function:none')).toMatchObject({ ok: false })
})

test('closing answers what is under way and leaves nothing running', async () => {
  const { invoke, functions, lines } = one(
    `export const handler = async () => { console.log('on'); await new Promise(() => {}) }`,
  )
  const hanging = invoke()
  await eventually(() => lines.length).toBe(1)
  await functions.close()
  expect(await hanging).toMatchObject({ ok: false })
  expect(await invoke()).toMatchObject({ ok: false })
})

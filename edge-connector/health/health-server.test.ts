import { request } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import type { HealthReport } from './health-report.ts'
import { startHealthServer } from './health-server.ts'

const report: HealthReport = {
  status: 'ok',
  version: '1',
  device: 'D'.repeat(43),
  paired: true,
  uptimeSeconds: 1,
  cloud: { state: 'up', upSeconds: 1, next: null, attempts: 0 },
  cameras: [],
  calls: [],
}
const undo: (() => void)[] = []
afterEach(() => {
  for (const close of undo.splice(0)) close()
})

async function begin(status: HealthReport['status'] = 'ok') {
  const server = await startHealthServer(0, () => ({ ...report, status }))
  if (!server.ok) throw new Error(server.reason)
  undo.push(server.close)
  return server.port
}

function ask(
  port: number,
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
) {
  return new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, ...options }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode, text }))
    })
      .on('error', reject)
      .end()
  })
}

test('GET /health reports, with 200 while the cloud is up and the device paired, else 503', async () => {
  const good = await ask(await begin(), '/health')
  expect(good.status).toBe(200)
  expect(JSON.parse(good.text)).toEqual(report)
  expect((await ask(await begin('cloud-down'), '/health')).status).toBe(503)
  expect((await ask(await begin('not-paired'), '/health')).status).toBe(503)
})

test('a page that was led here under a name of its own is refused', async () => {
  const port = await begin()
  expect((await ask(port, '/health', { headers: { host: `evil.example:${port}` } })).status).toBe(403)
  expect((await ask(port, '/health', { headers: { host: `localhost:${port}` } })).status).toBe(200)
})

test('there is nothing else', async () => {
  const port = await begin()
  expect((await ask(port, '/')).status).toBe(404)
  expect((await ask(port, '/health', { method: 'POST' })).status).toBe(405)
})

test('a taken port is told with what to do', async () => {
  const port = await begin()
  expect(await startHealthServer(port, () => report)).toMatchObject({
    ok: false,
    reason: expect.stringMatching(new RegExp(`port ${port} .* is taken.*--health-port`)),
  })
})

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'

const FIRST_LOAD_BYTES = 60 * 1024

let folder: string
let files: Map<string, Buffer>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mihari-build-'))
  const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url))
  await build({ configFile, logLevel: 'error', build: { outDir: folder } })
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  files = new Map(
    await Promise.all(
      paths.map(async (path) => [path.slice(folder.length + 1), await readFile(path)] as const),
    ),
  )
})

afterAll(() => rm(folder, { recursive: true, force: true }))

it('is loaded in less than 60 KB, compressed', () => {
  const sizes = [...files.values()].map((content) => gzipSync(content).length)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_LOAD_BYTES)
})

it('has a hash in the name of everything that may be kept for ever', () => {
  const assets = [...files.keys()].filter((path) => path.startsWith('assets'))
  expect(assets.length).toBeGreaterThan(1)
  for (const path of assets) expect(path).toMatch(/-[\w-]{8}\.(js|css)$/)
})

it('ships no source map, and nothing inline that its content policy would refuse', () => {
  expect([...files.keys()].filter((path) => path.endsWith('.map'))).toEqual([])
  const page = files.get('index.html')?.toString() ?? ''
  expect(page).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*\ssrc=)|data:/)
  expect(page).toContain('/icon.svg')
  expect(files.has('icon.svg')).toBe(true)
})

it('may be zoomed', () => {
  expect(files.get('index.html')?.toString()).not.toMatch(/maximum-scale|user-scalable/)
})

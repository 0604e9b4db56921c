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

const textOf = (path: string) => files.get(path)?.toString() ?? ''
const zipped = (paths: Iterable<string>) =>
  [...paths].reduce((sum, path) => sum + gzipSync(files.get(path) ?? '').length, 0)

/** What the browser loads for a file, as far as it stands in it: not what is imported when it is needed. */
function withImports(path: string, loaded = new Set<string>()): Set<string> {
  if (!files.has(path) || loaded.has(path)) return loaded
  loaded.add(path)
  const named = path.endsWith('.html')
    ? [...textOf(path).matchAll(/(?:src|href)="\/([^"]+)"/g)]
    : [...textOf(path).matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)]
  const folderOf = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : ''
  for (const [, name = ''] of named) withImports(path.endsWith('.html') ? name : folderOf + name, loaded)
  return loaded
}

/** What is loaded besides when it is needed, by what is said in it. */
function lazyBytes(words: string): number {
  const found = [...files.keys()].filter((path) => path.endsWith('.js') && textOf(path).includes(words))
  expect(found).toHaveLength(1)
  const always = withImports('index.html')
  return zipped([...withImports(found[0] ?? '')].filter((path) => !always.has(path)))
}

it('is loaded in less than 60 KB, compressed; who signs in or lacks Ed25519 loads more, and nobody else', async ({
  annotate,
}) => {
  const always = withImports('index.html')
  expect(always.size).toBeGreaterThan(2)
  const first = zipped(always)
  const signIn = lazyBytes('code_challenge')
  const signatures = lazyBytes('bad point')
  await annotate(`first load ${first} B; to sign in ${signIn} B; where Ed25519 is missing ${signatures} B`)
  expect(first).toBeLessThan(FIRST_LOAD_BYTES)
  expect(signIn).toBeGreaterThan(0)
  expect(signatures).toBeGreaterThan(0)
})

it('has a hash in the name of everything that may be kept for ever', () => {
  const assets = [...files.keys()].filter((path) => path.startsWith('assets'))
  expect(assets.length).toBeGreaterThan(1)
  for (const path of assets) expect(path).toMatch(/-[\w-]{8}\.(js|css)$/)
})

it('ships no source map, and nothing inline that its content policy would refuse', () => {
  expect([...files.keys()].filter((path) => path.endsWith('.map'))).toEqual([])
  const page = textOf('index.html')
  expect(page).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*\ssrc=)|data:/)
  expect(page).toContain('/icon.svg')
  expect(files.has('icon.svg')).toBe(true)
})

it('may be zoomed', () => {
  expect(textOf('index.html')).not.toMatch(/maximum-scale|user-scalable/)
})

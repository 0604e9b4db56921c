import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const PROJECT = resolve(import.meta.dirname, '..')

it('every rule of docs/protocol.md is cited by a test, and no test cites a rule that is not there', () => {
  const rules = readFileSync(join(PROJECT, 'docs/protocol.md'), 'utf8').matchAll(/^- \*\*(R\d+)\*\*/gm)
  const tests = globSync('{protocol,lambdas,edge-connector,web,local,e2e}/**/*.test.ts', {
    cwd: PROJECT,
    exclude: (path) => path.includes('node_modules'),
  })
  const cited = tests.flatMap(
    (file) => titlesOf(readFileSync(join(PROJECT, file), 'utf8')).match(/R\d+/g) ?? [],
  )
  const byNumber = (a: string, b: string) => Number(a.slice(1)) - Number(b.slice(1))
  expect([...new Set(cited)].sort(byNumber)).toEqual([...rules].map(([, rule]) => rule))
})

/** The brackets that a test's or a suite's title opens with or holds. */
function titlesOf(source: string): string {
  const calls = source.matchAll(/\b(?:it|test|describe)\b[^'"`]*?\(\s*(['"`])(.*?)\1/g)
  return [...calls].flatMap(([, , title]) => title?.match(/\[[R\d, ]+\]/g) ?? []).join(' ')
}

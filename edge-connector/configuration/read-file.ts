import * as v from 'valibot'
import type { Document, LineCounter, Node, YAMLMap } from 'yaml'
import { closestKey } from './closest-key.ts'
import type { Problem } from './configuration.ts'
import { FileSchema, type FileSettings, knownKeys } from './file-schema.ts'

export type FileResult =
  | { readonly ok: true; readonly settings: FileSettings; readonly locate: Locate }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** `file:line:column` of a field, or of the nearest thing around it that is there. */
export type Locate = (path: readonly string[]) => string

type Yaml = typeof import('./yaml-parser.ts')

/** Reads a configuration file's text. `yaml` comes as an argument: who has no file need not load it. */
export function readFileSettings(file: string, text: string, yaml: Yaml): FileResult {
  const lines = new yaml.LineCounter()
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [syntax] = [...document.errors, ...document.warnings]
  if (syntax !== undefined) {
    const problem = {
      where: position(file, lines, syntax.pos[0]),
      field: '',
      reason: syntaxReason(syntax.code),
    }
    return { ok: false, problems: [problem] }
  }
  const locate = (path: readonly string[], key = false) =>
    position(file, lines, offsetOf(document, yaml, path, key))
  const value = plainValue(document)
  if (value === UNRESOLVED) {
    return { ok: false, problems: [{ where: locate([]), field: '', reason: syntaxReason('BAD_ALIAS') }] }
  }
  // An empty one would pass for a file without settings.
  if (Array.isArray(value)) {
    return { ok: false, problems: [{ where: locate([]), field: '', reason: LIST }] }
  }
  const result = v.safeParse(FileSchema, value ?? {}, { abortPipeEarly: true })
  if (result.success) return { ok: true, settings: result.output, locate }
  return { ok: false, problems: result.issues.map((issue) => problemOf(issue, locate)) }
}

const LIST = 'must hold settings, not a list: write name: value on each line, without -'
const UNRESOLVED = Symbol('unresolved')

function plainValue(document: Document): unknown {
  try {
    return document.toJS()
  } catch {
    return UNRESOLVED
  }
}

function problemOf(
  issue: v.BaseIssue<unknown>,
  locate: (path: readonly string[], key?: boolean) => string,
): Problem {
  const path = (issue.path ?? []).map((item) => String(item.key))
  const field = path.join('.')
  const parent = path.slice(0, -1)
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    if (Array.isArray(issue.path?.at(-1)?.input)) {
      return { where: locate(parent), field: parent.join('.'), reason: LIST }
    }
    const known = knownKeys(parent)
    const meant = closestKey(path.at(-1) ?? '', known)
    const advice = meant === undefined ? `write one of ${known.join(', ')}` : `did you mean ${meant}?`
    return { where: locate(path, true), field, reason: `is no setting: ${advice}` }
  }
  if (issue.type === 'strict_object' && path.at(-1) === 'url') {
    const reason =
      'is missing: write the address of the camera, such as ws://192.168.0.100:4300/stream/webrtc'
    return { where: locate(parent), field, reason }
  }
  const isKey = issue.path?.at(-1)?.origin === 'key'
  return { where: locate(path, isKey), field, reason: issue.message }
}

function offsetOf(document: Document, yaml: Yaml, path: readonly string[], key: boolean): number {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents
  const pair = yaml.isMap(parent) ? pairOf(parent, yaml, path.at(-1)) : undefined
  const node = key ? pair?.key : (document.getIn(path, true) ?? pair?.key)
  const range = (node as Node | undefined)?.range
  if (range) return range[0]
  return path.length === 0 ? 0 : offsetOf(document, yaml, path.slice(0, -1), true)
}

function pairOf(map: YAMLMap, yaml: Yaml, key: string | undefined) {
  return map.items.find((item) => yaml.isScalar(item.key) && String(item.key.value) === key)
}

function position(file: string, lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset)
  return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`
}

/** The library's own words quote the text, in which there may be a password. */
function syntaxReason(code: string): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'this key is there twice: remove one of them'
    case 'TAB_AS_INDENT':
      return 'a tab indents this line: use spaces'
    case 'BAD_ALIAS':
    case 'TAG_RESOLVE_FAILED':
      return 'a value that begins with * & or ! must be in quotes: put it in quotes'
    default:
      return `is not valid YAML (${code.toLowerCase().replaceAll('_', ' ')}): check indentation and quotes here`
  }
}

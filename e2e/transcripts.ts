import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of this run, in which everything is kept that the programs wrote. */
    transcripts: string
  }
}

const SECRETS = 'secrets'

/** Keeps what a program writes, line by line, for the look at all of it when the run is over. */
export function openTranscript(program: string): (line: string) => void {
  const file = transcriptFile(program)
  return (line) => appendFileSync(file, `${line}\n`)
}

/** For a program that writes into a file by itself. The file is there from now on: one without a line is noticed. */
export function transcriptFile(program: string): string {
  const folder = inject('transcripts')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${program}-${process.pid}.log`)
  appendFileSync(file, '')
  return file
}

/** Something that a test has been given and no program may write; its form need not give it away. */
export function noteSecret(secret: string): void {
  appendFileSync(join(inject('transcripts'), SECRETS), `${secret}\n`)
}

export interface RunTranscripts {
  readonly transcripts: readonly { readonly file: string; readonly lines: readonly string[] }[]
  readonly secrets: readonly string[]
}

export function readTranscripts(folder: string): RunTranscripts {
  const files = readdirSync(folder)
  const linesOf = (file: string) => readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean)
  return {
    transcripts: files.filter((file) => file !== SECRETS).map((file) => ({ file, lines: linesOf(file) })),
    secrets: files.includes(SECRETS) ? linesOf(SECRETS) : [],
  }
}

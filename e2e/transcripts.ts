import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
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

/** For a program that writes into a file by itself. */
export function transcriptFile(program: string): string {
  const folder = inject('transcripts')
  mkdirSync(folder, { recursive: true })
  return join(folder, `${program}-${process.pid}.log`)
}

/** Something that a test has been given and no program may write; its form need not give it away. */
export function noteSecret(secret: string): void {
  appendFileSync(join(inject('transcripts'), SECRETS), `${secret}\n`)
}

export interface TranscribedLine {
  readonly file: string
  readonly line: string
}

export function readTranscripts(folder: string): {
  readonly lines: readonly TranscribedLine[]
  readonly secrets: readonly string[]
} {
  const files = readdirSync(folder)
  const linesOf = (file: string) => readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean)
  return {
    lines: files
      .filter((file) => file !== SECRETS)
      .flatMap((file) => linesOf(file).map((line) => ({ file: basename(file), line }))),
    secrets: files.includes(SECRETS) ? linesOf(SECRETS) : [],
  }
}

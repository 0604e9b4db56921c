/**
 * Leads what the function writes to its standard streams, `console` included, to `emit`, line by line. The
 * streams of a worker thread would hold it back while the thread is frozen.
 */
export function captureOutput(emit: (line: string) => void): { flush(): void } {
  const captured = [process.stdout, process.stderr].map((stream) => captureStream(stream, emit))
  return {
    flush() {
      for (const stream of captured) stream.flush()
    },
  }
}

function captureStream(stream: NodeJS.WriteStream, emit: (line: string) => void) {
  let rest = ''
  const write: typeof stream.write = (chunk: string | Uint8Array, ...more: unknown[]) => {
    const lines = (rest + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) emit(line)
    const done = more.find((argument) => typeof argument === 'function')
    if (done) queueMicrotask(() => done())
    return true
  }
  stream.write = write
  return {
    flush() {
      if (rest !== '') emit(rest)
      rest = ''
    },
  }
}

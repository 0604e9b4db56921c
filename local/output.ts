/** What a start says while it goes on: lines for a person, or one JSON object per line for a program. */
export interface Output {
  progress(step: string): void
  warning(line: string): void
  ready(url: string, cameras: readonly string[]): void
  failed(message: string): void
  stopped(billedMessages: number): void
}

export function createOutput(json: boolean, write: (text: string) => void): Output {
  return json ? jsonOutput(write) : textOutput(write)
}

function textOutput(write: (text: string) => void): Output {
  return {
    progress: (step) => write(`  ${step}…\n`),
    warning: (line) => write(`  ${line}\n`),
    ready(url, cameras) {
      const what = cameras.length === 0 ? 'two simulated cameras' : count(cameras.length, 'camera')
      write(`\nMihari is running with ${what}. Stop it with Ctrl-C.\nOpen ${url}\n`)
    },
    failed: (message) => write(`${message}\n`),
    stopped: (billed) => write(`\nStopped. On AWS this run would have billed ${count(billed, 'message')}.\n`),
  }
}

function jsonOutput(write: (text: string) => void): Output {
  const line = (object: Record<string, unknown>): void => write(`${JSON.stringify(object)}\n`)
  return {
    progress: (step) => line({ event: 'progress', step }),
    warning: (message) => line({ event: 'warning', message }),
    ready: (url) => line({ event: 'ready', url }),
    failed: (message) => line({ event: 'error', message }),
    stopped: (billedMessages) => line({ event: 'stopped', billedMessages }),
  }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

import type { Page } from 'playwright-core'

/** What becomes of the sockets that the page opens from now on, in its order: `opened 1`, `welcomed 1`, … */
export function followSockets(page: Page): readonly string[] {
  const events: string[] = []
  let count = 0
  page.on('websocket', (socket) => {
    count += 1
    const number = count
    const note = (what: string) => {
      const event = `${what} ${number}`
      if (!events.includes(event)) events.push(event)
    }
    note('opened')
    socket.on('framereceived', ({ payload }) => {
      if (payload.includes('"type":"welcome"')) note('welcomed')
    })
    socket.on('close', () => note('closed'))
  })
  return events
}

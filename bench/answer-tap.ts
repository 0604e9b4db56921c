import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

export interface AnswerTap {
  /** The camera's address by way of the tap. */
  readonly url: string
  /** Epoch milliseconds at which the next answer is handed to the camera. */
  nextAnswer(): Promise<number>
  close(): void
}

/** Stands between connector and camera, passes everything on, and notes when an answer goes by. */
export async function tapAnswers(cameraUrl: string): Promise<AnswerTap> {
  const waiting: ((at: number) => void)[] = []
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await new Promise<void>((resolve) => server.once('listening', () => resolve()))
  server.on('connection', (connector) => {
    const camera = new WebSocket(cameraUrl)
    const early: string[] = []
    camera.on('open', () => {
      for (const frame of early) camera.send(frame)
    })
    connector.on('message', (data) => {
      const frame = data.toString()
      if (camera.readyState === WebSocket.CONNECTING) early.push(frame)
      else camera.send(frame)
      if (frame.includes('"what":"answer"')) waiting.shift()?.(performance.timeOrigin + performance.now())
    })
    camera.on('message', (data) => connector.send(data.toString()))
    camera.on('close', () => connector.close())
    connector.on('close', () => camera.close())
  })
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(cameraUrl).pathname}`,
    nextAnswer: () => new Promise((resolve) => waiting.push(resolve)),
    close() {
      for (const client of server.clients) client.terminate()
      server.close()
    },
  }
}

import type { Reply } from '../protocol/reply.ts'
import type { ViewerRequest } from '../protocol/request.ts'
import { connectViewer, newId } from './wire-client.ts'

/** Asks as a person does, without the page. */
export async function openRequests(socket: string, idToken: string) {
  const { client, cameras } = await connectViewer(socket, idToken)
  return {
    /** By name. */
    cameras,
    async ask(ask: ViewerRequest['ask']): Promise<Reply['result']> {
      client.say({ type: 'request', id: newId(), ask })
      return (await client.next('reply')).result
    },
    close: () => client.close(),
  }
}

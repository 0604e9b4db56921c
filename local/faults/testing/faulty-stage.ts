import { PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi'
import type { Clock } from '../../clock.ts'
import { type StageSettings, startStage } from '../../gateway/testing/stage.ts'
import { createFaults, type Faults } from '../faults.ts'
import { sameChance } from './same-chance.ts'

/** A stage on which faults can be injected. */
export async function startFaultyStage(settings: StageSettings = {}) {
  let faults: Faults | undefined
  const stage = await startStage({
    ...settings,
    faults(clock: Clock) {
      faults = createFaults({ random: sameChance(), clock })
      return faults
    },
  })
  if (!faults) throw new Error('a stage that did not ask for its faults')
  const management = stage.management()

  return {
    ...stage,
    faults,
    /** A client that is connected, and what it is called here. */
    async connect(credential: 'device' | 'bearer' | 'guest' = 'bearer') {
      const opened = stage.eventsOf('CONNECT').length
      // Its subprotocol would have to be answered by a function that knows it.
      const client = stage.open({ headers: { 'Sec-WebSocket-Protocol': `mihari.v1, ${credential}.x` } })
      const answered = await client.answered
      const id: string = stage.eventsOf('CONNECT')[opened]?.requestContext.connectionId
      return { ...client, status: answered.status, id }
    },
    post: (ConnectionId: string, Data: string) =>
      management.send(new PostToConnectionCommand({ ConnectionId, Data })).then(
        () => 200,
        (error: { $metadata: { httpStatusCode: number } }) => error.$metadata.httpStatusCode,
      ),
    /** The `type` of every message that has come to the function. */
    heard: () => stage.eventsOf('MESSAGE').map(({ body }) => (JSON.parse(body) as { type: string }).type),
  }
}

export type FaultyStage = Awaited<ReturnType<typeof startFaultyStage>>

import { pairBox } from '../local/home/pair-box.ts'
import { type ConnectorProcess, type Surroundings, spawnConnector } from './connector-process.ts'
import type { MihariProcess } from './mihari-process.ts'
import { socketAddress } from './wire-client.ts'

/** A second connector that the owner has paired, without a browser. */
export async function startPairedConnector(
  { url, signInLink }: MihariProcess,
  cameras: Parameters<typeof spawnConnector>[0]['cameras'],
  surroundings: Surroundings = {},
): Promise<ConnectorProcess> {
  const socketUrl = await socketAddress(url)
  const connector = spawnConnector({ cloud: socketUrl, cameras }, surroundings)
  await pairBox({ siteUrl: url, socketUrl, signInLink }, await connector.pairingLink)
  await connector.said('"cloud-up"')
  return connector
}

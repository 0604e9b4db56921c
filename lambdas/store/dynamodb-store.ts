import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import type { Store } from '../core/ports.ts'
import { epochSeconds, isCurrent, toCall, toDevice } from './items.ts'
import { keys } from './keys.ts'

type Key = Readonly<Record<string, string>>
type Item = Record<string, unknown>

export interface DynamodbStoreOptions {
  readonly client: Pick<DynamoDBDocumentClient, 'send'>
  readonly table: string
  /** Epoch ms. */
  now(): number
}

export function createDynamodbStore({ client, table, now }: DynamodbStoreOptions): Store {
  const TableName = table

  async function get(Key: Key): Promise<Item | null> {
    const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }))
    return Item !== undefined && isCurrent(Item, now()) ? Item : null
  }

  async function query({ pk, prefix }: { pk: string; prefix: string }): Promise<Item[]> {
    const found: Item[] = []
    let ExclusiveStartKey: Item | undefined
    do {
      const page = await client.send(
        new QueryCommand({
          TableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
          ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
        }),
      )
      found.push(...(page.Items ?? []))
      ExclusiveStartKey = page.LastEvaluatedKey
    } while (ExclusiveStartKey !== undefined)
    return found.filter((item) => isCurrent(item, now()))
  }

  return {
    async getDevice(id) {
      const item = await get(keys.device(id))
      return item === null ? null : toDevice(item)
    },

    async listDevices() {
      return (await query(keys.devices)).map(toDevice)
    },

    async putDevice(device, readRevision) {
      const condition =
        readRevision === null
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'revision = :read',
              ExpressionAttributeValues: { ':read': readRevision },
            }
      const written = await unlessRefused(
        client.send(
          new PutCommand({ TableName, Item: { ...keys.device(device.id), ...device }, ...condition }),
        ),
      )
      return written ? 'saved' : 'conflict'
    },

    async addConnection(viewer, connection, expiresAtMs) {
      const Item = {
        ...keys.connection(viewer, connection),
        connection,
        expiresAt: epochSeconds(expiresAtMs),
      }
      await client.send(new PutCommand({ TableName, Item }))
    },

    async removeConnection(viewer, connection) {
      await client.send(new DeleteCommand({ TableName, Key: keys.connection(viewer, connection) }))
    },

    async listConnections(viewer) {
      return (await query(keys.connections(viewer))).map((item) => String(item['connection']))
    },

    async openCall(call, expiresAtMs) {
      const Key = keys.call(call.call)
      const opened = await unlessRefused(
        client.send(
          new PutCommand({
            TableName,
            Item: { ...Key, ...call, expiresAt: epochSeconds(expiresAtMs) },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      )
      if (opened) return 'opened'
      const moved = await unlessRefused(
        client.send(
          new UpdateCommand({
            TableName,
            Key,
            UpdateExpression: 'SET viewerConnection = :connection',
            ConditionExpression: 'viewer = :viewer AND camera = :camera AND #state = :live',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: {
              ':connection': call.viewerConnection,
              ':viewer': call.viewer,
              ':camera': call.camera,
              ':live': 'live',
            },
          }),
        ),
      )
      if (moved) return 'retried'
      const known = await get(Key)
      const own = known?.['viewer'] === call.viewer && known['camera'] === call.camera
      return own ? 'ended' : 'taken'
    },

    async endCall(call, reason, atMs) {
      return unlessRefused(
        client.send(
          new UpdateCommand({
            TableName,
            Key: keys.call(call),
            UpdateExpression: 'SET #state = :ended, endReason = :reason, endedAt = :at',
            ConditionExpression: '#state = :live',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: { ':ended': 'ended', ':live': 'live', ':reason': reason, ':at': atMs },
          }),
        ),
      )
    },

    async getCall(call) {
      const item = await get(keys.call(call))
      return item === null ? null : toCall(item)
    },

    async getCallAndDevice(call, device) {
      const Keys = [keys.call(call), keys.device(device)]
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
      )
      if (UnprocessedKeys?.[TableName] !== undefined) throw new Error('DynamoDB throttled a batch read')
      const items = (Responses?.[TableName] ?? []).filter((item) => isCurrent(item, now()))
      const callItem = items.find((item) => item['sk'] === 'CALL')
      const deviceItem = items.find((item) => item['pk'] === keys.devices.pk)
      return {
        call: callItem === undefined ? null : toCall(callItem),
        device: deviceItem === undefined ? null : toDevice(deviceItem),
      }
    },
  }
}

/** False when the write's condition did not hold, which is an answer and not a failure. */
async function unlessRefused(write: Promise<unknown>): Promise<boolean> {
  try {
    await write
    return true
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false
    throw error
  }
}

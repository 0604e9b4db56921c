import type { TableDescription } from '../template/cloud-description.ts'
import { type Engine, EngineError } from './dynalite-engine.ts'

/** What a table is, out of all that CreateTable takes: the rest has no meaning on this machine. */
const UNDERSTOOD = [
  'TableName',
  'KeySchema',
  'AttributeDefinitions',
  'LocalSecondaryIndexes',
  'GlobalSecondaryIndexes',
  'BillingMode',
  'ProvisionedThroughput',
]

type Fields = Readonly<Record<string, unknown>>

/** Creates the table unless it is there. Throws when it is there with other keys or indexes. */
export async function ensureTable(engine: Engine, { name, createTable }: TableDescription): Promise<void> {
  if (createTable['StreamSpecification']) {
    throw new EngineError('Unsupported', `Table ${name} has a stream, which cannot be run locally`)
  }
  const wanted = Object.fromEntries(
    Object.entries({ ...createTable, TableName: name }).filter(([field]) => UNDERSTOOD.includes(field)),
  )
  const existing = await describeTable(engine, name)
  if (existing === undefined) {
    await engine.call('CreateTable', wanted)
  } else if (shapeOf(existing) !== shapeOf(wanted)) {
    throw new EngineError(
      'TableChanged',
      `Table ${name} in the data folder has other keys or indexes than the template: move that folder away`,
    )
  }
  while ((await describeTable(engine, name))?.['TableStatus'] !== 'ACTIVE') await nextTurn()
}

async function describeTable(engine: Engine, name: string): Promise<Fields | undefined> {
  try {
    return (await engine.call('DescribeTable', { TableName: name }))['Table'] as Fields
  } catch (error) {
    if (error instanceof EngineError && error.reason === 'ResourceNotFoundException') return undefined
    throw error
  }
}

/** A text that is the same for tables with the same keys and indexes. */
function shapeOf(table: Fields): string {
  const indexes = ['LocalSecondaryIndexes', 'GlobalSecondaryIndexes'].flatMap((kind) =>
    ((table[kind] as readonly Fields[] | undefined) ?? []).map((index) =>
      JSON.stringify([kind, index['IndexName'], keysOf(index), projectionOf(index)]),
    ),
  )
  return JSON.stringify([keysOf(table), sortedTexts(table['AttributeDefinitions']), indexes.sort()])
}

function keysOf(owner: Fields): string[] {
  return sortedTexts(owner['KeySchema'])
}

function projectionOf(index: Fields): unknown[] {
  const projection = (index['Projection'] ?? {}) as Fields
  return [projection['ProjectionType'], sortedTexts(projection['NonKeyAttributes'])]
}

function sortedTexts(values: unknown): string[] {
  if (!Array.isArray(values)) return []
  return values.map((value) => JSON.stringify(Object.entries(value).sort())).sort()
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

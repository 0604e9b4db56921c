import { cameraId } from '../../protocol/identifiers.ts'
import type { DeviceRecord, GrantRecord, PersonRecord } from '../core/records.ts'
import type { Change, GrantedTo } from './change.ts'

/** What a write of a device means. */
export function deviceChanges(before: DeviceRecord | null, after: DeviceRecord): Change[] {
  const device = after.id
  return [
    ...pairingChanges(before, after),
    ...grantChanges(before, after),
    ...(before?.instance !== after.instance
      ? [{ kind: 'instance', device, instance: after.instance } satisfies Change]
      : []),
    ...(before?.connection !== after.connection && !(before === null && after.connection === null)
      ? [{ kind: 'address', device, from: before?.connection ?? null, to: after.connection } satisfies Change]
      : []),
    ...(after.leaseUntil > (before?.leaseUntil ?? 0)
      ? [{ kind: 'lease', device, until: after.leaseUntil } satisfies Change]
      : []),
    ...cameraChanges(before, after),
    ...((before?.sequence ?? null) !== after.sequence
      ? [{ kind: 'sequence', device, sequence: after.sequence } satisfies Change]
      : []),
  ]
}

export function personChanges(before: PersonRecord | null, after: PersonRecord): Change[] {
  const { person, email, name } = after
  const changes: Change[] = []
  if (before?.email !== email || before.name !== name) changes.push({ kind: 'person', person, email, name })
  if ((before?.owner ?? false) !== after.owner) changes.push({ kind: 'owner', person, owner: after.owner })
  if ((before?.signedOutAt ?? 0) !== after.signedOutAt) {
    changes.push({ kind: 'signed-out', person, at: after.signedOutAt })
  }
  return changes
}

function pairingChanges(before: DeviceRecord | null, { id: device, paired, code }: DeviceRecord): Change[] {
  const changes: Change[] = []
  const was = before?.paired ?? null
  if (was !== null && was.at !== paired?.at) changes.push({ kind: 'unpaired', device })
  if (paired !== null && was?.at !== paired.at) changes.push({ kind: 'paired', device, label: paired.label })
  if (paired !== null && was?.at === paired.at && was.label !== paired.label) {
    changes.push({ kind: 'device-renamed', device, label: paired.label })
  }
  if (code !== null && code.hash !== before?.code?.hash) changes.push({ kind: 'code-set', device, ...code })
  if (code === null && before !== null && before.code !== null) changes.push({ kind: 'code-cleared', device })
  return changes
}

function grantChanges(before: DeviceRecord | null, after: DeviceRecord): Change[] {
  const earlier = new Map(before?.grants.map((grant) => [grant.grant, grant]))
  const device = after.id
  const kept = after.grants.flatMap((grant): Change[] => {
    const was = earlier.get(grant.grant)
    earlier.delete(grant.grant)
    const camera = cameraId(device, grant.camera)
    if (was === undefined)
      return [{ kind: 'granted', device, grant: grant.grant, camera, to: grantedTo(grant) }]
    if (JSON.stringify(was) === JSON.stringify(grant)) return []
    const bound =
      was.kind === 'person' && grant.kind === 'person' && was.person === null && grant.person !== null
    if (bound && JSON.stringify({ ...was, person: grant.person }) === JSON.stringify(grant)) {
      return [{ kind: 'bound', grant: grant.grant, person: grant.person }]
    }
    return [{ kind: 'regranted', grant: grant.grant }]
  })
  return [
    ...kept,
    ...[...earlier.keys()].map((grant) => ({ kind: 'revoked', device, grant }) satisfies Change),
  ]
}

function grantedTo(grant: GrantRecord): GrantedTo {
  return grant.kind === 'person'
    ? { kind: 'person', email: grant.email, person: grant.person }
    : { kind: 'link', label: grant.label, until: grant.until, max: grant.max }
}

function cameraChanges(before: DeviceRecord | null, { id: device, cameras }: DeviceRecord): Change[] {
  const changes: Change[] = []
  const names = cameras.map(({ name }) => name)
  const earlier = new Map(before?.cameras.map((camera) => [camera.name, camera]))
  if (JSON.stringify(names) !== JSON.stringify([...earlier.keys()]))
    changes.push({ kind: 'cameras', device, names })
  for (const { name, state, renamed } of cameras) {
    const was = earlier.get(name)
    if (was !== undefined && was.state !== state) changes.push({ kind: 'camera-state', device, name })
    if ((was?.renamed ?? null) !== renamed) {
      changes.push({ kind: 'camera-renamed', camera: cameraId(device, name), label: renamed })
    }
  }
  return changes
}

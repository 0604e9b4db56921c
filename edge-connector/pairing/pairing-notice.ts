import { groupedId } from '../../protocol/identifiers.ts'
import type { PairingLink } from './pairing.ts'

/** The block of text for whoever stands before the device. `qr`: lines, or none. `zoneMinutes`: east of UTC. */
export function pairingNotice(
  { device, url, until, pauseMs }: PairingLink,
  { qr, zoneMinutes }: { readonly qr: readonly string[]; readonly zoneMinutes: number },
): string {
  const time = timeOfDay(until, zoneMinutes)
  const minutes = Math.round(pauseMs / 60_000)
  const scan = qr.length > 0
  // As on the page that it is compared with.
  const number = groupedId(device).join(' ')
  const [after, afterJa] =
    pauseMs === 0
      ? ['Another link follows then.', 'その後は新しいリンクが表示されます。']
      : [
          `The next one comes ${minutes} minutes later; restart the connector to have one at once.`,
          `次のリンクは、その${minutes}分後に表示されます。すぐに必要なときは、コネクターを再起動してください。`,
        ]
  const lines = [
    'This connector waits to be paired. Signed in to Mihari as an owner, open this link' +
      `${scan ? ' or scan the code' : ''}:`,
    'このコネクターはペアリングを待っています。オーナーとして Mihari にサインインし、次のリンクを開いて' +
      `${scan ? '（またはコードを読み取って）' : ''}ください。`,
    '',
    url,
    '',
    ...(scan ? [...qr, ''] : []),
    `Code of the connector: ${number}`,
    `コネクターのコード：${number}`,
    `Good until ${time}, once. ${after}`,
    `${time}まで、1回だけ使えます。${afterJa}`,
  ]
  return `\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n\n`
}

export const PAIRED_NOTICE = `
  Paired: the cameras of this connector are in the app now.
  ペアリングしました。このコネクターのカメラがアプリに表示されます。

`

/** By the wall of the one who reads it, and by which zone: a Pi is often left at UTC. */
function timeOfDay(epochMs: number, zoneMinutes: number): string {
  const [, time = ''] = new Date(epochMs + zoneMinutes * 60_000).toISOString().split('T')
  const size = Math.abs(zoneMinutes)
  const two = (n: number) => String(n).padStart(2, '0')
  const zone = `${zoneMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
  return `${time.slice(0, 5)} (UTC${zoneMinutes === 0 ? '' : zone})`
}

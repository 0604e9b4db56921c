import { groupedId } from '../../../protocol/identifiers.ts'
import type { PairedDevice } from '../../../protocol/operations.ts'
import { formatDay } from '../../text/format-since.ts'
import { AskedFirst } from '../parts/asked-first.tsx'
import { RenameForm } from '../parts/rename-form.tsx'
import type { RowProps } from './row-props.ts'

export function DeviceRow(props: RowProps & { device: PairedDevice }) {
  const { text, panels, language, actions, changed, device } = props
  const { settings, rename } = panels
  return (
    <li>
      <details class="fold">
        <summary>
          <span class="item">
            <strong dir="auto">{device.label}</strong>
            <span data-online={device.online}>
              {device.online ? settings.online : settings.offline}
              {' · '}
              {settings.pairedAt(formatDay(device.pairedAt, language))}
            </span>
          </span>
        </summary>
        {device.cameras.length > 0 && (
          <p dir="auto">{settings.cameras(device.cameras.map(({ label }) => label).join(', '))}</p>
        )}
        <p class="device-code">
          <strong>{settings.code}</strong> {groupedId(device.device).join(' ')}
        </p>
        <RenameForm
          text={text}
          panels={panels}
          title={rename.device}
          label={device.label}
          rename={(label) => actions.ask('rename-device', { device: device.device, label })}
          renamed={changed}
        />
        <AskedFirst
          text={text}
          question={settings.unpair}
          label={settings.unpairOf(device.label)}
          act={() => actions.ask('unpair-device', { device: device.device })}
          done={changed}
        />
      </details>
    </li>
  )
}

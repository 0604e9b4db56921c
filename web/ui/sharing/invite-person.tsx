import { useId, useState } from 'preact/hooks'
import * as v from 'valibot'
import { Email, type Invitation } from '../../../protocol/operations.ts'
import { PeopleIcon } from '../icons.tsx'
import { NotDoneWords } from '../parts/not-done.tsx'
import { useRequest } from '../parts/use-request.ts'
import type { SharedProps } from './shared-props.ts'

/** What came of the last invitation. */
export interface Granted {
  readonly email: string
  readonly invitation: Invitation
}

interface InvitePersonProps extends SharedProps {
  readonly granted: Granted | null
  readonly setGranted: (granted: Granted | null) => void
  readonly changed: () => void
}

export function InvitePerson({
  text,
  panels,
  actions,
  camera,
  granted,
  setGranted,
  changed,
}: InvitePersonProps) {
  const [written, setWritten] = useState('')
  const request = useRequest()
  const fieldId = useId()
  const { share } = panels
  const email = written.trim()
  const add = (event: Event) => {
    event.preventDefault()
    if (!v.is(Email, email)) return
    setGranted(null)
    request.run(
      async () => {
        const result = await actions.ask('grant-to-person', { camera: camera.camera, email })
        // The grant may stand though no mail was sent.
        if (result.kind === 'refused') changed()
        return result
      },
      ({ answer }) => {
        setGranted({ email, invitation: answer.invitation })
        setWritten('')
        changed()
      },
    )
  }
  return (
    <details
      class="fold"
      name="invite"
      onToggle={({ currentTarget }) => !currentTarget.open && setGranted(null)}
    >
      <summary>
        <PeopleIcon />
        {share.person}
      </summary>
      <form class="field" onSubmit={add}>
        <p class="hint">{share.personIntro}</p>
        <label for={fieldId}>{share.email}</label>
        <div class="beside">
          <input
            id={fieldId}
            type="email"
            value={written}
            maxLength={254}
            autocomplete="off"
            required
            onInput={({ currentTarget }) => setWritten(currentTarget.value)}
          />
          <button type="submit" class="strong" aria-busy={request.state.phase === 'asking'}>
            {share.add}
          </button>
        </div>
        <p role="status" class="done">
          {granted === null ? '' : share.granted[granted.invitation](granted.email)}
        </p>
        <NotDoneWords text={text} state={request.state} />
      </form>
    </details>
  )
}

import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { formatSince } from '../../text/format-since.ts'
import { opensHereOnly } from './opens-here-only.ts'
import { QrCode } from './qr-code.tsx'
import type { SharedProps } from './shared-props.ts'

interface MadeLinkCardProps extends SharedProps {
  readonly link: string
  readonly until: number
  readonly done: () => void
}

/** The link as it can be handed on. Its secret is nowhere else. */
export function MadeLinkCard({ panels, language, camera, link, until, done }: MadeLinkCardProps) {
  const card = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no')
  const { share } = panels
  // It takes the place of a longer form, whose button had the focus.
  useLayoutEffect(() => {
    card.current?.focus({ preventScroll: true })
    card.current?.scrollIntoView({ block: 'start' })
  }, [])
  const copy = () => {
    navigator.clipboard.writeText(link).then(
      () => setCopied('yes'),
      () => {
        field.current?.select()
        setCopied('failed')
      },
    )
  }
  // Whoever closes the share sheet has decided so; nothing is to be said of it.
  const send = () =>
    void navigator.share({ title: share.sent(camera.label), url: link }).catch(() => undefined)
  return (
    <div ref={card} class="made-link" tabIndex={-1}>
      <p role="status">
        <strong>{share.made.what}</strong>
        <span>{share.made.advice}</span>
        {opensHereOnly(link) && <span>{share.onlyHere}</span>}
        <span>{share.until.ends(formatSince(until, Date.now(), language))}</span>
      </p>
      <input
        ref={field}
        readOnly
        value={link}
        aria-label={share.made.what}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <div class="choices">
        {'share' in navigator && (
          <button type="button" class="strong" onClick={send}>
            {share.send}
          </button>
        )}
        <button type="button" class={'share' in navigator ? '' : 'strong'} onClick={copy}>
          {copied === 'yes' ? share.copied : share.copy}
        </button>
      </div>
      {/* The button itself says that it is copied, to who sees it. */}
      <p class={copied === 'failed' ? 'hint' : 'unseen'} role="status">
        {copied === 'failed' ? share.notCopied : copied === 'yes' ? share.copied : ''}
      </p>
      <QrCode content={link} label={share.code} />
      <button type="button" class="quiet" onClick={done}>
        {share.done}
      </button>
    </div>
  )
}

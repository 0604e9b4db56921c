import type { ComponentChildren } from 'preact'

interface StrokesProps {
  readonly children: ComponentChildren
  readonly size?: number
  readonly kind?: string
}

/** Drawn in strokes; their meaning is always said in words beside them. */
function Strokes({ children, size = 24, kind = 'icon' }: StrokesProps) {
  return (
    <svg
      class={kind}
      viewBox={`0 0 ${size} ${size}`}
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

/** 見: an eye on two legs, as a camera stands on its own. */
export function Mark() {
  return (
    <Strokes size={32}>
      <rect x="8" y="4.6" width="16" height="15" rx="3" />
      <path d="M12.6 19.6c-.3 4-2.2 6.4-5.6 7.8M19.4 19.6v4.9c0 1.9.9 2.6 2.8 2.6s2.9-.7 3.1-3" />
      <circle cx="16" cy="12.1" r="3.4" fill="currentColor" stroke="none" />
    </Strokes>
  )
}

/** Open while there is somebody to look through it. */
export function Eye({ open, small = false }: { open: boolean; small?: boolean }) {
  return (
    <Strokes size={64} kind={small ? 'icon small' : 'icon'}>
      {open ? (
        <>
          <path d="M6 32c7-11.5 16-17 26-17s19 5.500 26 17c-7 11.500-16 17-26 17S13 43.500 6 32Z" />
          <circle cx="32" cy="32" r="9.500" />
          <path d="M29 27.800v8.400l7-4.200-7-4.200Z" fill="currentColor" />
        </>
      ) : (
        <path d="M6 29c7 9 16 13.500 26 13.500S51 38 58 29M32 42.500V50M19.500 40.200 16 46.800M44.500 40.200 48 46.800M10.800 34.200 6 39M53.200 34.200 58 39" />
      )}
    </Strokes>
  )
}

export function HangUpIcon() {
  return (
    <Strokes>
      <path d="M6 6l12 12M18 6 6 18" />
    </Strokes>
  )
}

export function FullScreenIcon({ on }: { on: boolean }) {
  return (
    <Strokes>
      {on ? (
        <path d="M9 4v5H4M15 4v5h5M9 20v-5H4M15 20v-5h5" />
      ) : (
        <path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />
      )}
    </Strokes>
  )
}

export function SoundIcon({ on }: { on: boolean }) {
  return (
    <Strokes>
      <path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500H4Z" />
      {on ? (
        <path d="M15.500 9a4.200 4.200 0 0 1 0 6M18 6.500a7.800 7.800 0 0 1 0 11" />
      ) : (
        <path d="m16 9.500 5 5M21 9.500l-5 5" />
      )}
    </Strokes>
  )
}

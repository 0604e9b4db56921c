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

export function CloseIcon() {
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

export function PersonIcon() {
  return (
    <Strokes>
      <circle cx="12" cy="8.200" r="3.700" />
      <path d="M4.500 20c.8-4 3.600-6 7.500-6s6.700 2 7.500 6" />
    </Strokes>
  )
}

export function PeopleIcon() {
  return (
    <Strokes>
      <circle cx="9" cy="8.500" r="3.300" />
      <path d="M2.500 19c.6-3.500 3-5.300 6.500-5.300s5.900 1.800 6.500 5.300M15.500 5.600a3.200 3.200 0 0 1 0 5.900M18 14.200c2 .7 3.200 2.300 3.600 4.800" />
    </Strokes>
  )
}

export function SettingsIcon() {
  return (
    <Strokes>
      <path d="M4 7h9M18.500 7H20M4 17h1.500M11 17h9" />
      <circle cx="15.700" cy="7" r="2.500" />
      <circle cx="8.300" cy="17" r="2.500" />
    </Strokes>
  )
}

export function ShareIcon() {
  return (
    <Strokes>
      <circle cx="10" cy="8.200" r="3.700" />
      <path d="M3 20c.7-4 3.200-6 7-6 1.300 0 2.500.2 3.500.7M18.500 13.500v7M15 17h7" />
    </Strokes>
  )
}

export function LinkIcon() {
  return (
    <Strokes>
      <path d="M10 14a4 4 0 0 0 5.700 0l3.600-3.600a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-5.700 0l-3.600 3.600a4 4 0 0 0 5.700 5.700l1-1" />
    </Strokes>
  )
}

export function AlarmIcon() {
  return (
    <Strokes kind="icon alarm-icon">
      <path d="M12 3.500 22 20.500H2L12 3.500ZM12 10v4.500M12 17.600v.1" />
    </Strokes>
  )
}

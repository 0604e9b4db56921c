import { useEffect, useState } from 'preact/hooks'
import { qrPath } from './qr-path.ts'

interface Drawn {
  readonly size: number
  readonly path: string
}

/** A phone beside the screen takes the link from here. Its encoder comes only with the first code. */
export function QrCode({ content, label }: { content: string; label: string }) {
  const [drawn, setDrawn] = useState<Drawn | null>(null)
  useEffect(() => {
    let current = true
    import('uqr').then(
      ({ encode }) => {
        const { data, size } = encode(content, { border: 4 })
        if (current) setDrawn({ size, path: qrPath(data) })
      },
      // Without the encoder the link itself is still there.
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [content])
  if (drawn === null) return <div class="qr" />
  return (
    <svg class="qr" viewBox={`0 0 ${drawn.size} ${drawn.size}`} role="img" aria-label={label}>
      <path d={drawn.path} shape-rendering="crispEdges" />
    </svg>
  )
}

import type { Catalogue } from '../text/catalogue.ts'

interface HowToPairProps {
  readonly text: Catalogue
  /** Where the connector finds the service; null while this page does not know it. */
  readonly cloud: string | null
}

export function HowToPair({ text: { service }, cloud }: HowToPairProps) {
  const [start, ...then] = service.pairing
  return (
    <ol class="steps">
      <li>
        {start}
        {cloud !== null && (
          <input
            readOnly
            value={cloud}
            aria-label={service.cloudAddress}
            onFocus={({ currentTarget }) => currentTarget.select()}
          />
        )}
      </li>
      {then.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  )
}

import type { Catalogue } from '../text/catalogue.ts'

export function HowToPair({ text }: { text: Catalogue }) {
  return (
    <ol class="steps">
      {text.service.pairing.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  )
}

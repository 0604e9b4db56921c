/** What the link that opened the page was for. A guest's secret is kept where no markup can show it. */
export type Visit =
  | { readonly kind: 'plain' }
  | { readonly kind: 'pair'; readonly device: string; readonly code: string }
  | { readonly kind: 'guest'; readonly device: string }

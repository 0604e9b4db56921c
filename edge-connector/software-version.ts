/** Written in by the bundler. */
declare const MIHARI_VERSION: string | undefined

export const SOFTWARE = {
  name: 'mihari-connector',
  version: typeof MIHARI_VERSION === 'string' ? MIHARI_VERSION : 'unbundled',
} as const

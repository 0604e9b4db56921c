import * as v from 'valibot'

/** What the deployment tells the page, as `/config.json`. */
const Config = v.object({
  socket: v.pipe(v.string(), v.regex(/^wss?:\/\/\S+$/)),
  /** Who vouches for people (OpenID Connect). */
  signIn: v.object({
    issuer: v.pipe(v.string(), v.regex(/^https?:\/\/\S+$/)),
    clientId: v.pipe(v.string(), v.nonEmpty()),
    scope: v.pipe(v.string(), v.nonEmpty()),
  }),
})
export type Config = v.InferOutput<typeof Config>

export type ConfigAnswer =
  | { readonly kind: 'config'; readonly config: Config }
  /** It is not there or not right: the page can say so and do nothing else. */
  | { readonly kind: 'missing' }
  /** The network, or a site in trouble: worth asking again. */
  | { readonly kind: 'unreachable' }

/** @param get Rejects where there is no network, or no answer in time. */
export async function loadConfig(get: (path: string) => Promise<Response>): Promise<ConfigAnswer> {
  let response: Response
  let text: string
  try {
    response = await get('/config.json')
    text = await response.text()
  } catch {
    return { kind: 'unreachable' }
  }
  if (response.status === 429 || response.status >= 500) return { kind: 'unreachable' }
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), Config), text)
  return response.ok && result.success ? { kind: 'config', config: result.output } : { kind: 'missing' }
}

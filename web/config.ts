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

/** Null when it is not there or not right: the page can say so and do nothing else. */
export async function loadConfig(get: (path: string) => Promise<Response>): Promise<Config | null> {
  try {
    const response = await get('/config.json')
    if (!response.ok) return null
    const result = v.safeParse(Config, await response.json())
    return result.success ? result.output : null
  } catch {
    // No network, or no JSON: what the visitor can do about it is the same.
    return null
  }
}

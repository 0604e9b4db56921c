export interface SiteRequest {
  readonly method: string
  /** Path and query, as on the request line. */
  readonly url: string
  readonly host: string | undefined
  readonly acceptEncoding: string | undefined
  readonly ifNoneMatch: string | undefined
}

export interface SiteAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | number>>
  readonly body?: Buffer
}

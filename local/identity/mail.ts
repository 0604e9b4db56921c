/** Nothing is mailed from here: whoever runs this passes the link on. */
export interface Mail {
  readonly to: string
  readonly link: string
  /** For so long the link is good, once. */
  readonly validSeconds: number
}

export type OnMail = (mail: Mail) => void

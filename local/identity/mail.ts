/** Nothing is mailed from here: whoever runs this passes the link on. */
export interface Mail {
  readonly to: string
  readonly link: string
}

export type OnMail = (mail: Mail) => void

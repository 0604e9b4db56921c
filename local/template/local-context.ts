type Context = Readonly<Record<string, unknown>>

/** The context of a deployment, with what is different on one's own machine. */
export function localContext(deployment: Context): Context {
  const { oidcIssuer, oidcClientId, oidcScope, oidcOrigins, ...context } = deployment
  return {
    ...context,
    // On one machine, or one network, peers find each other without help.
    iceServers: '[]',
    // Whoever starts it: one signs in here by a link, not by mail.
    ownerEmail: 'owner@localhost',
  }
}

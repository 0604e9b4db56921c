/** Raised by one with every change of the schemas that an older peer could not take. */
export const PROTOCOL_VERSION = 1

/** What the cloud accepts in `hello`: this version and the one before it. */
export const ACCEPTED_VERSIONS: readonly number[] = [PROTOCOL_VERSION]

/** The WebSocket subprotocol that both ends agree on in the handshake. */
export const SUBPROTOCOL = 'mihari.v1'

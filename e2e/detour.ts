import { Socket } from 'node:net'

/** What the environment calls it: `FROM:TO`. */
export const DETOUR = 'MIHARI_DETOUR'

// A program that loads this first goes through a line that a test can cut, and uses the address that it was told:
// a device's token names it letter by letter [R31].
const [from, to] = (process.env[DETOUR] ?? '').split(':').map(Number)
const { connect } = Socket.prototype

if (to !== undefined && to > 0) {
  Socket.prototype.connect = function (this: Socket, ...given: unknown[]) {
    const [first] = given
    const options: unknown = Array.isArray(first) ? first[0] : first
    if (typeof options === 'object' && options !== null && 'port' in options && Number(options.port) === from)
      options.port = to
    return Reflect.apply(connect, this, given)
  } as typeof connect
}

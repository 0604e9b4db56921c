import dns, { type LookupAddress } from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'

// As an entry in /etc/hosts: the programs of a test find this machine by the name that a browser is told to.
const NAME = 'home.test'
const HERE: LookupAddress = { address: '127.0.0.1', family: 4 }

dns.lookup = new Proxy(dns.lookup, {
  apply(target, self, [name, ...rest]) {
    if (name !== NAME) return Reflect.apply(target, self, [name, ...rest])
    const options: unknown = rest[0]
    const all = typeof options === 'object' && options !== null && 'all' in options && options.all === true
    const done = rest.at(-1) as (...found: unknown[]) => void
    process.nextTick(() => (all ? done(null, [HERE]) : done(null, HERE.address, HERE.family)))
  },
})
dns.promises.lookup = new Proxy(dns.promises.lookup, {
  async apply(target, self, [name, options]) {
    if (name !== NAME) return Reflect.apply(target, self, [name, options])
    return options?.all === true ? [HERE] : HERE
  },
})
syncBuiltinESMExports()

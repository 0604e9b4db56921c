import { expect, it } from 'vitest'
import { privateAddress } from './lan-address.ts'

const address = (text: string, internal = false, family: 'IPv4' | 'IPv6' = 'IPv4') =>
  ({ address: text, internal, family, netmask: '', mac: '', cidr: null, scopeid: 0 }) as const

it('is the first private one of the machine that is not its own loop', () => {
  const interfaces = {
    lo: [address('127.0.0.1', true)],
    ppp0: [address('203.0.113.7')],
    eth0: [address('fd00::1', false, 'IPv6'), address('192.168.1.7')],
    wlan0: [address('10.0.0.7')],
  }
  expect(privateAddress(interfaces)).toBe('192.168.1.7')
})

it.each(['203.0.113.7', '172.15.0.1', '172.32.0.1', '11.0.0.1', '169.254.1.1'])('%s is none', (text) => {
  expect(privateAddress({ eth0: [address(text)], eth1: undefined })).toBeUndefined()
})

it.each(['10.1.2.3', '172.16.0.1', '172.31.255.1', '192.168.0.1'])('%s is one', (text) => {
  expect(privateAddress({ eth0: [address(text)] })).toBe(text)
})

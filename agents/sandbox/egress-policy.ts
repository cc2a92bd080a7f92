/** Where a sandbox may connect to: hosts by name, as allow-listed; addresses, as public ones. */
import { BlockList, isIPv4, isIPv6 } from 'node:net'
import { OrreryError } from '../../domain/errors.ts'

export type AllowedHost = { host: string; ports: readonly number[] }

const webPorts = [80, 443]

/**
 * Reads `host` (ports 80 and 443) and `host:port`, IPv6 addresses as `[::1]:port`.
 * Throws OrreryError BAD_INPUT for anything else, patterns included.
 */
export function parseAllowedHost(text: string): AllowedHost {
  const found = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9_.-]+)(?::(\d{1,5}))?$/.exec(text)
  const port = found?.[2] === undefined ? null : Number(found[2])
  if (found?.[1] === undefined || (port !== null && (port < 1 || port > 65_535))) {
    throw new OrreryError('BAD_INPUT', `${JSON.stringify(text)} is no host or host:port`)
  }
  return { host: normalHost(found[1]), ports: port === null ? webPorts : [port] }
}

/** Lower case, without brackets and without the final dot that makes the same name look like another. */
export function normalHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
}

export function isAllowed(allowed: readonly AllowedHost[], host: string, port: number): boolean {
  const name = normalHost(host)
  return allowed.some(entry => entry.host === name && entry.ports.includes(port))
}

/**
 * Ranges that lead to this machine, its neighbours, or nowhere. IPv4 inside IPv6 (mapped, translated, 6to4, Teredo) is refused as
 * a whole: what such an address means is up to somebody else.
 */
const refusedRanges: readonly string[] = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...[
    '192.0.2.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/3',
  ],
  ...[
    '::/96',
    '::ffff:0:0/96',
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '100::/64',
    '2001::/23',
    '2001:db8::/32',
    '2002::/16',
  ],
  ...['3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
]

/** One list for each version: in a common one, what is refused as IPv4 inside IPv6 is refused as IPv4 too. */
function refusedOf(version: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const range of refusedRanges) {
    const [network = '', prefix] = range.split('/')
    if (isIPv4(network) === (version === 'ipv4')) list.addSubnet(network, Number(prefix), version)
  }
  return list
}

/** A test for addresses of the public internet. Anything that is no address is not public. */
export function createPublicAddressTest(): (address: string) => boolean {
  const [four, six] = [refusedOf('ipv4'), refusedOf('ipv6')]
  return address => {
    if (isIPv4(address)) return !four.check(address, 'ipv4')
    return isIPv6(address) && !six.check(address, 'ipv6')
  }
}

import { describe, expect, test } from 'vitest'
import { createPublicAddressTest, isAllowed, parseAllowedHost } from './egress-policy.ts'

describe('a list of hosts', () => {
  const allowed = ['github.com', 'Registry.Example.:8443', '127.0.0.1:8080', '[::1]:9000'].map(parseAllowedHost)

  test.each([
    ['github.com', 443],
    ['github.com', 80],
    ['GitHub.com.', 443],
    ['registry.example', 8443],
    ['127.0.0.1', 8080],
    ['[::1]', 9000],
    ['::1', 9000],
  ])('lets %s:%i through', (host, port) => expect(isAllowed(allowed, host, port)).toBe(true))

  test.each([
    ['github.com', 22],
    ['api.github.com', 443],
    ['github.com.evil.example', 443],
    ['evilgithub.com', 443],
    ['registry.example', 443],
    ['127.0.0.1', 80],
    ['127.0.0.2', 8080],
    ['localhost', 8080],
    ['gіthub.com', 443],
    ['', 443],
  ])('keeps %s:%i out', (host, port) => expect(isAllowed(allowed, host, port)).toBe(false))

  test.each([
    '*',
    '*.github.com',
    'https://github.com',
    'github.com/x',
    'a b',
    '',
    'github.com:',
    'github.com:0',
    'github.com:65536',
    'user@host',
    '::1',
  ])('holds no %j', text =>
    expect(() => parseAllowedHost(text)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' })),
  )
})

describe('an address', () => {
  const isPublic = createPublicAddressTest()

  test.each(['1.1.1.1', '140.82.121.4', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    '%s is public',
    address => expect(isPublic(address)).toBe(true),
  )

  test.each([
    ...[
      '127.0.0.1',
      '127.255.0.1',
      '0.0.0.0',
      '10.1.2.3',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
    ],
    ...['224.0.0.1', '255.255.255.255', '192.0.2.1', '198.18.0.1', '240.0.0.1'],
    ...[
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '::127.0.0.1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '2001:0:1::',
      'fe80::1',
      'fc00::1',
      'fd12::1',
      'ff02::1',
    ],
    ...['', 'localhost', '1.1.1.1.1', '0x7f.1', '2130706433'],
  ])('%j is not', address => expect(isPublic(address)).toBe(false))
})

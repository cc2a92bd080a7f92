import { expect, test } from 'vitest'
import { createGuard } from './guard.ts'

const guard = createGuard({
  publicUrl: 'https://orrery.example',
  allowedHosts: ['inside', 'other:81'],
  allowedOrigins: ['https://tools.example'],
})

test.each([
  ['127.0.0.1:4000', null],
  ['localhost:4000', 'http://localhost:4000'],
  ['[::1]:4000', null],
  ['10.0.0.5:4000', 'http://10.0.0.5:4000'],
  ['orrery.example', 'https://orrery.example'],
  ['inside:4000', null],
  ['other:81', null],
  ['localhost:4000', 'https://tools.example'],
])('host %s with origin %s may call', (host, origin) => {
  expect(guard.refusal({ host, origin })).toBeNull()
})

test.each([
  ['evil.example', null, /does not go by the name evil.example/],
  ['evil.example:4000', 'http://evil.example:4000', /does not go by/],
  ['other:82', null, /does not go by/],
  [null, null, /name \(none\)/],
  ['localhost:4000', 'http://localhost:5173', /may not call/],
  ['localhost:4000', 'https://evil.example', /may not call/],
  ['localhost:4000', 'null', /may not call/],
  ['localhost.evil.example', null, /does not go by/],
])('host %s with origin %s may not', (host, origin, message) => {
  expect(guard.refusal({ host, origin })).toMatch(message)
})

test('only a foreign origin that is allowed is told so', () => {
  expect(guard.foreign({ host: 'localhost:4000', origin: 'https://tools.example' })).toBe('https://tools.example')
  expect(guard.foreign({ host: 'localhost:4000', origin: 'http://localhost:4000' })).toBeNull()
  expect(guard.foreign({ host: 'localhost:4000', origin: 'https://evil.example' })).toBeNull()
})

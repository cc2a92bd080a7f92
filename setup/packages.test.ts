import { expect, test } from 'vitest'
import { sameVersions } from './packages.mjs'

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/b-linux': { version: '1.0.0', integrity: 'sha512-b', optional: true },
}
const a = wanted['node_modules/a']

test('what is installed as locked is left alone, optional packages for other platforms or not', () => {
  expect(sameVersions(wanted, { 'node_modules/a': a })).toBe(true)
  expect(
    sameVersions(wanted, { 'node_modules/a': a, 'node_modules/b-linux': { version: '1.0.0', integrity: 'sha512-b' } }),
  ).toBe(true)
})

test.each([
  ['nothing', {}],
  ['another version', { 'node_modules/a': { ...a, version: '1.0.1' } }],
  ['other contents', { 'node_modules/a': { ...a, integrity: 'sha512-x' } }],
  ['one too many', { 'node_modules/a': a, 'node_modules/c': { version: '1.0.0' } }],
  ['one too few', { 'node_modules/b-linux': { version: '1.0.0', integrity: 'sha512-b' } }],
])('%s is not the same', (_, installed) => {
  expect(sameVersions(wanted, installed)).toBe(false)
})

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Grant, Keys } from '../../db/keys.ts'
import { ensureOwner, readPepper } from './owner.ts'

const directories: string[] = []
const directory = () => {
  const made = mkdtempSync(join(tmpdir(), 'orrery-owner-'))
  directories.push(made)
  return made
}
afterEach(() => {
  for (const made of directories.splice(0)) rmSync(made, { recursive: true })
})

/** Keys in memory. */
function fakeKeys() {
  const valid = new Map<string, Grant>()
  const keys: Pick<Keys, 'create' | 'verify'> = {
    async create({ organisationId, name }) {
      const key = `key-${valid.size + 1}`
      valid.set(key, { keyId: key, publicId: key, name, role: 'owner', organisationId, expiresAt: null })
      return key
    },
    verify: async key => valid.get(key) ?? null,
  }
  return { valid, keys: keys as Keys }
}

test('the pepper is made once, for whoever comes first, and only its owner reads it', async () => {
  const dataDir = join(directory(), 'new')
  const peppers = await Promise.all(Array.from({ length: 5 }, () => readPepper(dataDir)))
  expect(new Set(peppers.map(pepper => Buffer.from(pepper).toString('hex'))).size).toBe(1)
  expect(peppers[0]).toHaveLength(32)
  expect(statSync(join(dataDir, 'pepper')).mode & 0o777).toBe(0o600)
})

test('a pepper that was damaged is told of, and not replaced', async () => {
  const dataDir = directory()
  writeFileSync(join(dataDir, 'pepper'), 'oops')
  await expect(readPepper(dataDir)).rejects.toThrow(/holds no pepper/)
  expect(readFileSync(join(dataDir, 'pepper'), 'utf8')).toBe('oops')
})

test('the owner keeps the key for as long as it is valid, and the file follows the address', async () => {
  const dataDir = directory()
  const { keys, valid } = fakeKeys()
  const path = join(dataDir, 'credentials.json')
  await ensureOwner(keys, 'o', { dataDir, url: 'http://a' })
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ url: 'http://a', key: 'key-1' })
  expect(statSync(path).mode & 0o777).toBe(0o600)
  await ensureOwner(keys, 'o', { dataDir, url: 'http://b' })
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ url: 'http://b', key: 'key-1' })
  valid.clear()
  valid.set('other', { keyId: 'x', publicId: 'x', name: 'x', role: 'owner', organisationId: 'o', expiresAt: null })
  const owner = await ensureOwner(keys, 'o', { dataDir, url: 'http://b' })
  expect(owner.name).toBe('owner')
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ url: 'http://b', key: 'key-2' })
  writeFileSync(path, 'broken')
  await ensureOwner(keys, 'o', { dataDir, url: 'http://b' })
  expect(JSON.parse(readFileSync(path, 'utf8')).key).toBe('key-3')
})

import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { canReach, makePassable, serviceAccount } from './account.mjs'

const stranger = { name: 'stranger', uid: 54_321, gid: 54_321 }

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'orrery-account-'))
  chmodSync(path, 0o755)
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

test('root hands over to postgres, else to nobody; anybody else stays', () => {
  const passwd = 'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65533::/:/bin/false\n'
  expect(serviceAccount({ uid: 0, passwd: `${passwd}postgres:x:101:104::/:/bin/sh\n` })).toEqual({
    name: 'postgres',
    uid: 101,
    gid: 104,
  })
  expect(serviceAccount({ uid: 0, passwd })).toEqual({ name: 'nobody', uid: 65_534, gid: 65_533 })
  expect(serviceAccount({ uid: 0, passwd: '' })).toMatchObject({ name: 'nobody' })
  expect(serviceAccount({ uid: 1_000, passwd })).toBeNull()
})

test('a closed directory anywhere on the way is out of reach, also behind a link and for what is not there yet', () => {
  const open = directory()
  const closed = join(open, 'closed')
  mkdirSync(join(closed, 'inside'), { recursive: true, mode: 0o755 })
  chmodSync(closed, 0o700)
  symlinkSync(closed, join(open, 'link'))
  expect(canReach(open, stranger)).toBe(true)
  expect(canReach(join(open, 'not', 'yet'), stranger)).toBe(true)
  for (const path of ['closed', 'closed/inside', 'closed/not/yet', 'link/inside']) {
    expect(canReach(join(open, path), stranger), path).toBe(false)
  }
  expect(canReach(closed, null)).toBe(true)
})

test("the owner's bit counts for the owner, the group's for the group", () => {
  const open = directory()
  const { uid, gid } = statSync(open)
  chmodSync(open, 0o700)
  expect(canReach(open, { name: 'owner', uid, gid: 1 })).toBe(true)
  chmodSync(open, 0o710)
  expect(canReach(open, { name: 'group', uid: 54_321, gid })).toBe(true)
  expect(canReach(open, stranger)).toBe(false)
})

test('a passable directory is so under any umask, and others on the way stay as they are', () => {
  const open = directory()
  chmodSync(open, 0o711)
  const before = process.umask(0o077)
  onTestFinished(() => void process.umask(before))
  makePassable(join(open, 'a', 'b'))
  const mode = (path: string) => statSync(path).mode & 0o777
  expect([mode(open), mode(join(open, 'a')), mode(join(open, 'a', 'b'))]).toEqual([0o711, 0o755, 0o755])
})

import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { exclusively, removeIfVoid, signFile } from './lock.mjs'
import { identityOf } from './processes.mjs'

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'orrery-lock-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

test('of many at once, one works at a time, and nothing is left', async () => {
  const place = directory()
  let inside = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++inside)
    await sleep(5)
    inside--
  }
  await Promise.all(Array.from({ length: 8 }, () => exclusively(place, work)))
  expect(most).toBe(1)
  expect(readdirSync(place)).toEqual([])
})

test('a failure releases the lock', async () => {
  const place = directory()
  await expect(exclusively(place, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await exclusively(place, async () => 'free')).toBe('free')
})

test('the lock of a process that is gone is void, even where its number was given to another since', async () => {
  const place = directory()
  for (const holder of ['4194303 1 some-boot', `${process.pid} 1 some-boot`]) {
    writeFileSync(join(place, 'lock'), holder)
    expect(await exclusively(place, async () => 'taken over', { seconds: 1 })).toBe('taken over')
  }
})

test('the lock of a living process is waited for, and named when that takes too long', async () => {
  const place = directory()
  writeFileSync(join(place, 'lock'), identityOf(process.ppid) ?? '')
  const waitedFor: number[] = []
  const attempt = exclusively(place, async () => 'never', { seconds: 0.1, onWait: pid => waitedFor.push(pid) })
  await expect(attempt).rejects.toThrow(new RegExp(`Process ${process.ppid} has held .*lock for 0.1 s. End it`))
  expect(waitedFor).toEqual([process.ppid])
})

test('a signed file is whole or absent, is not signed twice, and its signer alive keeps it', () => {
  const file = join(directory(), 'user')
  expect(signFile(file)).toBe(true)
  expect(signFile(file)).toBe(false)
  expect(removeIfVoid(file)).toBe(false)
  writeFileSync(file, '4194303 1 some-boot')
  expect(removeIfVoid(file)).toBe(true)
  expect(existsSync(file)).toBe(false)
  expect(removeIfVoid(file)).toBe(true)
})

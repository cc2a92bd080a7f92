import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { fingerprint } from './contents.mjs'

test('contents and names count; dates, tests and skipped directories do not', () => {
  const root = mkdtempSync(join(tmpdir(), 'orrery-contents-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const write = (name: string, text: string) => writeFileSync(join(root, name), text)
  const now = () => fingerprint([root, join(root, 'absent')], { skip: ['dist'] })
  mkdirSync(join(root, 'dist'))
  write('a.ts', 'one')
  const first = now()

  utimesSync(join(root, 'a.ts'), 1, 1)
  write('dist/a.js', 'built')
  write('a.test.ts', 'a test')
  expect(now()).toBe(first)

  write('a.ts', 'two')
  expect(now()).not.toBe(first)
  write('a.ts', 'one')
  expect(now()).toBe(first)
  renameSync(join(root, 'a.ts'), join(root, 'b.ts'))
  expect(now()).not.toBe(first)
})

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { toolPath } from './tools.mjs'

/** A directory with programs that print what they are told to. */
function programs(answers: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), 'orrery-tools-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  for (const [name, answer] of Object.entries(answers)) {
    writeFileSync(join(directory, name), `#!/bin/sh\necho '${answer}'\n`)
    chmodSync(join(directory, name), 0o755)
  }
  return directory
}

test('what is on PATH comes first', () => {
  const directory = programs({ bwrap: 'bubblewrap 0.8.0', 'redis-server': 'Redis server v=7.2.4 sha=0' })
  vi.stubEnv('PATH', directory)
  expect(toolPath('bwrap')).toBe(join(directory, 'bwrap'))
  expect(toolPath('redis-server')).toBe(join(directory, 'redis-server'))
})

test('valkey will do, and a Redis that is too old or broken will not', () => {
  const old = programs({
    'redis-server': 'Redis server v=6.0.16 sha=0',
    'valkey-server': 'Valkey server v=8.1.0 sha=0',
  })
  vi.stubEnv('PATH', old)
  expect(toolPath('redis-server')).toBe(join(old, 'valkey-server'))
  const broken = programs({ 'redis-server': 'Segmentation fault' })
  vi.stubEnv('PATH', broken)
  expect(toolPath('redis-server')).not.toBe(join(broken, 'redis-server'))
})

test('Postgres comes with the packages', () => {
  expect(toolPath('postgres')).toMatch(/bin\/postgres$/)
  expect(toolPath('initdb')).toMatch(/bin\/initdb$/)
})

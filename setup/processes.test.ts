import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { commandOf, identityOf, isRunning, signal, waitForEnd } from './processes.mjs'

test('a process has one name for as long as it lives, and nobody has it afterwards', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', 'a title (with) brackets'])
  const pid = child.pid ?? -1
  const identity = identityOf(pid) ?? ''
  await sleep(50)
  expect(identityOf(pid)).toBe(identity)
  expect(isRunning(identity)).toBe(true)
  expect(commandOf(pid)).toContain('a title (with) brackets')
  expect(await waitForEnd(pid, 30)).toBe(false)
  signal(pid, 'SIGKILL')
  expect(await waitForEnd(pid, 5_000)).toBe(true)
  expect(isRunning(identity)).toBe(false)
  expect(commandOf(pid)).toBe('')
  expect(() => signal(pid, 'SIGTERM')).not.toThrow()
})

test.runIf(process.platform === 'linux')('a zombie does not run', async () => {
  // The shell leaves its child unreaped: it is replaced by a program that never waits.
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 30'])
  const pid = Number(await new Promise(resolve => parent.stdout.once('data', resolve)))
  await sleep(100)
  process.kill(pid, 0)
  expect(identityOf(pid)).toBeNull()
  parent.kill('SIGKILL')
})

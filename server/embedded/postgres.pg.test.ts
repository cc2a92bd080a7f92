import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import postgres from 'postgres'
import { expect, onTestFinished, test, vi } from 'vitest'
import { identityOf, signal } from '../../setup/processes.mjs'
import { startPostgres } from './postgres.ts'
import { holder, keptLog, temporaryDirectory } from './testing.ts'

const isRoot = process.getuid?.() === 0

async function started(dataDir: string, options: { durable?: boolean } = {}) {
  const service = await startPostgres({ dataDir, log: keptLog(), ...options })
  onTestFinished(() => service.stop())
  return service
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await sql.unsafe(text)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

test('starts on loopback with a password, never as root, and leaves nothing behind', async () => {
  const dataDir = temporaryDirectory()
  const service = await started(dataDir)
  const pid = service.state().pid ?? -1
  expect(await query(service.url, 'select current_database() as name')).toEqual([{ name: 'orrery' }])
  if (existsSync(`/proc/${pid}`)) expect(statSync(`/proc/${pid}`).uid).not.toBe(0)
  const guess = service.url.replace(/:[0-9a-f]{48}@/, ':guess@')
  await expect(query(guess, 'select 1')).rejects.toThrow(/password authentication failed/)
  expect(statSync(join(dataDir, 'postgres', 'connection.json')).mode & 0o777).toBe(0o600)
  expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(new URL(service.url).password)
  await service.stop()
  expect(identityOf(pid)).toBeNull()
  expect(service.state()).toMatchObject({ status: 'stopped', pid: null })
})

test('after a kill -9 of its starter it is adopted, with all that was acknowledged', async () => {
  const dataDir = temporaryDirectory()
  const killed = await holder('postgres', dataDir)
  await query(killed.url, 'create table kept as select 42 as answer')
  await killed.kill()
  expect(identityOf(killed.serverPid)).not.toBeNull()

  const service = await started(dataDir)
  expect(service.state().pid).toBe(killed.serverPid)
  expect(service.url).toBe(killed.url)
  expect(await query(service.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  await service.stop()
  expect(identityOf(killed.serverPid)).toBeNull()
})

test('after a kill -9 of the server it is started again at the same address', async () => {
  const service = await started(temporaryDirectory())
  await query(service.url, 'create table kept as select 42 as answer')
  const seen: string[] = []
  service.onState(({ status }) => seen.push(status))
  const first = service.state().pid ?? -1
  signal(first, 'SIGKILL')
  await vi.waitFor(() => expect(service.state()).toMatchObject({ status: 'running', restarts: 1 }), 15_000)
  expect(seen).toEqual(['restarting', 'running'])
  expect(service.state().pid).not.toBe(first)
  expect(await query(service.url, 'select answer from kept')).toEqual([{ answer: 42 }])
})

test('two processes share it, and the last one to leave stops it', async () => {
  const dataDir = temporaryDirectory()
  const other = await holder('postgres', dataDir)
  const service = await started(dataDir)
  expect(service.alone()).toBe(false)
  await service.stop()
  expect(await query(other.url, 'select 1 as n')).toEqual([{ n: 1 }])
  await other.kill()

  const last = await started(dataDir)
  expect(last.alone()).toBe(true)
  await last.stop()
  expect(identityOf(other.serverPid)).toBeNull()
})

test('two that start at the same moment get the same server', async () => {
  const dataDir = temporaryDirectory()
  const [one, two] = await Promise.all([started(dataDir), started(dataDir)])
  expect(one.state().pid).toBe(two.state().pid)
})

test('a number in the process file that belongs to another program by now is no hindrance', async () => {
  const dataDir = temporaryDirectory()
  const first = await started(dataDir)
  const data = join(dataDir, 'postgres', 'data')
  const file = readFileSync(join(data, 'postmaster.pid'), 'utf8')
  await first.stop()
  writeFileSync(join(data, 'postmaster.pid'), file.replace(/^\d+/, String(process.pid)))
  const second = await started(dataDir)
  expect(await query(second.url, 'select 1 as n')).toEqual([{ n: 1 }])
})

test('a port that somebody else took while it was down is given up', async () => {
  const dataDir = temporaryDirectory()
  const first = await started(dataDir)
  await first.stop()
  const thief = createServer().listen(Number(new URL(first.url).port), '127.0.0.1')
  onTestFinished(() => void thief.close())
  const second = await started(dataDir)
  expect(new URL(second.url).port).not.toBe(new URL(first.url).port)
  expect(await query(second.url, 'select 1 as n')).toEqual([{ n: 1 }])
})

test('data that do not open are kept with a message, unless they are disposable', async () => {
  const dataDir = temporaryDirectory()
  const first = await started(dataDir)
  await first.stop()
  rmSync(join(dataDir, 'postgres', 'data', 'global', 'pg_control'))
  await expect(started(dataDir)).rejects.toThrow(/Postgres did not start. It said:[\s\S]*pg_control[\s\S]*server\.log/)
  const anew = await started(dataDir, { durable: false })
  expect(await query(anew.url, 'show fsync')).toEqual([{ fsync: 'off' }])
}, 60_000)

test.runIf(isRoot)('under a directory that only root may enter, its data lie in /var/lib/orrery', async () => {
  const dataDir = temporaryDirectory(0o700)
  const service = await started(dataDir)
  const [row] = await query(service.url, 'show data_directory')
  const home = String(row?.data_directory).replace(/\/data$/, '')
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  expect(home).toMatch(/^\/var\/lib\/orrery\/data\//)
  await query(service.url, 'create table kept as select 42 as answer')
  await service.stop()
  const again = await started(dataDir)
  expect(await query(again.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  await again.stop()
})

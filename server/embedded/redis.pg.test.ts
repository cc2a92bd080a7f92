import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test, vi } from 'vitest'
import { identityOf, signal } from '../../setup/processes.mjs'
import { startRedis } from './redis.ts'
import { holder, keptLog, temporaryDirectory } from './testing.ts'

async function started(dataDir: string, options: { durable?: boolean } = {}) {
  const service = await startRedis({ dataDir, log: keptLog(), ...options })
  if (!service) throw new Error('This test needs Redis. Install redis-server (6.2 or newer) and run it again.')
  onTestFinished(() => service.stop())
  return service
}

function client(url: string): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: null })
  redis.on('error', () => {})
  onTestFinished(() => redis.disconnect())
  return redis
}

test('starts on loopback with a password, never as root, and leaves nothing behind', async () => {
  const dataDir = temporaryDirectory()
  const service = await started(dataDir)
  const pid = service.state().pid ?? -1
  const redis = client(service.url)
  expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction'])
  expect(await redis.config('GET', 'appendonly')).toEqual(['appendonly', 'yes'])
  expect(await redis.config('GET', 'bind')).toEqual(['bind', '127.0.0.1'])
  if (process.platform === 'linux') {
    expect(statSync(`/proc/${pid}`).uid).not.toBe(0)
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(new URL(service.url).password)
  }
  const stranger = client(service.url.replace(/:\/\/.*@/, '://'))
  await expect(stranger.get('x')).rejects.toThrow(/NOAUTH/)
  expect(statSync(join(dataDir, 'redis', 'connection.json')).mode & 0o777).toBe(0o600)
  await service.stop()
  expect(identityOf(pid)).toBeNull()
})

test('after a kill -9 of its starter it is adopted', async () => {
  const dataDir = temporaryDirectory()
  const killed = await holder('redis', dataDir)
  await client(killed.url).set('kept', '42')
  await killed.kill()
  const service = await started(dataDir)
  expect(service.state().pid).toBe(killed.serverPid)
  expect(await client(service.url).get('kept')).toBe('42')
  await service.stop()
  expect(identityOf(killed.serverPid)).toBeNull()
})

test('after a kill -9 of the server it is started again at the same address, and reads its file', async () => {
  const service = await started(temporaryDirectory())
  const redis = client(service.url)
  await redis.set('kept', '42')
  // Its file is synced once a second.
  await new Promise(resolve => setTimeout(resolve, 1_100))
  signal(service.state().pid ?? -1, 'SIGKILL')
  await vi.waitFor(() => expect(service.state()).toMatchObject({ status: 'running', restarts: 1 }), 15_000)
  expect(await redis.get('kept')).toBe('42')
})

test('two that start at the same moment get the same server, and what is kept survives a clean stop', async () => {
  const dataDir = temporaryDirectory()
  const [one, two] = await Promise.all([started(dataDir), started(dataDir)])
  expect(one.state().pid).toBe(two.state().pid)
  await client(one.url).set('kept', '42')
  await one.stop()
  await two.stop()
  const again = await started(dataDir)
  expect(await client(again.url).get('kept')).toBe('42')
})

test('disposable, it writes nothing to disk', async () => {
  const service = await started(temporaryDirectory(), { durable: false })
  expect(await client(service.url).config('GET', 'appendonly')).toEqual(['appendonly', 'no'])
})

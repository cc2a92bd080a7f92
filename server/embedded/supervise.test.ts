import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { identityOf, signal } from '../../setup/processes.mjs'
import { type Kind, supervise } from './supervise.ts'
import { keptLog, temporaryDirectory } from './testing.ts'

/** A server that is a sleeping process; `healthy` decides whether it answers, `program` what is launched. */
function sleeper(behaviour: { healthy?: boolean; program?: string; deaf?: boolean } = {}) {
  const directory = temporaryDirectory()
  const pidFile = join(directory, 'pid')
  const ready = join(directory, 'ready')
  const launched: number[] = []
  const state = { healthy: behaviour.healthy ?? true, program: behaviour.program ?? 'sleep 60' }
  const kind: Kind = {
    name: 'Sleeper',
    directory,
    find: () => {
      const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0
      return identityOf(pid) === null ? null : pid
    },
    prepare: async () => {},
    launch: async (): Promise<ChildProcess> => {
      rmSync(ready, { force: true })
      const script = `${behaviour.deaf ? "trap '' TERM;" : ''} touch ${ready}; exec ${state.program}`
      const child = spawn('sh', ['-c', script], { detached: true, stdio: 'ignore' })
      launched.push(child.pid ?? -1)
      writeFileSync(pidFile, String(child.pid))
      return child
    },
    answers: async () => state.healthy && existsSync(ready),
    lastWords: () => 'Nobody is perfect.',
    patienceMs: 200,
    farewell: [{ signal: 'SIGTERM', ms: 200 }],
  }
  onTestFinished(() => {
    for (const pid of launched) signal(pid, 'SIGKILL')
  })
  return { kind, state, launched }
}

test('a server that ends while it starts is an error with its last words, and nobody stays registered', async () => {
  const { kind, state } = sleeper({ healthy: false, program: 'false' })
  await expect(supervise(kind, keptLog())).rejects.toThrow('Sleeper did not start. It said:\nNobody is perfect.')
  state.healthy = true
  state.program = 'sleep 60'
  const service = await supervise(kind, keptLog())
  expect(service.alone()).toBe(true)
  await service.stop()
})

test('a server that is found but does not answer is killed, and another is launched', async () => {
  const { kind, state, launched } = sleeper()
  const mute = await kind.launch()
  state.healthy = false
  const log = keptLog()
  const starting = supervise(kind, log)
  await vi.waitFor(() => expect(launched).toHaveLength(2))
  state.healthy = true
  const service = await starting
  expect(identityOf(mute.pid ?? -1)).toBeNull()
  expect(log.lines[0]).toMatch(/did not answer for 0.2 s and is killed/)
  await service.stop()
})

test('while it does not come back, attempts go on, and their reason is shown', async () => {
  const { kind, state, launched } = sleeper()
  const service = await supervise(kind, keptLog())
  onTestFinished(() => service.stop())
  state.healthy = false
  state.program = 'false'
  signal(launched[0] ?? -1, 'SIGKILL')
  await vi.waitFor(() => expect(launched.length).toBeGreaterThanOrEqual(3), 10_000)
  expect(service.state()).toMatchObject({ status: 'restarting', pid: null })
  await vi.waitFor(() => expect(service.state().reason).toContain('Nobody is perfect.'))
  state.healthy = true
  state.program = 'sleep 60'
  await vi.waitFor(() => expect(service.state()).toMatchObject({ status: 'running', restarts: 1 }), 10_000)
})

test('one that does not listen is killed in the end, and stopping twice is stopping once', async () => {
  const { kind, launched } = sleeper({ deaf: true })
  const log = keptLog()
  const service = await supervise(kind, log)
  await Promise.all([service.stop(), service.stop()])
  expect(identityOf(launched[0] ?? -1)).toBeNull()
  expect(log.lines).toEqual([expect.stringMatching(/did not end when asked and is killed/)])
  expect(service.state().status).toBe('stopped')
})

test('a listener that left hears nothing', async () => {
  const { kind } = sleeper()
  const service = await supervise(kind, keptLog())
  const [heard, ignored]: [string[], string[]] = [[], []]
  service.onState(({ status }) => heard.push(status))
  service.onState(({ status }) => ignored.push(status))()
  await service.stop()
  expect([heard, ignored]).toEqual([['stopped'], []])
})

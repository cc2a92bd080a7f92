/** What a handle does when its store fails, told on the twin in memory. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { startOf, workflows } from '../domain/run/history.ts'
import { createHandle } from './handle.ts'
import { snapshotEvery } from './load.ts'
import { createMemoryStore } from './memory.ts'
import { createRunCache } from './run-cache.ts'
import type { By, EventStore } from './store.ts'

const by: By = { actor: { kind: 'engine', id: 'test', name: 'Test' } }
const broken = Object.assign(new Error('the connection broke'), { code: 'ECONNRESET' })

/** A store whose next appends fail, before or after they took effect. */
function failing(failures: ('before' | 'after' | 'for good')[]): EventStore {
  const store = createMemoryStore()
  return {
    ...store,
    async append(batch) {
      const failure = failures[0]
      if (failure === 'for good') throw new Error('this cannot be stored')
      failures.shift()
      if (failure === 'before') throw broken
      const results = await store.append(batch)
      if (failure === 'after') throw broken
      return results
    },
  }
}

describe('when Postgres goes away', () => {
  it('waits and says it again', async () => {
    const handle = createHandle({ store: failing(['before', 'before']) })
    const { run } = await handle.handle(randomUUID(), startOf(workflows.single), by)
    expect(run.head).toBe(3)
    await handle.close()
  })

  it('finds what was kept although the answer was lost, for each of many in one flush', async () => {
    const store = failing(['after'])
    const handle = createHandle({ store })
    const ids = [randomUUID(), randomUUID(), randomUUID()]
    const answers = await Promise.all(ids.map(id => handle.handle(id, startOf(workflows.single), by)))
    expect(answers.map(answer => answer.events.map(event => event.type))).toEqual(
      ids.map(() => ['RunStarted', 'TaskPlanned', 'TaskReady']),
    )
    for (const id of ids) expect(await store.read(id, 0, 100)).toHaveLength(3)
  })

  it('gives up after its patience, and says so', async () => {
    const handle = createHandle({ store: failing(Array(1_000).fill('before')), patienceMs: 200 })
    await expect(handle.handle(randomUUID(), startOf(workflows.single), by)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
    })
  })

  it('does not repeat what can never be stored', async () => {
    const told: string[] = []
    const handle = createHandle({ store: failing(['for good']), onError: (_, doing) => told.push(doing) })
    const runId = randomUUID()
    const said = await Promise.allSettled([1, 2].map(() => handle.handle(runId, startOf(workflows.single), by)))
    expect(said.map(one => one.status)).toEqual(['rejected', 'rejected'])
    expect(told).toContain('flush')
  })
})

describe('a log that grows', () => {
  it('keeps a state every so often, and makes one that is missing', async () => {
    const store = createMemoryStore()
    const handle = createHandle({ store })
    const runId = randomUUID()
    await handle.handle(runId, startOf(workflows.single), by)
    for (let count = 0; count < snapshotEvery; count += 100) {
      await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          handle.handle(runId, { type: index % 2 === 0 ? 'PauseRun' : 'ResumeRun', reason: '' }, by),
        ),
      )
    }
    await handle.close()
    expect((await store.snapshot(runId, 1_000_000))?.head).toBeGreaterThanOrEqual(snapshotEvery)
    const bare: EventStore = { ...store, snapshot: async () => null }
    let made = 0
    const healing: EventStore = {
      ...bare,
      saveSnapshot: async run => {
        made = run.head
      },
    }
    expect((await createHandle({ store: healing }).load(runId))?.head).toBe(snapshotEvery + 3)
    expect(made).toBeGreaterThanOrEqual(snapshotEvery)
  })
})

describe('the cache of states', () => {
  it('forgets what was not used for longest, and never the newest', async () => {
    const cache = createRunCache(40)
    const handle = createHandle({ store: createMemoryStore() })
    const runs = await Promise.all(
      [1, 2, 3, 4].map(async () => (await handle.handle(randomUUID(), startOf(workflows.single), by)).run),
    )
    for (const run of runs) cache.set(run)
    expect(runs.map(run => cache.get(run.id) !== undefined)).toEqual([false, true, true, true])
    const tiny = createRunCache(1)
    if (runs[0] !== undefined) tiny.set(runs[0])
    expect(tiny.get(runs[0]?.id ?? '')).toBe(runs[0])
  })
})

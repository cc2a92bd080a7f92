import { randomUUID } from 'node:crypto'
import type { ExecutionResult } from 'graphql'
import { afterEach, describe, expect, test } from 'vitest'
import { createHandle } from '../../db/handle.ts'
import { createMemoryStore } from '../../db/memory.ts'
import { startOf, workflows } from '../../domain/run/history.ts'
import type { Batch } from '../../queues/batch.ts'
import { createMemoryBell } from '../../queues/bell.ts'
import { createFollowers } from '../../queues/followers.ts'
import { createFanOut, type Outlet } from './fan-out.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const by = { actor: { kind: 'engine', id: 'test', name: 'test' } as const }

/** A run of one task in memory, and a fan-out that counts executions. */
async function rig() {
  const store = createMemoryStore()
  const bell = createMemoryBell()
  const handle = createHandle({ store, onCommitted: bell.ring })
  const followers = createFollowers({ store, bell, pollMs: 50, heartbeatMs: 60_000 })
  const runId = randomUUID()
  await handle.handle(runId, startOf(workflows.single), by)
  let executions = 0
  const fanOut = createFanOut({ followers, failed: error => ({ errors: [{ message: String(error) } as never] }) })
  closing.push(() => followers.close())
  const watch = (outlet: Outlet, after = 0, key = 'same') =>
    fanOut.watch(
      {
        key,
        runId,
        after,
        execute: async batch => {
          executions++
          return { data: { batch } } as unknown as ExecutionResult
        },
      },
      outlet,
    )
  const toggle = async (times: number) => {
    for (let count = 0; count < times; count++) {
      await handle.handle(runId, { type: 'PauseRun', reason: 'x' }, by)
      await handle.handle(runId, { type: 'ResumeRun', reason: 'x' }, by)
    }
  }
  const cancel = () => handle.handle(runId, { type: 'CancelRun', reason: 'x' }, by)
  const head = async () => (await handle.load(runId))?.head ?? 0
  return { runId, handle, followers, fanOut, watch, toggle, cancel, head, executions: () => executions }
}

/** An outlet that keeps what it is given; `stuck` lets nothing out to the kernel. */
function outlet() {
  const batches: Batch[] = []
  const waiting: (() => void)[] = []
  const state = { stuck: false, unsent: 0 }
  const take = (json: Uint8Array) => {
    batches.push((JSON.parse(Buffer.from(json).toString()) as { data: { batch: Batch } }).data.batch)
    if (state.stuck) state.unsent += json.length
  }
  return {
    batches,
    state,
    seqs: () => batches.flatMap(batch => batch.events.map(event => event.seq)),
    statuses: () => batches.map(batch => batch.status),
    flow() {
      state.stuck = false
      state.unsent = 0
      for (const resolve of waiting.splice(0)) resolve()
    },
    send: (json: Uint8Array) => {
      take(json)
      return state.stuck ? new Promise<void>(resolve => waiting.push(resolve)) : Promise.resolve()
    },
    push: take,
    unsent: () => state.unsent,
  }
}

const upTo = (head: number) => Array.from({ length: head }, (_, index) => index + 1)
const live = (one: ReturnType<typeof outlet>) => expect.poll(one.statuses).toContain('LIVE')

describe('watchers who ask for the same', () => {
  test('share one execution of each batch, and one reading', async () => {
    const { watch, toggle, cancel, head, executions, fanOut, followers } = await rig()
    const outlets = Array.from({ length: 50 }, outlet)
    const ends = outlets.map(one => watch(one).next())
    await Promise.all(outlets.map(live))
    await expect.poll(() => fanOut.state()).toEqual({ groups: 1, together: 50 })
    expect(followers.state().consumers).toBe(1)
    const before = executions()
    await toggle(20)
    await cancel()
    await Promise.all(ends)
    const newest = await head()
    for (const one of outlets) expect(one.seqs()).toEqual(upTo(newest))
    // At most one for each command, however many watch.
    expect(executions() - before).toBeLessThanOrEqual(42)
    expect(fanOut.state()).toEqual({ groups: 0, together: 0 })
    await expect.poll(() => followers.state().consumers).toBe(0)
  })

  test('come at any time, from any seq, and get everything once', async () => {
    const { watch, toggle, cancel, head } = await rig()
    const watched: { one: ReturnType<typeof outlet>; after: number; end: Promise<unknown> }[] = []
    for (let round = 0; round < 40; round++) {
      await toggle(3)
      const after = round % 3 === 0 ? 0 : Math.floor((await head()) / 2)
      const one = outlet()
      watched.push({ one, after, end: watch(one, after).next() })
      if (round % 7 === 0) await new Promise(resolve => setImmediate(resolve))
    }
    await cancel()
    await Promise.all(watched.map(({ end }) => end))
    const newest = await head()
    for (const { one, after } of watched) expect(one.seqs()).toEqual(upTo(newest).slice(after))
  })

  test('leave without disturbing the others', async () => {
    const { watch, toggle, cancel, head, fanOut } = await rig()
    const [staying, leaving] = [outlet(), outlet()]
    const end = watch(staying).next()
    const other = watch(leaving)
    await Promise.all([live(staying), live(leaving)])
    await other.return?.()
    expect(fanOut.state().together).toBeLessThanOrEqual(1)
    await toggle(3)
    await cancel()
    await end
    expect(staying.seqs()).toEqual(upTo(await head()))
    expect(leaving.seqs()).toEqual(upTo(3))
  })

  test('are told that they ask for other things by their key', async () => {
    const { watch, fanOut } = await rig()
    const outlets = [outlet(), outlet()]
    watch(outlets[0] as Outlet, 0, 'one')
    watch(outlets[1] as Outlet, 0, 'two')
    await expect.poll(() => fanOut.state()).toEqual({ groups: 2, together: 2 })
  })
})

test('a watcher who takes nothing is told LAGGED, costs no memory, and catches up without a gap', async () => {
  const { watch, handle, runId, cancel, head, fanOut } = await rig()
  const [fast, slow] = [outlet(), outlet()]
  const ends = [watch(fast).next(), watch(slow).next()]
  await expect.poll(() => fanOut.state().together).toBe(2)
  slow.state.stuck = true
  for (let count = 0; count < 150; count++) {
    await handle.handle(runId, { type: 'PauseRun', reason: 'x'.repeat(4_000) }, by)
    await handle.handle(runId, { type: 'ResumeRun', reason: 'y'.repeat(4_000) }, by)
  }
  await expect.poll(() => fast.seqs().length).toBe(await head())
  // About a mebibyte, and the notice; the rest waits in the store.
  expect(slow.state.unsent).toBeLessThan(1.3 * 1024 * 1024)
  expect(slow.statuses().at(-1)).toBe('LAGGED')
  expect(fanOut.state().together).toBe(1)
  slow.flow()
  await expect.poll(() => fanOut.state().together).toBe(2)
  await cancel()
  await Promise.all(ends)
  for (const one of [fast, slow]) expect(one.seqs()).toEqual(upTo(await head()))
  expect(slow.statuses().filter(status => status === 'LAGGED')).toHaveLength(1)
})

test('a failure ends the stream with its error, for all of them', async () => {
  const { fanOut, runId } = await rig()
  const failing = { key: 'k', runId, after: 0, execute: async () => Promise.reject(new Error('no')) }
  const stream = fanOut.watch(failing, outlet())
  expect(await stream.next()).toMatchObject({ done: false, value: { errors: [{ message: 'Error: no' }] } })
  expect(await stream.next()).toMatchObject({ done: true })
  const missing = fanOut.watch({ ...failing, runId: randomUUID() }, outlet())
  expect(await missing.next()).toMatchObject({ value: { errors: [{ message: expect.stringContaining('no run') }] } })
  expect(fanOut.state().groups).toBe(0)
})

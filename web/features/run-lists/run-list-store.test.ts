import { expect, test, vi } from 'vitest'
import { createRunListStore, merge, type RunListSource } from './run-list-store.ts'
import { everyRun, type RunLine } from './run-query.ts'

const line = (id: string, minute: number, more: Partial<RunLine> = {}): RunLine => ({
  id,
  head: 1,
  title: id,
  status: 'RUNNING',
  workflow: 'w',
  startedAt: `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`,
  endedAt: null,
  parentTaskIndex: null,
  progress: { total: 1, ended: 0, failed: 0 },
  project: null,
  budget: { spent: 0 },
  ...more,
})

function rig(page: RunListSource['page'], query = everyRun) {
  let tell: Parameters<RunListSource['changes']>[0] = () => {}
  const stopped = vi.fn()
  const store = createRunListStore(
    {
      page,
      changes(sink) {
        tell = sink
        return stopped
      },
    },
    query,
  )
  return { store, stopped, tell: (change: Parameters<typeof tell>[0]) => tell(change) }
}

test('begins with a page, and what changes moves into its place', async () => {
  const { store, tell } = rig(async () => ({ runs: [line('b', 2), line('a', 1)], next: null }))
  store.subscribe(() => {})
  expect(store.get().state).toBe('loading')
  await vi.waitFor(() => expect(store.get().state).toBe('ready'))
  tell({ reload: false, runs: [line('c', 3), line('a', 1, { status: 'FAILED' })] })
  expect(store.get().runs.map(run => [run.id, run.status])).toEqual([
    ['c', 'RUNNING'],
    ['b', 'RUNNING'],
    ['a', 'FAILED'],
  ])
})

test('looks at everything again when it is told so', async () => {
  const page = vi.fn(async () => ({ runs: [line('a', 1)], next: null }))
  const { store, tell } = rig(page)
  store.subscribe(() => {})
  await vi.waitFor(() => expect(store.get().state).toBe('ready'))
  tell({ reload: true, runs: [] })
  await vi.waitFor(() => expect(page).toHaveBeenCalledTimes(2))
})

test('older ones follow, and a reload does not lose the way to the rest', async () => {
  const pages: Record<string, { runs: RunLine[]; next: string | null }> = {
    first: { runs: [line('c', 3)], next: 'c' },
    c: { runs: [line('b', 2)], next: 'b' },
    b: { runs: [line('a', 1)], next: null },
  }
  const { store, tell } = rig(async after => pages[after ?? 'first'] ?? { runs: [], next: null })
  store.subscribe(() => {})
  await vi.waitFor(() => expect(store.get().state).toBe('ready'))
  await store.more()
  tell({ reload: true, runs: [] })
  await vi.waitFor(() => expect(store.get().next).toBe('b'))
  await store.more()
  await store.more()
  expect(store.get()).toMatchObject({ runs: [{ id: 'c' }, { id: 'b' }, { id: 'a' }], next: null })
})

test('what ended while nobody heard of it is not shown as running after a reload', async () => {
  const running = { ...everyRun, statuses: ['RUNNING'] as const }
  const pages = [[line('b', 2), line('a', 1)], [line('b', 2)]]
  const { store, tell } = rig(async () => ({ runs: pages.shift() ?? [], next: null }), running)
  store.subscribe(() => {})
  await vi.waitFor(() => expect(store.get().runs.length).toBe(2))
  tell({ reload: true, runs: [] })
  await vi.waitFor(() => expect(store.get().runs.map(({ id }) => id)).toEqual(['b']))
})

test('what begins while a page is on its way is not lost, and an older state never wins', async () => {
  let resolve: (page: { runs: RunLine[]; next: null }) => void = () => {}
  const answer = new Promise<{ runs: RunLine[]; next: null }>(done => {
    resolve = done
  })
  const { store, tell } = rig(() => answer)
  store.subscribe(() => {})
  tell({ reload: false, runs: [line('new', 9), line('a', 1, { head: 5, status: 'SUCCEEDED' })] })
  resolve({ runs: [line('a', 1, { head: 4 })], next: null })
  await vi.waitFor(() => expect(store.get().state).toBe('ready'))
  expect(store.get().runs.map(({ id, status }) => [id, status])).toEqual([
    ['new', 'RUNNING'],
    ['a', 'SUCCEEDED'],
  ])
})

test('a run that no longer matches leaves, one that now does comes in', async () => {
  const running = { ...everyRun, statuses: ['RUNNING'] as const }
  const { store, tell } = rig(async () => ({ runs: [line('a', 1)], next: null }), running)
  store.subscribe(() => {})
  await vi.waitFor(() => expect(store.get().state).toBe('ready'))
  tell({ reload: false, runs: [line('a', 1, { head: 2, status: 'FAILED' }), line('b', 2, { head: 7 })] })
  expect(store.get().runs.map(({ id }) => id)).toEqual(['b'])
})

test('a failure is told where nothing is there to be shown', async () => {
  const { store } = rig(async () => {
    throw new Error('The server could not be reached.')
  })
  store.subscribe(() => {})
  await vi.waitFor(() =>
    expect(store.get()).toMatchObject({ state: 'failed', fault: 'The server could not be reached.' }),
  )
})

test('sub-runs are not listed beside their parents', () => {
  expect(merge([], [line('child', 1, { parentTaskIndex: 2 }), line('top', 2)], everyRun).map(run => run.id)).toEqual([
    'top',
  ])
})

test('stops when nobody listens', () => {
  const { store, stopped } = rig(async () => ({ runs: [], next: null }))
  store.subscribe(() => {})()
  expect(stopped).toHaveBeenCalledOnce()
})

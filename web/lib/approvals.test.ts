import { expect, test } from 'vitest'
import { createInboxStore, type InboxSource, type Question } from './approvals.ts'

const question = (id: string, more: Partial<Question> = {}): Question => ({
  id,
  kind: 'GO',
  status: 'OPEN',
  title: id,
  body: '',
  fields: [],
  quorum: 1,
  votes: 0,
  answer: null,
  answeredBy: null,
  requestedAt: Number(id.slice(1)),
  dueAt: null,
  closedAt: null,
  taskIndex: 0,
  task: null,
  run: null,
  ...more,
})

function inbox(open: () => Promise<readonly Question[]>) {
  let say: Parameters<InboxSource['changes']>[0] = () => {}
  let stopped = 0
  const store = createInboxStore({
    open,
    changes(sink) {
      say = sink
      sink({ reload: true, approvals: [] })
      return () => {
        stopped += 1
      }
    },
  })
  return { store, say: (...approvals: Question[]) => say({ reload: false, approvals }), stopped: () => stopped }
}
const ids = (questions: readonly Question[]) => questions.map(({ id }) => id)

test('shows what is open, who waits longest first, and follows it', async () => {
  const { store, say, stopped } = inbox(async () => [question('a2'), question('a1')])
  const stop = store.subscribe(() => {})
  await expect.poll(() => store.get().state).toBe('ready')
  expect(ids(store.get().open)).toEqual(['a1', 'a2'])
  say(question('a3'))
  expect(ids(store.get().open)).toEqual(['a1', 'a2', 'a3'])
  stop()
  expect(stopped()).toBe(1)
})

test('what somebody else settled is told, and does not come back with an older answer', async () => {
  const { store, say } = inbox(async () => [question('a1'), question('a2')])
  store.subscribe(() => {})
  await expect.poll(() => store.get().state).toBe('ready')
  say(question('a1', { status: 'ANSWERED', answeredBy: 'Ada' }))
  expect(ids(store.get().open)).toEqual(['a2'])
  expect(store.get().settled).toMatchObject([{ id: 'a1', answeredBy: 'Ada' }])
  say(question('a1'))
  expect(ids(store.get().open)).toEqual(['a2'])
})

test('what was settled before anybody looked is nobody’s business', async () => {
  const { store, say } = inbox(async () => [])
  store.subscribe(() => {})
  await expect.poll(() => store.get().state).toBe('ready')
  say(question('a9', { status: 'EXPIRED' }))
  expect(store.get()).toMatchObject({ open: [], settled: [] })
})

test('a fault is told, and what is there stays', async () => {
  const { store } = inbox(async () => {
    throw new Error('The server could not be reached.')
  })
  store.subscribe(() => {})
  await expect.poll(() => store.get().state).toBe('failed')
  expect(store.get().fault).toBe('The server could not be reached.')
})

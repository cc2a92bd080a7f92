import { expect, test, vi } from 'vitest'
import type { Live } from '../../lib/live.ts'
import { createConversationStore, type Message, merged } from './conversation-store.ts'

const message = (seq: number, more: Partial<Message> = {}): Message => ({
  id: `msg_${seq}`,
  seq,
  author: seq % 2 === 1 ? 'PERSON' : 'ASSISTANT',
  by: null,
  state: 'DONE',
  text: `text ${seq}`,
  files: [],
  links: [],
  commands: [],
  error: null,
  model: null,
  simulated: false,
  cost: 0,
  createdAt: '2026-01-01T00:00:00.000Z',
  ...more,
})

test('messages stand in their order, each once, whichever way they come', () => {
  const first = merged([], [message(2), message(1)])
  expect(merged(first, [message(2, { text: 'again' }), message(3)]).map(({ text }) => text)).toEqual([
    'text 1',
    'again',
    'text 3',
  ])
})

test('an answer that is there is not taken back by a late word that it is thought about', () => {
  expect(merged([message(2)], [message(2, { state: 'THINKING', text: '' })])).toEqual([message(2)])
})

test('a reconnect goes on behind what was seen', () => {
  const asked: unknown[] = []
  const stopped = vi.fn()
  let send: (data: unknown) => void = () => {}
  const live: Live = {
    subscribe(_, variables, sink) {
      asked.push(variables)
      send = data => sink.data(data as never)
      return stopped
    },
  }
  const store = createConversationStore(live, 'cnv_1')
  const stop = store.subscribe(() => {})
  const variables = () => (asked[0] as () => unknown)()
  expect(variables()).toEqual({ id: 'cnv_1', after: 0 })
  const conversation = { id: 'cnv_1', title: 'T', simulated: true }
  send({ conversationChanged: { version: 7, conversation, messages: [message(1), message(2)] } })
  expect(variables()).toEqual({ id: 'cnv_1', after: 7 })
  expect(store.get()).toMatchObject({ state: 'ready', title: 'T', simulated: true, messages: [{ seq: 1 }, { seq: 2 }] })
  stop()
  expect(stopped).toHaveBeenCalledOnce()
})

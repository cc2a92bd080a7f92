/** What was said, in order, as it changes. A resumed subscription goes on behind the version that was seen last. */
import type { MessageLineFragment } from '../../gql/graphql.ts'
import type { Live } from '../../lib/live.ts'
import { createSignal, type Signal } from '../../lib/signal.ts'
import { ConversationChangedDocument } from './documents.ts'

export type Message = MessageLineFragment
export type Conversation = {
  state: 'loading' | 'ready' | 'failed'
  title: string
  simulated: boolean
  messages: readonly Message[]
  fault: string
}
export type ConversationStore = Signal<Conversation> & {
  /** What a mutation answered with: shown at once, and the same when it comes by subscription. */
  take(messages: readonly Message[]): void
}

const nothing: Conversation = { state: 'loading', title: '', simulated: false, messages: [], fault: '' }

/** Follows while somebody listens. */
export function createConversationStore(live: Live, id: string): ConversationStore {
  const view = createSignal(nothing)
  let version = 0
  let listeners = 0
  let stop: (() => void) | null = null
  const take = (messages: readonly Message[]) =>
    view.set({ ...view.get(), messages: merged(view.get().messages, messages) })

  const open = () =>
    live.subscribe(ConversationChangedDocument, () => ({ id, after: version }), {
      data({ conversationChanged: { version: newest, conversation, messages } }) {
        version = Math.max(version, newest)
        const { title, simulated } = conversation
        view.set({ state: 'ready', title, simulated, messages: merged(view.get().messages, messages), fault: '' })
      },
      fault: ({ message }) => view.set({ ...view.get(), state: 'failed', fault: message }),
    })
  return {
    get: view.get,
    take,
    subscribe(listener) {
      const unsubscribe = view.subscribe(listener)
      listeners += 1
      stop ??= open()
      return () => {
        unsubscribe()
        listeners -= 1
        if (listeners > 0) return
        stop?.()
        stop = null
      }
    },
  }
}

/** Each once, in the order in which it was said; an answer that is there is not thought about again. */
export function merged(before: readonly Message[], changed: readonly Message[]): Message[] {
  const bySeq = new Map(before.map(message => [message.seq, message]))
  for (const message of changed) {
    const known = bySeq.get(message.seq)
    if (known !== undefined && known.state !== 'THINKING' && message.state === 'THINKING') continue
    bySeq.set(message.seq, message)
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

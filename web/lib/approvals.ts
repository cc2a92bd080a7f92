/**
 * Questions to people, kept up to date: a query, then what `approvalsChanged` says. One that is settled while somebody
 * looks stays for a while, so that whoever was about to answer sees who was faster.
 */
import type { AnswerField } from '../../domain/approval.ts'
import type { ApprovalLineFragment } from '../gql/graphql.ts'
import { createSignal, type Signal } from './signal.ts'

/** A question as the page shows it, whether it came from the inbox or from the events of a run. Ids are global. */
export type Question = {
  id: string
  kind: string
  status: 'OPEN' | 'ANSWERED' | 'EXPIRED' | 'WITHDRAWN'
  title: string
  body: string
  fields: readonly AnswerField[]
  quorum: number
  votes: number
  answer: unknown
  answeredBy: string | null
  /** Milliseconds since 1970. */
  requestedAt: number
  dueAt: number | null
  closedAt: number | null
  taskIndex: number
  task: string | null
  run: { id: string; title: string } | null
}

export type Inbox = {
  state: 'loading' | 'ready' | 'failed'
  /** Oldest first: who waits longest comes first. */
  open: readonly Question[]
  /** Settled since the page was opened, the newest first. */
  settled: readonly Question[]
  fault: string
}
export type InboxStore = Signal<Inbox> & { take(changed: readonly Question[]): void }

export type InboxSource = {
  /** Those that are open. Throws Error with a message for people. */
  open(): Promise<readonly Question[]>
  /** Begins with `reload: true`. Returns how to stop. */
  changes(sink: (change: { reload: boolean; approvals: readonly Question[] }) => void): () => void
}

const keptSettled = 20
const nothing: Inbox = { state: 'loading', open: [], settled: [], fault: '' }

/** Follows while somebody listens. */
export function createInboxStore(source: InboxSource): InboxStore {
  const view = createSignal<Inbox>(nothing)
  let listeners = 0
  let stop: (() => void) | null = null

  const take = (changed: readonly Question[]) => {
    if (changed.length > 0) view.set(merged(view.get(), changed))
  }
  const load = async () => {
    try {
      const open = await source.open()
      const { settled } = view.get()
      const known = new Set(settled.map(({ id }) => id))
      view.set({ state: 'ready', open: open.filter(({ id }) => !known.has(id)).sort(byAge), settled, fault: '' })
    } catch (cause) {
      const fault = cause instanceof Error ? cause.message : 'What is asked could not be read.'
      const before = view.get()
      view.set({ ...before, state: before.state === 'ready' ? 'ready' : 'failed', fault })
    }
  }
  return {
    get: view.get,
    take,
    subscribe(listener) {
      const unsubscribe = view.subscribe(listener)
      listeners += 1
      stop ??= source.changes(({ reload, approvals }) => {
        take(approvals)
        if (reload) void load()
      })
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

const byAge = (a: Question, b: Question): number => a.requestedAt - b.requestedAt || (a.id < b.id ? -1 : 1)

function merged(view: Inbox, changed: readonly Question[]): Inbox {
  const ids = new Set(changed.map(({ id }) => id))
  const wasOpen = new Set(view.open.map(({ id }) => id))
  const wasSettled = new Set(view.settled.map(({ id }) => id))
  const open = [
    ...view.open.filter(({ id }) => !ids.has(id)),
    ...changed.filter(({ id, status }) => status === 'OPEN' && !wasSettled.has(id)),
  ].sort(byAge)
  const settled = changed.filter(({ id, status }) => status !== 'OPEN' && wasOpen.has(id))
  return { ...view, open, settled: [...settled, ...view.settled].slice(0, keptSettled) }
}

export const toQuestion = ({
  fields,
  requestedAt,
  dueAt,
  closedAt,
  task,
  run,
  ...rest
}: ApprovalLineFragment): Question => ({
  ...rest,
  fields: fields as AnswerField[],
  requestedAt: Date.parse(requestedAt),
  dueAt: dueAt === null ? null : Date.parse(dueAt),
  closedAt: closedAt === null ? null : Date.parse(closedAt),
  task: task?.title ?? null,
  run: run === null ? null : { id: run.id, title: run.title },
})

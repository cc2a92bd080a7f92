/**
 * One run as the page knows it: the events in order, and their fold by the same `evolve` that the server uses.
 *
 *   idle ── first listener ──▶ connecting ─▶ catching-up ─▶ live ⇄ lagged
 *                                   ▲             │           │
 *                                   └── error ────┴─▶ ended ◀─┘
 *
 * The cursor is the last seq that was taken in, so a cut connection resumes without a gap and without a duplicate. Events
 * are taken in as they come and folded once a frame, outside React.
 */
import type { RecordedEvent } from '../../domain/run/events.ts'
import { evolve, type Run } from '../../domain/run/state.ts'
import { type EventLog, emptyLog, windowOnto } from './event-log.ts'
import { coalesce, framesApart, type Schedule } from './frame.ts'
import { createLogFold } from './log-fold.ts'
import { createSignal, type Signal } from './signal.ts'

export type RunBatch = {
  readonly events: readonly RecordedEvent[]
  /** The newest seq that the server knew. */
  readonly head: number
  readonly status: 'CATCHING_UP' | 'LIVE' | 'LAGGED' | 'ENDED'
}

export type Fault = { code: string; message: string }

export type RunFeed = (
  /** Asked whenever the feed (re)connects: events after this seq are wanted. */
  after: () => number,
  sink: { batch(batch: RunBatch): void; fault(fault: Fault): void; end(): void },
) => () => void

export type RunPhase = 'idle' | 'connecting' | 'catching-up' | 'live' | 'lagged' | 'ended' | 'failed'

export type RunView = {
  readonly run: Run | null
  readonly log: EventLog
  /** The newest seq that the server knows; `log.length` of them are here. */
  readonly head: number
  readonly phase: RunPhase
  readonly fault: Fault | null
}

export type RunStore = Signal<RunView> & {
  /** Goes on after the end: a retry reopened the run. Does nothing while events are flowing. */
  resume(): void
  /** The run and its log as they were right after this event, or as far as they are here. */
  at(seq: number): { readonly run: Run | null; readonly log: EventLog }
  /** Whether somebody looks at the past: what comes meanwhile moves a few numbers, and leaves the time to each step. */
  past(looks: boolean): void
}

/** Between two states that are shown, where events flow: to whom looks at them, and to whom looks at the past. */
const [flushMs, pastMs] = [33, 120]
/** A stream that ends before the run does is asked for again, but not in a tight loop. */
const reopenAfterMs = 1_000

const phases = { CATCHING_UP: 'catching-up', LIVE: 'live', LAGGED: 'lagged', ENDED: 'ended' } as const
const nothing: RunView = { run: null, log: emptyLog, head: 0, phase: 'idle', fault: null }

/** Follows the run while somebody listens; what was taken in stays, so that listening again resumes. */
export function createRunStore(feed: RunFeed, schedule?: Schedule): RunStore {
  const view = createSignal<RunView>(nothing)
  const events: RecordedEvent[] = []
  const states = createLogFold<Folded>({ run: null, stuck: false }, take)
  const now = states()
  const then = states()
  let pending: Partial<RunView> = {}
  let stop: (() => void) | null = null
  let listeners = 0
  let apartMs = flushMs

  const frame = coalesce(schedule ?? framesApart(() => apartMs), () => {
    const log = windowOnto(events, events.length)
    view.set(advance({ ...view.get(), ...pending }, now(log), log))
    pending = {}
  })
  const change = (next: Partial<RunView>) => {
    pending = { ...pending, ...next }
    frame.request()
  }

  const receive = (batch: RunBatch) => {
    for (const event of batch.events) {
      if (event.seq <= events.length) continue
      if (event.seq !== events.length + 1) return reopen()
      events.push(event)
    }
    change({ head: Math.max(batch.head, events.length), phase: phases[batch.status], fault: null })
  }
  const open = () => {
    if (stop !== null) return
    change({ phase: events.length === 0 ? 'connecting' : 'catching-up', fault: null })
    stop = feed(() => events.length, {
      batch: receive,
      fault: fault => {
        stop = null
        change({ phase: 'failed', fault })
      },
      end: () => {
        stop = null
        if ((pending.phase ?? view.get().phase) !== 'ended') setTimeout(() => listeners > 0 && open(), reopenAfterMs)
      },
    })
  }
  const close = () => {
    stop?.()
    stop = null
  }
  /** The feed skipped something, which it never should: ask again from what is certain. */
  const reopen = () => {
    close()
    open()
  }

  return {
    get: view.get,
    resume: open,
    at(seq) {
      const log = windowOnto(events, Math.min(seq, view.get().log.length))
      return { run: then(log).run, log }
    },
    past(looks) {
      apartMs = looks ? pastMs : flushMs
    },
    subscribe(listener) {
      const unsubscribe = view.subscribe(listener)
      listeners += 1
      if (view.get().phase !== 'ended') open()
      return () => {
        unsubscribe()
        listeners -= 1
        if (listeners === 0) close()
      }
    },
  }
}

/** `stuck`: an event came that this page does not know; what came after it is not folded. */
type Folded = { readonly run: Run | null; readonly stuck: boolean }

function take(folded: Folded, event: RecordedEvent): Folded {
  if (folded.stuck) return folded
  try {
    return { run: evolve(folded.run, event), stuck: false }
  } catch {
    return { run: folded.run, stuck: true }
  }
}

const outdated: Fault = {
  code: 'UPGRADE_REQUIRED',
  message: 'This page is older than the server and does not know all of this run’s events. Reload it.',
}

function advance(view: RunView, { run, stuck }: Folded, log: EventLog): RunView {
  return stuck ? { ...view, run, log, phase: 'failed', fault: outdated } : { ...view, run, log }
}

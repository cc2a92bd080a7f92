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
import { coalesce, nextFrame, type Schedule } from './frame.ts'
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
}

/** A stream that ends before the run does is asked for again, but not in a tight loop. */
const reopenAfterMs = 1_000

const phases = { CATCHING_UP: 'catching-up', LIVE: 'live', LAGGED: 'lagged', ENDED: 'ended' } as const
const nothing: RunView = { run: null, log: emptyLog, head: 0, phase: 'idle', fault: null }

/** Follows the run while somebody listens; what was taken in stays, so that listening again resumes. */
export function createRunStore(feed: RunFeed, schedule: Schedule = nextFrame): RunStore {
  const view = createSignal<RunView>(nothing)
  const events: RecordedEvent[] = []
  let pending: Partial<RunView> = {}
  let stop: (() => void) | null = null
  let listeners = 0

  const frame = coalesce(schedule, () => {
    view.set(advance({ ...view.get(), ...pending }, events))
    pending = {}
  })
  const change = (next: Partial<RunView>) => {
    pending = { ...pending, ...next }
    frame.request()
  }

  const take = (batch: RunBatch) => {
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
      batch: take,
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

/** Folds what came since the last frame. An event that this page does not know ends the fold and is said, not guessed at. */
function advance(view: RunView, events: readonly RecordedEvent[]): RunView {
  let { run } = view
  try {
    for (let index = run?.head ?? 0; index < events.length; index++) run = evolve(run, events[index] as RecordedEvent)
  } catch {
    const message = 'This page is older than the server and does not know all of this run’s events. Reload it.'
    return {
      ...view,
      run,
      log: windowOnto(events, events.length),
      phase: 'failed',
      fault: { code: 'UPGRADE_REQUIRED', message },
    }
  }
  return { ...view, run, log: windowOnto(events, events.length) }
}

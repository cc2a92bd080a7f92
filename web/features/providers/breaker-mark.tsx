import { formatSpan } from '../../lib/format.ts'
import { useNow } from '../../lib/hooks.ts'
import type { Tone } from '../../ui/status.tsx'
import css from './providers.module.css'

type Gate = { status: string; breaker: 'CLOSED' | 'HALF_OPEN' | 'OPEN'; retryAt: string | null }
type Look = { word: string; tone: Tone; path: string }

/** A switch: closed it lets calls through, open it does not, and half open it tries one. */
const looks = {
  off: { word: 'Not set up', tone: 'idle', path: 'M1 8h5M10 8h5' },
  refused: { word: 'Key refused', tone: 'bad', path: 'M1 8h5M10 8h5M4 4l8 8M12 4l-8 8' },
  closed: { word: 'In order', tone: 'good', path: 'M1 8h14' },
  held: { word: 'Asked us to wait', tone: 'wait', path: 'M1 8h14M6 4v8M10 4v8' },
  half: { word: 'Being tried again', tone: 'wait', path: 'M1 8h5l4-2.5M10 8h5' },
  open: { word: 'Left alone', tone: 'bad', path: 'M1 8h5l3-5M10 8h5' },
} as const satisfies Record<string, Look>

function lookOf({ status, breaker }: Gate, off: boolean): Look {
  if (off || status === 'NOT_SET_UP') return looks.off
  if (status === 'UNAUTHORISED') return looks.refused
  if (breaker === 'OPEN') return looks.open
  if (breaker === 'HALF_OPEN') return looks.half
  return status === 'HELD' ? looks.held : looks.closed
}

/** Whether calls go through, as a shape, a colour and a word; and where none do, for how long. */
export function BreakerMark({ gate, off }: { gate: Gate; off: boolean }) {
  const { word, tone, path } = lookOf(gate, off)
  const waits = gate.retryAt === null || off ? null : Date.parse(gate.retryAt)
  const now = useNow(waits !== null)
  return (
    <span className={css.breaker} data-tone={tone}>
      <svg width="16" height="16" viewBox="0 0 16 16" fill="none" aria-hidden="true">
        <path d={path} stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
      </svg>
      {word}
      {waits !== null && waits > now ? <span className="tabular"> {formatSpan(waits - now)}</span> : null}
    </span>
  )
}

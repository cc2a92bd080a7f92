import { type PointerEvent, useCallback, useRef, useState } from 'react'
import type { Task } from '../../../domain/run/state.ts'
import { describe } from '../../lib/describe-event.ts'
import type { EventLog } from '../../lib/event-log.ts'
import { taskOf } from '../../lib/event-task.ts'
import { formatClock, formatCount } from '../../lib/format.ts'
import type { Matches } from '../../lib/log-filter.ts'
import { titleAt } from '../../lib/task-title.ts'
import { Canvas, type Draw } from '../../ui/canvas.tsx'
import { Inert } from '../../ui/inert.tsx'
import { type Palette, usePalette } from '../../ui/palette.ts'
import type { Tone } from '../../ui/status.tsx'
import { gravity, toneOfNotable } from './notable.ts'
import css from './track.module.css'

type Props = {
  log: EventLog
  /** Places of the events that stand out. */
  marks: Matches
  /** The moment that is shown. */
  seq: number
  past: boolean
  tasks: readonly Task[]
  onGo(seq: number): void
}

/** The run from its first event to its newest, each as far from the next: what stands out is marked, and what is dragged is time. */
export function Track({ log, marks, seq, past, tasks, onGo }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const palette = usePalette()
  const [pointed, setPointed] = useState<number | null>(null)
  const draw = useCallback<Draw>(
    (context, width, height) => drawMarks(context, { width, height, log, marks, palette }),
    [log, marks, palette],
  )
  const seqAt = (event: PointerEvent): number => {
    const { left, width } = place.current?.getBoundingClientRect() ?? { left: 0, width: 1 }
    return Math.min(log.length, Math.max(1, Math.round(((event.clientX - left) / width) * log.length)))
  }
  const share = `${(seq / Math.max(1, log.length)) * 100}%`
  return (
    <div
      ref={place}
      className={css.track}
      data-past={past || undefined}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId)
        onGo(seqAt(event))
      }}
      onPointerMove={event => {
        setPointed(seqAt(event))
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onGo(seqAt(event))
      }}
      onPointerLeave={() => setPointed(null)}
    >
      <span className={css.done} style={{ width: share }} />
      <Canvas draw={draw} />
      <span className={css.handle} style={{ left: share }} />
      {pointed === null || pointed > log.length ? null : <Hint log={log} seq={pointed} tasks={tasks} />}
    </div>
  )
}

function Hint({ log, seq, tasks }: { log: EventLog; seq: number; tasks: readonly Task[] }) {
  const event = log.at(seq - 1)
  const share = seq / log.length
  return (
    <span className={css.hint} style={{ left: `${share * 100}%`, translate: `${-share * 100}% 0` }} aria-hidden="true">
      <span className={css.when}>
        {formatCount(seq)} · {formatClock(event.at)}
      </span>
      <Inert
        text={[event.type, titleAt(tasks, taskOf(event)), describe(event).text].filter(Boolean).join(' · ')}
        limit={200}
      />
    </span>
  )
}

type Picture = { width: number; height: number; log: EventLog; marks: Matches; palette: Palette }

/** One mark a pixel: the worst of what happened there. */
function drawMarks(context: CanvasRenderingContext2D, { width, height, log, marks, palette }: Picture): void {
  const columns = new Map<number, Tone>()
  for (const place of marks) {
    const tone = toneOfNotable(log.at(place))
    if (tone === null) continue
    const column = Math.min(width - 2, Math.round(((place + 1) / log.length) * width) - 1)
    const there = columns.get(column)
    if (there === undefined || gravity.indexOf(tone) > gravity.indexOf(there)) columns.set(column, tone)
  }
  for (const [column, tone] of columns) {
    // Height says again what the colour says.
    const grave = gravity.indexOf(tone) / (gravity.length - 1)
    const tall = Math.round(height * (0.25 + 0.55 * grave))
    context.fillStyle = palette[`tone-${tone}`]
    context.fillRect(column, (height - tall) / 2, 2, tall)
  }
}

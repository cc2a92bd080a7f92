import { type KeyboardEvent, useCallback, useMemo } from 'react'
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { describe } from '../../lib/describe-event.ts'
import type { EventLog } from '../../lib/event-log.ts'
import { taskOf } from '../../lib/event-task.ts'
import { formatClock, formatCount, formatSpan } from '../../lib/format.ts'
import { useShortcuts, useSignal } from '../../lib/hooks.ts'
import { createLogFilter } from '../../lib/log-filter.ts'
import { useMoment, useRunStore, useShownSeq } from '../../lib/run-context.ts'
import { titleAt } from '../../lib/task-title.ts'
import { Button } from '../../ui/button.tsx'
import { isNotable } from './notable.ts'
import css from './scrubber.module.css'
import { Track } from './track.tsx'
import { usePlayback } from './use-playback.ts'

/** Time over the whole run: everything on the page shows the moment at which its handle stands. */
export function Scrubber() {
  const { run, log } = useSignal(useRunStore())
  const moment = useMoment()
  const shown = useShownSeq()
  const notable = useMemo(() => createLogFilter(isNotable), [])
  const marks = notable(log)
  const seq = Math.min(shown ?? log.length, log.length)
  // The newest moment is now, and now goes on.
  const go = useCallback(
    (next: number) => moment.go(next >= log.length ? null : Math.max(1, next)),
    [moment, log.length],
  )
  const playback = usePlayback()
  const leap = (direction: 1 | -1) => {
    const found = direction === 1 ? marks.find(place => place + 1 > seq) : marks.findLast(place => place + 1 < seq)
    if (found !== undefined) go(found + 1)
  }
  useShortcuts([
    { keys: ',', title: 'One event back', group: 'Time', run: () => go(seq - 1) },
    { keys: '.', title: 'One event on', group: 'Time', run: () => go(seq + 1) },
    { keys: '<', title: 'Back to what stands out', group: 'Time', run: () => leap(-1) },
    { keys: '>', title: 'On to what stands out', group: 'Time', run: () => leap(1) },
    { keys: 'v', title: 'Play the run from this moment, or stop', group: 'Time', run: playback.toggle },
    { keys: 'V', title: 'Play at another pace', group: 'Time', run: playback.nextPace },
    { keys: 'l', title: 'Back to now', group: 'Time', run: () => moment.go(null) },
  ])
  if (run === null || log.length === 0) return null
  const event = log.at(Math.max(0, seq - 1))
  const words = wordsOf(event, log, titleAt(run.tasks, taskOf(event)))
  return (
    <section className={css.scrubber} aria-label="Time of the run" data-past={shown !== null || undefined}>
      <div className={css.transport}>
        <Button
          look="ghost"
          icon={playback.playing ? 'pause' : 'play'}
          aria-label={playback.playing ? 'Stop playing' : 'Play from this moment'}
          aria-keyshortcuts="v"
          onClick={playback.toggle}
        />
        <Button
          look="ghost"
          aria-label={`Pace: ${playback.pace} times`}
          aria-keyshortcuts="V"
          onClick={playback.nextPace}
        >
          {playback.pace}×
        </Button>
      </div>
      <div
        className={css.slider}
        role="slider"
        tabIndex={0}
        aria-label="Moment of the run"
        aria-valuemin={1}
        aria-valuemax={log.length}
        aria-valuenow={seq}
        aria-valuetext={words.spoken}
        onKeyDown={keyboard => slide(keyboard, { seq, length: log.length, go })}
      >
        <Track log={log} marks={marks} seq={seq} past={shown !== null} onGo={go} tasks={run.tasks} />
      </div>
      <p className={css.words} title={words.spoken}>
        <span className={css.place}>
          {shown === null ? formatCount(log.length) : `${formatCount(seq)} of ${formatCount(log.length)}`}
        </span>
        <span className={css.when}>{words.when}</span>
        <span className={css.what}>{words.what}</span>
      </p>
      {shown === null ? (
        <span className={css.now}>Now</span>
      ) : (
        <Button look="primary" keys="l" onClick={() => moment.go(null)}>
          Back to now
        </Button>
      )}
    </section>
  )
}

function wordsOf(event: RecordedEvent, log: EventLog, title: string) {
  const { text } = describe(event)
  const into = formatSpan(event.at - log.at(0).at)
  const what = [event.type, title].filter(Boolean).join(' · ')
  return {
    what,
    when: `${formatClock(event.at)}, ${into} in`,
    spoken: `Event ${event.seq} of ${log.length}, ${formatClock(event.at)}: ${[what, text].filter(Boolean).join(': ')}`,
  }
}

/** The keys of a slider. A page of it is a hundredth of the run. */
function slide(
  event: KeyboardEvent,
  { seq, length, go }: { seq: number; length: number; go(seq: number): void },
): void {
  const page = Math.max(1, Math.round(length / 100))
  const next: Record<string, number> = {
    ArrowLeft: seq - 1,
    ArrowDown: seq - 1,
    ArrowRight: seq + 1,
    ArrowUp: seq + 1,
    PageDown: seq - page,
    PageUp: seq + page,
    Home: 1,
    End: length,
  }
  const to = next[event.key]
  if (to === undefined) return
  event.preventDefault()
  go(to)
}

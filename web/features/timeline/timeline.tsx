import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { Task } from '../../../domain/run/state.ts'
import { useCalmView } from '../../lib/calm-view.ts'
import { formatSpan } from '../../lib/format.ts'
import { useNow } from '../../lib/hooks.ts'
import type { OutlineRow } from '../../lib/outline.ts'
import { useKept, useMoment, useRunStore, useShownSeq } from '../../lib/run-context.ts'
import { useSelectedTask } from '../../lib/run-selection.ts'
import type { RunView } from '../../lib/run-store.ts'
import { useTaskKeys } from '../../lib/task-keys.ts'
import { useOutline } from '../../lib/use-outline.ts'
import { usePalette } from '../../ui/palette.ts'
import { createAxis, ticksOf } from './axis.ts'
import { CallLane, TaskLane } from './lane.tsx'
import { Minimap } from './minimap.tsx'
import { rowHeight, type Scene } from './paint.ts'
import { rowsOf } from './rows.ts'
import { createSpanReader } from './spans.ts'
import css from './timeline.module.css'
import { Tools } from './tools.tsx'
import { Track } from './track.tsx'
import { useRowWindow } from './use-row-window.ts'
import { useTimeWindow } from './use-time-window.ts'
import { type View, viewOf, windowOf } from './window.ts'

const none: readonly Task[] = []

/** When each task was queued, at work and waiting, and every call that it made. */
export function Timeline() {
  const [groups, setGroups] = useState<ReadonlySet<number>>(new Set())
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const [fold, setFold] = useState(true)
  const view = useCalmView()
  const tasks = view.run?.tasks ?? none
  const outline = useOutline(tasks, groups)
  const selected = useSelectedTask()
  const { scene, onView } = useScene(view, { outline, opened, fold })
  const scroller = useRef<HTMLDivElement>(null)
  const { first, count } = useRowWindow(scroller, rowHeight, selected === null ? null : scene.rows.ofTask(selected))
  const onGroup = useCallback((task: number) => setGroups(before => flipped(before, task)), [])
  const onCalls = useCallback((task: number) => setOpened(before => flipped(before, task)), [])
  const onSelect = useOnSelect()
  useTaskKeys(useMemo(() => outline.map(row => row.index), [outline]))
  const shownRows = Array.from(
    { length: Math.max(0, Math.min(count, scene.rows.count - first)) },
    (_, place) => first + place,
  )
  return (
    <section className={css.timeline} aria-label="Timeline">
      <Tools
        scene={scene}
        fold={fold}
        onFold={() => setFold(before => !before)}
        onView={onView}
        onCalls={selected === null ? null : () => onCalls(selected)}
      />
      <div className={css.map}>
        <Minimap scene={scene} onView={onView} />
      </div>
      <Ticks scene={scene} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key. */}
      <section ref={scroller} className={css.scroller} aria-label="Tasks over time" tabIndex={0}>
        <div className={css.whole} style={{ height: scene.rows.count * rowHeight }}>
          <ul className={css.lanes} style={{ top: first * rowHeight }}>
            {shownRows.map(index => {
              const row = scene.rows.at(index)
              if (row === undefined) return null
              return row.kind === 'task' ? (
                <TaskLane
                  key={row.task}
                  row={row}
                  selected={row.task === selected}
                  onGroup={onGroup}
                  onCalls={onCalls}
                />
              ) : (
                <CallLane key={`${row.task} ${row.place}`} row={row} span={scene.spans.calls[row.task]?.[row.place]} />
              )
            })}
          </ul>
          <div className={css.spans} style={{ top: first * rowHeight, height: count * rowHeight }}>
            <Track scene={scene} first={first} onView={onView} onSelect={onSelect} />
          </div>
        </div>
      </section>
    </section>
  )
}

/** Everything that is drawn, and how to look at another part of it. */
type Shape = { outline: readonly OutlineRow[]; opened: ReadonlySet<number>; fold: boolean }

function useScene({ run, log: shownLog }: RunView, { outline, opened, fold }: Shape) {
  const palette = usePalette()
  const store = useRunStore()
  const read = useKept(createSpanReader)
  const past = useShownSeq()
  // What is still to come is drawn as well where something earlier is shown, and left out by its numbers.
  const spans = read(past === null ? shownLog : store.get().log)
  const startedAt = run?.startedAt ?? 0
  const over = run?.endedAt !== null
  const { clock } = useMoment()
  const now = useNow(!over)
  const end = Math.max(spans.end, past === null && !over ? now : 0)
  const axis = useMemo(
    () => createAxis({ from: startedAt, to: end, gaps: spans.gaps, fold }),
    [startedAt, end, spans, fold],
  )
  const [window, setWindow] = useTimeWindow()
  const view = viewOf(window, axis.length)
  const rows = useMemo(() => rowsOf(outline, opened, task => spans.calls[task]?.length ?? 0), [outline, opened, spans])
  const time = past === null ? end : clock.get()
  const shown = useMemo(() => ({ seq: past ?? Number.POSITIVE_INFINITY, time }), [past, time])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the view is made of its two ends.
  const scene: Scene = useMemo(() => {
    const ticks = ticksOf(axis, view, { count: 8, start: startedAt }).map(offset => axis.place(startedAt + offset))
    return { rows, spans, axis, view, shown, palette, ticks, past: past !== null }
  }, [rows, spans, axis, view.from, view.to, shown, palette, past, startedAt])
  const onView = useCallback((next: View) => setWindow(windowOf(next, axis.length)), [axis.length, setWindow])
  return { scene, onView }
}

/** Times above the spans, counted from the beginning of the run. */
function Ticks({ scene: { axis, view, ticks } }: { scene: Scene }) {
  const start = axis.time(0)
  const share = (place: number) => `${((place - view.from) / (view.to - view.from)) * 100}%`
  return (
    <div className={css.ticks} aria-hidden="true">
      {ticks.map(place => (
        <span key={place} className={css.tick} style={{ left: share(place) }}>
          {offsetText(axis.time(place) - start, view)}
        </span>
      ))}
      {axis.folds
        .filter(({ at, width }) => at + width / 2 > view.from && at + width / 2 < view.to)
        .map(({ at, width, from, to }) => (
          <span
            key={from}
            className={css.fold}
            style={{ left: share(at + width / 2) }}
            title={`Nothing was at work for ${formatSpan(to - from)}`}
          >
            {formatSpan(to - from)} idle
          </span>
        ))}
    </div>
  )
}

const offsetText = (ms: number, { from, to }: View): string =>
  to - from < 4_000
    ? `${(ms / 1_000).toFixed(to - from < 400 ? 3 : 1)} s`
    : ms < 60_000
      ? `${Math.round(ms / 1_000)} s`
      : formatSpan(ms)

function useOnSelect() {
  const navigate = useNavigate({ from: '/runs/$runId' })
  return useCallback(
    ({ task, seq }: { task: number; seq: number | null }) =>
      void navigate({
        to: '.',
        replace: true,
        resetScroll: false,
        search: ({ seq: _, ...rest }) => ({ ...rest, task, ...(seq === null ? {} : { seq }) }),
      }),
    [navigate],
  )
}

function flipped(set: ReadonlySet<number>, task: number): ReadonlySet<number> {
  const next = new Set(set)
  if (!next.delete(task)) next.add(task)
  return next
}

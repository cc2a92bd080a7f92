import { useNavigate, useSearch } from '@tanstack/react-router'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useCalmView } from '../../lib/calm-view.ts'
import { taskOf } from '../../lib/event-task.ts'
import { formatCount } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { createLogFilter } from '../../lib/log-filter.ts'
import { useKept, useShownSeq } from '../../lib/run-context.ts'
import { titleAt, titleOf } from '../../lib/task-title.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { createToldFilter, isTold } from './entries.ts'
import { Entry } from './entry.tsx'
import css from './stream.module.css'
import { Tail } from './tail.tsx'
import { useOpenCalls } from './use-open-calls.ts'

/** Entries that exist at once; more come when one asks for them. */
const shownAtFirst = 120
const shownMore = 240

/** What the agents say, think, ask of tools and tell each other: of all of them together, or of one. */
export function StreamView({ runId }: { runId: string }) {
  const { run, log } = useCalmView()
  const past = useShownSeq() !== null
  const { only, choose } = useOnly()
  const readAll = useKept(createToldFilter)
  const read = useMemo(
    () => (only === null ? readAll : createLogFilter(event => isTold(event) && taskOf(event) === only)),
    [readAll, only],
  )
  const places = read(log)
  const [shown, setShown] = useState(shownAtFirst)
  const asking = useOpenCalls()
  const first = Math.max(0, places.length - shown)
  const last = places.at(-1)
  const working = past
    ? []
    : (run?.tasks.filter(one => one.status === 'CLAIMED' && (only === null || one.index === only)) ?? [])
  const { scroller, follow, onScroll, toEnd } = useFollow(places.length)
  useShortcuts([{ keys: 'f', title: 'Follow the end of the stream', group: 'Stream', run: toEnd }])
  if (run === null) return null
  const worked = run.tasks.filter(task => task.epoch > 0 && task.kind === 'work')
  return (
    <section className={css.stream} aria-label="Stream">
      <div className={css.bar}>
        <label>
          <span className="sr-only">Agent</span>
          <select
            value={only ?? ''}
            onChange={event => choose(event.target.value === '' ? null : Number(event.target.value))}
          >
            <option value="">All agents together</option>
            {worked.map(task => (
              <option key={task.index} value={task.index}>
                {task.uses}: {titleOf(task)}
              </option>
            ))}
          </select>
        </label>
        <span className={css.count} role="status">
          {formatCount(places.length)} {places.length === 1 ? 'entry' : 'entries'}
        </span>
      </div>
      <section
        ref={scroller}
        className={css.scroller}
        aria-label="What the agents say"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key.
        tabIndex={0}
        onScroll={onScroll}
      >
        {places.length === 0 && working.length === 0 ? (
          <Empty icon="chat" title="Nobody has said anything yet">
            What agents think, say and ask of tools appears here as it comes.
          </Empty>
        ) : null}
        {first > 0 ? (
          <div className={css.earlier}>
            <Button onClick={() => setShown(before => before + shownMore)}>{formatCount(first)} earlier</Button>
          </div>
        ) : null}
        <ol className={css.entries}>
          {places.slice(first).map((place, index) => {
            const event = log.at(place)
            const before = index === 0 ? undefined : places[first + index - 1]
            const task = taskOf(event)
            return (
              <Entry
                key={event.seq}
                event={event}
                agent={task === null ? event.actor.name : (run.tasks[task]?.uses ?? '')}
                title={titleAt(run.tasks, task)}
                again={before !== undefined && taskOf(log.at(before)) === task}
              />
            )
          })}
          {working.map((task, index) => (
            <Tail
              key={task.index}
              runId={runId}
              task={task}
              asking={asking.has(task.index)}
              again={index === 0 && last !== undefined && taskOf(log.at(last)) === task.index}
            />
          ))}
        </ol>
      </section>
      {follow ? null : (
        <div className={css.fresh}>
          <Button look="primary" icon="down" onClick={toEnd}>
            To the end
          </Button>
        </div>
      )}
    </section>
  )
}

/** The only task that is shown stands in the address. */
function useOnly() {
  const only = useSearch({ from: '/runs/$runId', select: search => search.only ?? null })
  const navigate = useNavigate({ from: '/runs/$runId' })
  const choose = (task: number | null) =>
    void navigate({
      to: '.',
      replace: true,
      search: ({ only: _, ...rest }) => (task === null ? rest : { ...rest, only: task }),
    })
  return { only, choose }
}

/** Near enough to the end to be said to be there, in pixels. */
const nearPixels = 48

/** Stays at the end while something is added, until somebody scrolls up. */
function useFollow(count: number) {
  const scroller = useRef<HTMLElement>(null)
  const [follow, setFollow] = useState(true)
  const following = useRef(true)
  const toEnd = () => {
    following.current = true
    setFollow(true)
    const element = scroller.current
    if (element !== null) element.scrollTop = element.scrollHeight
  }
  // Whatever grows within it moves its end: entries, and what is said right now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new entry is observed too.
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const pin = () => {
      if (following.current) element.scrollTop = element.scrollHeight
    }
    pin()
    const observer = new ResizeObserver(pin)
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  }, [count === 0])
  const onScroll = () => {
    const element = scroller.current
    if (element === null) return
    following.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearPixels
    setFollow(following.current)
  }
  return { scroller, follow, onScroll, toEnd }
}

import { useMemo, useRef } from 'react'
import type { EventType } from '../../../domain/run/events.ts'
import type { Run } from '../../../domain/run/state.ts'
import type { EventLog } from '../../lib/event-log.ts'
import { formatCount } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { useKept } from '../../lib/run-context.ts'
import { titleOf } from '../../lib/task-title.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { type EventFilter, isOpen, noFilter } from './event-filter.ts'
import css from './events.module.css'

type Props = {
  run: Run
  log: EventLog
  filter: EventFilter
  fault: string | null
  found: number
  onFilter(filter: EventFilter): void
}

export function FilterBar({ run, log, filter, fault, found, onFilter }: Props) {
  const field = useRef<HTMLInputElement>(null)
  const types = useKept(createTypeCounts)(log)
  useShortcuts([{ keys: '/', title: 'Filter events', group: 'Events', run: () => field.current?.focus() }])
  return (
    <search className={css.bar}>
      <SearchField
        label="Filter events by text, or by a regular expression between slashes"
        placeholder="Filter, or /regex/"
        value={filter.text}
        fault={fault}
        field={field}
        onChange={text => onFilter({ ...filter, text })}
      />
      <Choice
        label="Event type"
        all="All types"
        options={types.map(([type, count]) => ({ value: type, text: type, note: formatCount(count) }))}
        chosen={filter.types}
        onChoose={chosen => onFilter({ ...filter, types: chosen as EventType[] })}
      />
      <Whose run={run} filter={filter} onFilter={onFilter} />
      {filter.correlation === null ? null : (
        <Button icon="close" onClick={() => onFilter({ ...filter, correlation: null })}>
          one request
        </Button>
      )}
      {filter.since === 0 ? null : (
        <Button icon="close" onClick={() => onFilter({ ...filter, since: 0 })}>
          after event {formatCount(filter.since)}
        </Button>
      )}
      <span className={css.found} role="status">
        {fault ??
          (isOpen(filter)
            ? `${formatCount(log.length)} events`
            : `${formatCount(found)} of ${formatCount(log.length)}`)}
      </span>
      {isOpen(filter) ? null : (
        <Button look="ghost" icon="close" onClick={() => onFilter(noFilter)}>
          Clear
        </Button>
      )}
    </search>
  )
}

/** A task, or an agent: all tasks that use it. Both in one list, since one of them is asked for at a time. */
function Whose({ run, filter, onFilter }: Pick<Props, 'run' | 'filter' | 'onFilter'>) {
  // Neither titles nor agents change, so only a new task makes new options.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const options = useMemo(() => {
    const agents = [...new Set(run.tasks.map(task => task.uses))].sort()
    return (
      <>
        <optgroup label="Agents">
          {agents.map(agent => (
            <option key={agent} value={`agent ${agent}`}>
              {agent}
            </option>
          ))}
        </optgroup>
        <optgroup label="Tasks">
          {run.tasks.map(task => (
            <option key={task.index} value={`task ${task.index}`}>
              {titleOf(task)}
            </option>
          ))}
        </optgroup>
      </>
    )
  }, [run.tasks.length])
  const choose = (value: string) => {
    const task = /^task (\d+)$/.exec(value)?.[1]
    const agent = /^agent (.+)$/.exec(value)?.[1]
    onFilter({ ...filter, task: task === undefined ? null : Number(task), agent: agent ?? null })
  }
  const chosen = filter.task !== null ? `task ${filter.task}` : filter.agent !== null ? `agent ${filter.agent}` : ''
  return (
    <label className={css.ofTask}>
      <span className="sr-only">Task or agent</span>
      <select value={chosen} onChange={event => choose(event.target.value)}>
        <option value="">All tasks</option>
        {options}
      </select>
    </label>
  )
}

/** Types that occur, with how often. Each event is counted once, however often this is asked. */
function createTypeCounts(): (log: EventLog) => [EventType, number][] {
  const byType = new Map<EventType, number>()
  let seen = 0
  return log => {
    for (; seen < log.length; seen++) {
      const { type } = log.at(seen)
      byType.set(type, (byType.get(type) ?? 0) + 1)
    }
    return [...byType].sort(([a], [b]) => a.localeCompare(b))
  }
}

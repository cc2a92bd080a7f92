import { Link } from '@tanstack/react-router'
import type { Task } from '../../../domain/run/state.ts'
import { formatMoney, formatSpan } from '../../lib/format.ts'
import { useNow } from '../../lib/hooks.ts'
import { inert } from '../../ui/inert.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import type { Pair } from './align.ts'
import css from './compare.module.css'
import type { Decision } from './decisions.ts'

type Decided = { left: readonly Decision[]; right: readonly Decision[] }
type Props = { pair: Pair; ids: { left: string; right: string }; decided: Decided }

/** One task on both sides, each leading to its place in its run. */
export function TaskPair({ pair: { left, right }, ids, decided }: Props) {
  const common = new Set(decided.left.filter(one => decided.right.some(other => isSame(one, other))).map(wordsOf))
  return (
    <li className={css.pair}>
      <Half task={left} runId={ids.left} decisions={decided.left} common={common} />
      <Half task={right} runId={ids.right} decisions={decided.right} common={common} />
    </li>
  )
}

const wordsOf = ({ kind, text }: Decision): string => `${kind} ${text}`
const isSame = (one: Decision, other: Decision): boolean => wordsOf(one) === wordsOf(other)

type HalfProps = { task: Task | null; runId: string; decisions: readonly Decision[]; common: ReadonlySet<string> }

function Half({ task, runId, decisions, common }: HalfProps) {
  if (task === null) return <div className={css.absent}>not in this run</div>
  return (
    <div className={css.half}>
      <p className={css.task}>
        <StatusIcon status={task.status} size={14} label />
        <Link to="/runs/$runId" params={{ runId }} search={{ task: task.index }}>
          {inert(task.title)}
        </Link>
        <span className={css.measures}>
          <Took task={task} />
          {task.attempt > 1 ? <span>{task.attempt} attempts</span> : null}
          {task.spentMicros === 0 ? null : <span>{formatMoney(task.spentMicros)}</span>}
        </span>
      </p>
      {decisions.length === 0 ? null : (
        <ul className={css.decisions}>
          {decisions.map(decision => (
            <li key={wordsOf(decision)} data-differs={!common.has(wordsOf(decision)) || undefined}>
              <Link to="/runs/$runId" params={{ runId }} search={{ tab: 'events', seq: decision.seq }}>
                {decision.kind}: {inert(decision.text)}
                {decision.times > 1 ? ` × ${decision.times}` : ''}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Took({ task: { startedAt, endedAt } }: { task: Task }) {
  const now = useNow(startedAt !== null && endedAt === null)
  return startedAt === null ? null : <span className="tabular">{formatSpan((endedAt ?? now) - startedAt)}</span>
}

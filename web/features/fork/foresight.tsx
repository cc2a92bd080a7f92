import type { Task } from '../../../domain/run/state.ts'
import { counted, formatMoney } from '../../lib/format.ts'
import { inert } from '../../ui/inert.tsx'
import { type Status, StatusIcon } from '../../ui/status.tsx'
import type { Foreseen } from './foresee.ts'
import css from './fork.module.css'

/** Tasks that are named; of more, how many. */
const namedTasks = 8

/** What the fork keeps, what goes on, and what is done again. */
export function Foresight({ foreseen, at }: { foreseen: Foreseen; at: number }) {
  const { kept, resumed, anew, toCome, questions, artifacts, inheritedMicros } = foreseen
  return (
    <section className={css.foresight} aria-label="What the fork will do" aria-live="polite">
      <Group title="Kept" note="done, and not done again" status="SUCCEEDED" tasks={kept} />
      <Group title="Goes on" note="behind its last recorded call" status="CLAIMED" tasks={resumed} />
      <Group title="Begins anew" note="because it is told otherwise" status="READY" tasks={anew} />
      <Group title="Still to come" note="" status="PLANNED" tasks={toCome} />
      <ul className={css.also}>
        <li>
          It shares {counted(at, 'event')} and {counted(artifacts, 'artifact')} with this run, which goes on as it was.
        </li>
        {inheritedMicros === 0 ? null : (
          <li>What is kept has cost {formatMoney(inheritedMicros)}; the fork does not pay it again.</li>
        )}
        <li>
          {questions === 0
            ? 'No effect outside is repeated, and no approval is inherited.'
            : `${counted(questions, 'open question')} will be asked anew: no approval is inherited.`}
        </li>
      </ul>
    </section>
  )
}

type GroupProps = { title: string; note: string; status: Status; tasks: readonly Task[] }

function Group({ title, note, status, tasks }: GroupProps) {
  if (tasks.length === 0) return null
  return (
    <div className={css.group}>
      <h3>
        <StatusIcon status={status} size={14} />
        {title} <span>{tasks.length}</span>
      </h3>
      {note === '' ? null : <p className={css.note}>{note}</p>}
      <ul>
        {tasks.slice(0, namedTasks).map(({ index, title: name }) => (
          <li key={index}>{inert(name)}</li>
        ))}
        {tasks.length > namedTasks ? <li>and {counted(tasks.length - namedTasks, 'more task')}</li> : null}
      </ul>
    </div>
  )
}

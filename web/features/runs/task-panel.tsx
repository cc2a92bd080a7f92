import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Failure } from '../../../domain/errors.ts'
import { toGlobalId } from '../../../domain/ids.ts'
import { isTaskEnded, type Task } from '../../../domain/run/state.ts'
import { EventsLink } from '../../lib/events-link.tsx'
import { counted, formatClock, formatMoney, formatSpan } from '../../lib/format.ts'
import { useRun, useTask, useTasks } from '../../lib/run-context.ts'
import { useSelectTask } from '../../lib/run-selection.ts'
import { shownStatus } from '../../lib/task-status.ts'
import { titleOf } from '../../lib/task-title.ts'
import { Facts } from '../../ui/facts.tsx'
import { Icon } from '../../ui/icon.tsx'
import { JsonView } from '../../ui/json.tsx'
import { Panel, Section } from '../../ui/panel.tsx'
import { Simulated } from '../../ui/simulated.tsx'
import { StatusIcon, StatusLabel } from '../../ui/status.tsx'
import { Span } from '../../ui/time.tsx'
import { ArtifactLinks } from './run-artifacts.tsx'
import { TaskCalls } from './task-calls.tsx'
import { TaskModels } from './task-models.tsx'
import { TaskOutput } from './task-output.tsx'
import css from './task-panel.module.css'

/** Everything about one task. `actions` are buttons for it; `asked` is what it waits for from people. */
export function TaskPanel({
  runId,
  index,
  actions,
  asked,
}: {
  runId: string
  index: number
  actions?: ReactNode
  asked?: ReactNode
}) {
  const task = useTask(index)
  const select = useSelectTask()
  if (task === undefined) return null
  const prints = task.kind === 'work' && task.startedAt !== null
  return (
    <Panel
      title={titleOf(task)}
      lead={<StatusIcon status={shownStatus(task)} label />}
      actions={actions}
      onClose={() => select(null)}
    >
      {task.error === null ? null : (
        <FailureBox
          failure={task.error}
          kind={task.status === 'BLOCKED' ? 'blocked' : isTaskEnded(task.status) ? 'failed' : 'again'}
        />
      )}
      {asked}
      <TaskFacts task={task} />
      {prints ? (
        <Section title="Output" aside={task.status === 'CLAIMED' ? 'live' : null}>
          <TaskOutput runId={runId} taskIndex={index} running={task.status === 'CLAIMED'} />
        </Section>
      ) : null}
      <TaskArtifacts index={index} />
      {prints ? <TaskModels index={index} /> : null}
      {prints ? <TaskCalls index={index} /> : null}
      {task.output === null ? null : (
        <Section title="Result">
          <JsonView value={task.output} label="Result of the task" />
        </Section>
      )}
      {isEmptyObject(task.input) ? null : (
        <Section title="Input">
          <JsonView value={task.input} label="Input of the task" />
        </Section>
      )}
    </Panel>
  )
}

const isEmptyObject = (value: unknown): boolean => JSON.stringify(value) === '{}'

function TaskFacts({ task }: { task: Task }) {
  const ran = task.startedAt !== null && task.status !== 'READY'
  return (
    <Facts
      facts={{
        Status: <StatusLabel status={shownStatus(task)} />,
        Why: task.reason,
        [task.kind === 'run' ? 'Workflow' : 'Agent']: <code>{task.uses}</code>,
        Attempt: task.attempt === 0 ? null : `${task.attempt} of ${task.retry.maxAttempts}`,
        Round: task.round === 0 ? null : `sent back ${counted(task.round, 'time')}`,
        Cost: task.spentMicros === 0 ? null : <Cost task={task} />,
        'Waits for': task.waitingFor === null ? null : <Awaited task={task} />,
        'Next try':
          task.status === 'WAITING' && task.dueAt !== null && task.waitingFor === null
            ? `at ${formatClock(task.dueAt)}`
            : null,
        Queued: task.readyAt === null ? null : <Span from={task.readyAt} to={ran ? task.startedAt : task.endedAt} />,
        'At work': ran && task.startedAt !== null ? <Span from={task.startedAt} to={task.endedAt} /> : null,
        Worker: task.worker === null ? null : <code>{task.worker}</code>,
        Limit: task.kind === 'work' ? formatSpan(task.timeoutMs) : null,
        Needs: task.needs.length === 0 ? null : <TaskLinks indices={task.needs} />,
        'Part of': task.groupIndex === null ? null : <TaskLinks indices={[task.groupIndex]} />,
        'Sub-run': task.childRunId === null ? null : <ChildRun id={toGlobalId('Run', task.childRunId)} />,
      }}
    />
  )
}

function Awaited({ task }: { task: Task }) {
  const { approvalId = null, taskIndex = null } = task.waitingFor ?? {}
  const title = useRun(run => run?.approvals.find(({ id }) => id === approvalId)?.title)
  if (taskIndex !== null) return <TaskLinks indices={[taskIndex]} />
  return title === undefined ? null : <span>a person: {title}</span>
}

function Cost({ task }: { task: Task }) {
  const simulated = useRun(run => run?.simulated ?? false)
  return (
    <span className={css.links}>
      <EventsLink types={['ModelCallFinished', 'ModelCallFailed']} task={task.index}>
        {formatMoney(task.spentMicros)}
      </EventsLink>
      {simulated ? <Simulated /> : null}
    </span>
  )
}

const ChildRun = ({ id }: { id: string }) => (
  <Link to="/runs/$runId" params={{ runId: id }} className={css.link}>
    Open the sub-run
  </Link>
)

function TaskLinks({ indices }: { indices: readonly number[] }) {
  const tasks = useTasks()
  const select = useSelectTask()
  return (
    <span className={css.links}>
      {indices.map(index => {
        const task = tasks[index]
        return task === undefined ? null : (
          <button key={index} type="button" className={css.chip} onClick={() => select(index)}>
            <StatusIcon status={task.status} size={14} label />
            {titleOf(task)}
          </button>
        )
      })}
    </span>
  )
}

const failureWords = { failed: 'Failed', blocked: 'Blocked by its surroundings', again: 'The last try failed' }
const failureTones = { failed: 'bad', blocked: 'blocked', again: 'wait' }

/** What went wrong, and what one can do. `again`: there is another try. */
export function FailureBox({ failure, kind = 'failed' }: { failure: Failure; kind?: keyof typeof failureWords }) {
  return (
    <div className={css.failure} data-tone={failureTones[kind]}>
      <p className={css.failureHead}>
        <Icon name="warning" />
        {failureWords[kind]}
        <code>{failure.code}</code>
      </p>
      <p className={css.message}>{failure.message}</p>
      {failure.hint === '' ? null : <p className={css.hint}>{failure.hint}</p>}
    </div>
  )
}

function TaskArtifacts({ index }: { index: number }) {
  const artifacts = useRun(run => run?.artifacts)?.filter(artifact => artifact.taskIndex === index) ?? []
  if (artifacts.length === 0) return null
  return (
    <Section title="Artifacts">
      <ArtifactLinks artifacts={artifacts} />
    </Section>
  )
}

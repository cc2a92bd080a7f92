import { toGlobalId } from '../../../domain/ids.ts'
import type { Approval } from '../../../domain/run/approvals.ts'
import type { Run } from '../../../domain/run/state.ts'
import type { Question } from '../../lib/approvals.ts'
import { titleAt } from '../../lib/task-title.ts'
import { ApprovalCard } from './approval-card.tsx'
import css from './approvals.module.css'

/** What a run asks right now, out of its own events; `taskIndex`: only what that task waits for. */
export function RunApprovals({ run, taskIndex = null }: { run: Run; taskIndex?: number | null }) {
  const wanted = taskIndex === null ? null : run.tasks[taskIndex]?.waitingFor?.approvalId
  const open = run.approvals.filter(({ id, status }) => status === 'OPEN' && (taskIndex === null || id === wanted))
  if (open.length === 0) return null
  return (
    <div className={css.ofRun}>
      {open.map((approval, index) => (
        <ApprovalCard key={approval.id} question={questionOf(run, approval)} keys={index === 0} />
      ))}
    </div>
  )
}

const questionOf = (run: Run, { votes, answeredBy, kind, ...approval }: Approval): Question => ({
  ...approval,
  id: toGlobalId('Approval', approval.id),
  kind: kind.toUpperCase(),
  votes: votes.length,
  answeredBy: answeredBy?.name ?? null,
  task: titleAt(run.tasks, approval.taskIndex),
  run: { id: toGlobalId('Run', run.id), title: run.title },
})

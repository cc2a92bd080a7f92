import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Question } from '../../lib/approvals.ts'
import { formatMoney } from '../../lib/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { inert } from '../../ui/inert.tsx'
import { LazyMarkdownText } from '../../ui/lazy-markdown.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { StatusLabel } from '../../ui/status.tsx'
import { Ago } from '../../ui/time.tsx'
import { ApprovalForm } from './approval-form.tsx'
import css from './approvals.module.css'
import { QuestionFacts } from './facts.tsx'
import { kindOf } from './kinds.ts'
import { Left } from './left.tsx'
import { Quorum } from './quorum.tsx'
import { Settled } from './settled.tsx'
import { type ApprovalContext, useApprovalContext } from './use-context.ts'

type Props = {
  question: Question
  /** What can be looked at before one decides: the change, the plan, what else the run has made. */
  evidence(context: ApprovalContext): ReactNode
}

const deadlines = {
  DENY: 'No answer in time counts as a no.',
  ESCALATE: 'Without an answer in time it is asked once more; after that it counts as a no.',
  WAIT: 'It waits for as long as it takes.',
} as const

/** A question with everything that one needs in order to decide: what, why, the facts, the evidence, and what it cost so far. */
export function ApprovalDetail({ question, evidence }: Props) {
  const { title, kind, body, status, requestedAt, dueAt, task, taskIndex, run } = question
  const { context } = useApprovalContext(question.id)
  const { word, icon } = kindOf(kind)
  const open = status === 'OPEN'
  return (
    <article className={css.detail} aria-label={title}>
      <Scroll className={css.detailBody} label={`${word}: ${title}`}>
        <header className={css.head}>
          <span className={css.kind} data-tone={open ? 'wait' : 'idle'}>
            <Icon name={icon} size={14} />
            {word}
          </span>
          <span className={css.when}>
            asked <Ago at={requestedAt} />
          </span>
          {open && dueAt !== null ? <Left until={dueAt} /> : null}
        </header>
        <h2 className={css.detailTitle}>{inert(title)}</h2>
        {run === null ? null : (
          <p className={css.from}>
            <Link to="/runs/$runId" params={{ runId: run.id }} search={{ task: taskIndex }}>
              {inert(run.title)}
            </Link>
            {task === null ? null : <span>, {inert(task)}</span>}
          </p>
        )}
        <Quorum question={question} />
        {body === '' ? null : (
          <div className={css.body}>
            <LazyMarkdownText text={context?.diff ? withoutDiff(body) : body} />
          </div>
        )}
        {context === null ? null : (
          <>
            <div className={css.columns}>
              <QuestionFacts facts={context.facts} />
              <RunFacts context={context} open={open} />
            </div>
            {evidence(context)}
          </>
        )}
      </Scroll>
      <footer className={css.answer}>
        {open ? <ApprovalForm key={question.id} question={question} keys /> : <Settled question={question} />}
      </footer>
    </article>
  )
}

/** The change stands below, whole; its beginning in the text would say it twice. */
const withoutDiff = (body: string): string => body.replace(/(^|\n)(`{3,})diff\n[\s\S]*?\n\2(?=\n|$)/, '')

const dollars = (micros: number | string): string => formatMoney(Number(micros))

function RunFacts({
  context: { run, seq, onDeadline, dueAt, escalated },
  open,
}: {
  context: ApprovalContext
  open: boolean
}) {
  if (run === null) return null
  const { budget } = run
  return (
    <dl className={css.runFacts}>
      <div>
        <dt>Run</dt>
        <dd>
          <StatusLabel status={run.status} />
        </dd>
      </div>
      {run.project === null ? null : (
        <div>
          <dt>Project</dt>
          <dd>
            <Link to="/projects/$slug" params={{ slug: run.project.slug }}>
              {inert(run.project.name)}
            </Link>
          </dd>
        </div>
      )}
      <div>
        <dt>Spent so far</dt>
        <dd>
          {dollars(budget.spent)}
          {budget.limit === null ? '' : ` of ${dollars(budget.limit)}`}
          {Number(budget.reserved) === 0 ? '' : `, ${dollars(budget.reserved)} reserved`}
        </dd>
      </div>
      <div>
        <dt>Asked by</dt>
        <dd>
          <Link to="/runs/$runId" params={{ runId: run.id }} search={{ tab: 'events', seq }}>
            event {seq}
          </Link>
        </dd>
      </div>
      {open && dueAt !== null ? (
        <div>
          <dt>Deadline</dt>
          <dd>
            {escalated ? 'It was asked once before. ' : ''}
            {escalated ? deadlines.DENY : deadlines[onDeadline]}
          </dd>
        </div>
      ) : null}
    </dl>
  )
}

import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { Question } from '../../lib/approvals.ts'
import { formatSpan } from '../../lib/format.ts'
import { useNow } from '../../lib/hooks.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { Ago } from '../../ui/time.tsx'
import { ApprovalForm } from './approval-form.tsx'
import css from './approvals.module.css'

const MarkdownText = lazy(async () => ({ default: (await import('../../ui/markdown.tsx')).MarkdownText }))

const kinds: Readonly<Record<string, { word: string; icon: IconName }>> = {
  PLAN: { word: 'Plan', icon: 'layers' },
  BUDGET: { word: 'Budget', icon: 'coin' },
  TOOL: { word: 'Tool', icon: 'terminal' },
  PUSH: { word: 'Push', icon: 'branch' },
  QUESTION: { word: 'Question', icon: 'ask' },
  GO: { word: 'Go', icon: 'play' },
  QUALITY: { word: 'Quality', icon: 'warning' },
}

type Props = {
  question: Question
  /** Whether `a` and `d` answer it. */
  keys?: boolean
  selected?: boolean
  /** Beside its run, which needs no telling then. */
  inRun?: boolean
}

/** One question, with all that a person needs in order to answer it. */
export function ApprovalCard({ question, keys = false, selected = false, inRun = false }: Props) {
  const { title, kind, body, run, task, taskIndex, requestedAt, quorum, votes, status } = question
  const { word, icon } = kinds[kind] ?? { word: 'Question', icon: 'ask' }
  const open = status === 'OPEN'
  return (
    <article className={css.card} data-selected={selected || undefined} data-settled={!open || undefined}>
      <header className={css.head}>
        <span className={css.kind} data-tone={open ? 'wait' : 'idle'}>
          <Icon name={icon} size={14} />
          {word}
        </span>
        <span className={css.when}>
          <Ago at={requestedAt} />
          {open && question.dueAt !== null ? <Left until={question.dueAt} /> : null}
        </span>
      </header>
      <h2 className={css.title}>{title}</h2>
      {inRun || run === null ? null : (
        <p className={css.from}>
          <Link to="/runs/$runId" params={{ runId: run.id }} search={{ task: taskIndex }}>
            {run.title}
          </Link>
          {task === null ? null : <span>, {task}</span>}
        </p>
      )}
      {body === '' ? null : (
        <div className={css.body}>
          <Suspense fallback={<p>{body}</p>}>
            <MarkdownText text={body} />
          </Suspense>
        </div>
      )}
      {quorum > 1 && open ? (
        <p className={css.from}>
          It takes {quorum} people; {votes} agreed so far.
        </p>
      ) : null}
      {open ? <ApprovalForm question={question} keys={keys} /> : <Settled question={question} />}
    </article>
  )
}

function Left({ until }: { until: number }) {
  const now = useNow()
  return <span className="tabular">, {until > now ? `${formatSpan(until - now)} left` : 'the time is over'}</span>
}

/** What came of it. */
function Settled({ question: { status, answer, answeredBy } }: { question: Question }) {
  if (status !== 'ANSWERED')
    return (
      <p className={css.end} data-tone="idle">
        {status === 'EXPIRED' ? 'Nobody answered in time, which counts as a no.' : 'Nobody waits for this any more.'}
      </p>
    )
  const said = answer as { approve?: boolean; reason?: string } | null
  const denied = said?.approve === false
  return (
    <p className={css.end} data-tone={denied ? 'bad' : 'good'}>
      <Icon name={denied ? 'close' : 'check'} size={14} />
      {answeredBy ?? 'Somebody'} {denied ? 'denied it' : said?.approve === true ? 'approved it' : 'answered it'}
      {said?.reason ? `: ${said.reason}` : ''}
    </p>
  )
}

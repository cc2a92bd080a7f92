import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { useApp } from '../../lib/app-context.ts'
import type { Question } from '../../lib/approvals.ts'
import { useShortcuts, useSignal } from '../../lib/hooks.ts'
import { useNarrow } from '../../lib/media.ts'
import { Bars, Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { inert } from '../../ui/inert.tsx'
import { Ago } from '../../ui/time.tsx'
import { ApprovalDetail } from './approval-detail.tsx'
import css from './approvals.module.css'
import { kindOf } from './kinds.ts'
import { Left } from './left.tsx'
import { type ApprovalContext, useApprovalContext } from './use-context.ts'

type Props = {
  /** Global id of the question that is open; undefined: the first one. */
  chosen: string | undefined
  onChoose(id: string | undefined): void
  evidence(context: ApprovalContext): ReactNode
}

/** Everything that people are asked, over all runs; one of them with all that is known about it. */
export function ApprovalInbox({ chosen, onChoose, evidence }: Props) {
  const { inbox } = useApp()
  const { state, open, settled, fault } = useSignal(inbox)
  const narrow = useNarrow()
  const all = [...open, ...settled]
  const known = all.find(({ id }) => id === chosen) ?? (narrow || chosen !== undefined ? null : (all[0] ?? null))
  // A link may lead to a question that was settled long ago.
  const { question: told, state: asked } = useApprovalContext(known === null ? (chosen ?? null) : null)
  const question = known ?? told
  useMoves(all, question, onChoose)
  if (state === 'loading') return <Bars rows={3} height={120} />
  if (state === 'failed')
    return (
      <Empty icon="warning" title="What is asked could not be read">
        {fault}
      </Empty>
    )
  if (all.length === 0 && chosen === undefined)
    return (
      <Empty icon="check" title="Nobody is asked anything">
        When a run needs a person, for a plan, for money, or before something leaves this machine, it asks here.
      </Empty>
    )
  return (
    <div className={css.inbox} data-open={question !== null || undefined}>
      <nav className={css.questions} aria-label="Questions">
        <Group title="Open" none="Nothing is open." questions={open} current={question} />
        <Group title="Settled just now" questions={settled} current={question} />
      </nav>
      {question === null ? (
        <Missing asked={asked} chosen={chosen} />
      ) : (
        <div className={css.place}>
          {narrow ? (
            <Link to="/approvals" className={css.back}>
              <Icon name="chevron" /> All questions
            </Link>
          ) : null}
          <ApprovalDetail key={question.id} question={question} evidence={evidence} />
        </div>
      )}
    </div>
  )
}

function Missing({ asked, chosen }: { asked: 'loading' | 'ready' | 'missing'; chosen: string | undefined }) {
  if (chosen === undefined) return null
  return asked === 'loading' ? (
    <Bars rows={3} height={80} />
  ) : (
    <Empty icon="search" title="There is no such question" action={<Link to="/approvals">All questions</Link>}>
      It may have been deleted with its run, or the address is not whole.
    </Empty>
  )
}

function useMoves(all: readonly Question[], current: Question | null, onChoose: Props['onChoose']): void {
  const place = all.findIndex(({ id }) => id === current?.id)
  const move = (step: number) => onChoose(all[Math.min(all.length - 1, Math.max(0, place + step))]?.id)
  useShortcuts([
    { keys: 'j', title: 'Next question', group: 'Approvals', run: () => move(1) },
    { keys: 'k', title: 'Previous question', group: 'Approvals', run: () => move(-1) },
    { keys: 'Escape', title: 'All questions', group: 'Approvals', run: () => onChoose(undefined) },
  ])
}

type GroupProps = { title: string; none?: string; questions: readonly Question[]; current: Question | null }

function Group({ title, none, questions, current }: GroupProps) {
  if (questions.length === 0 && none === undefined) return null
  return (
    <section aria-label={title}>
      <h2 className={css.groupTitle}>
        {title}
        {questions.length === 0 ? null : <span>{questions.length}</span>}
      </h2>
      {questions.length === 0 ? <p className={css.none}>{none}</p> : null}
      <ul>
        {questions.map(question => (
          <li key={question.id}>
            <Line question={question} current={question.id === current?.id} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Line({ question, current }: { question: Question; current: boolean }) {
  const { id, kind, title, run, task, requestedAt, dueAt, status, answeredBy } = question
  const line = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (current) line.current?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const { word, icon } = kindOf(kind)
  const open = status === 'OPEN'
  return (
    <Link
      ref={line}
      to="/approvals"
      search={{ approval: id }}
      replace
      className={css.line}
      aria-current={current || undefined}
      data-settled={!open || undefined}
    >
      <span className={css.lineIcon} data-tone={open ? 'wait' : 'idle'} title={word}>
        <Icon name={icon} />
      </span>
      <span className={css.lineWords}>
        <span className={css.lineTitle}>{inert(title)}</span>
        <span className={css.lineNote}>{inert([run?.title, task].filter(part => part).join(', '))}</span>
        <span className={css.lineNote}>
          {open ? (
            <Ago at={requestedAt} />
          ) : (
            `${answeredBy ?? 'nobody'} ${status === 'ANSWERED' ? 'answered' : 'waits any more'}`
          )}
          {open && dueAt !== null ? (
            <>
              {', '}
              <Left until={dueAt} />
            </>
          ) : null}
        </span>
      </span>
    </Link>
  )
}

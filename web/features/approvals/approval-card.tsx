import { Link } from '@tanstack/react-router'
import type { Question } from '../../lib/approvals.ts'
import { Icon } from '../../ui/icon.tsx'
import { inert } from '../../ui/inert.tsx'
import { LazyMarkdownText } from '../../ui/lazy-markdown.tsx'
import { Ago } from '../../ui/time.tsx'
import { ApprovalForm } from './approval-form.tsx'
import css from './approvals.module.css'
import { kindOf } from './kinds.ts'
import { Left } from './left.tsx'
import { Quorum } from './quorum.tsx'
import { Settled } from './settled.tsx'

type Props = {
  question: Question
  /** Whether `a` and `d` answer it. */
  keys?: boolean
}

/** One question beside its run: what is asked, and the form of the answer. */
export function ApprovalCard({ question, keys = false }: Props) {
  const { id, title, kind, body, requestedAt, status } = question
  const { word, icon } = kindOf(kind)
  const open = status === 'OPEN'
  return (
    <article className={css.card} data-settled={!open || undefined}>
      <header className={css.head}>
        <span className={css.kind} data-tone={open ? 'wait' : 'idle'}>
          <Icon name={icon} size={14} />
          {word}
        </span>
        <span className={css.when}>
          <Ago at={requestedAt} />
          {open && question.dueAt !== null ? (
            <>
              {', '}
              <Left until={question.dueAt} />
            </>
          ) : null}
        </span>
      </header>
      <h2 className={css.title}>{inert(title)}</h2>
      {body === '' ? null : (
        <div className={css.body}>
          <LazyMarkdownText text={body} />
        </div>
      )}
      <Quorum question={question} />
      {open ? <ApprovalForm question={question} keys={keys} /> : <Settled question={question} />}
      <p className={css.from}>
        <Link to="/approvals" search={{ approval: id }}>
          All that is known about it
        </Link>
      </p>
    </article>
  )
}

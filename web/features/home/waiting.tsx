import { Link } from '@tanstack/react-router'
import { useApp } from '../../lib/app-context.ts'
import { counted } from '../../lib/format.ts'
import { useSignal } from '../../lib/hooks.ts'
import { Bars } from '../../ui/empty.tsx'
import { Part } from '../../ui/page.tsx'
import { Ago } from '../../ui/time.tsx'
import css from './home.module.css'

const shown = 5

/** What people are asked, the longest first. */
export function Waiting() {
  const { inbox } = useApp()
  const { state, open, fault } = useSignal(inbox)
  return (
    <Part title="Waits for you" aside={open.length === 0 ? null : <Link to="/approvals">All {open.length}</Link>}>
      {state === 'loading' ? (
        <Bars rows={2} height={44} />
      ) : state === 'failed' ? (
        <p className={css.fault}>{fault}</p>
      ) : open.length === 0 ? (
        <p className={css.nothing}>Nothing. Agents ask here when they need a decision.</p>
      ) : (
        <ul className={css.questions} aria-label="Open questions">
          {open.slice(0, shown).map(question => (
            <li key={question.id} className={css.question}>
              <Link to="/approvals" search={{ approval: question.id }} className={css.asked}>
                {question.title}
              </Link>
              <span className={css.note}>
                {question.run === null ? '' : `${question.run.title} · `}
                asked <Ago at={question.requestedAt} />
              </span>
            </li>
          ))}
          {open.length > shown ? (
            <li className={css.note}>and {counted(open.length - shown, 'more', 'more')}</li>
          ) : null}
        </ul>
      )}
    </Part>
  )
}

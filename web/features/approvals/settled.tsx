import type { Question } from '../../lib/approvals.ts'
import { Icon } from '../../ui/icon.tsx'
import { inert } from '../../ui/inert.tsx'
import { Ago } from '../../ui/time.tsx'
import css from './approvals.module.css'

/** What came of a question: whose answer counted, and when. */
export function Settled({ question: { status, answer, answeredBy, closedAt } }: { question: Question }) {
  const when =
    closedAt === null ? null : (
      <>
        {', '}
        <Ago at={closedAt} />
      </>
    )
  if (status !== 'ANSWERED')
    return (
      <p className={css.end} data-tone="idle">
        {status === 'EXPIRED' ? 'Nobody answered in time, which counts as a no' : 'Nobody waits for this any more'}
        {when}
      </p>
    )
  const said = answer as { approve?: boolean; reason?: string } | null
  const denied = said?.approve === false
  return (
    <p className={css.end} data-tone={denied ? 'bad' : 'good'}>
      <Icon name={denied ? 'close' : 'check'} size={14} />
      <span>
        {inert(answeredBy ?? 'Somebody')}{' '}
        {denied ? 'denied it' : said?.approve === true ? 'approved it' : 'answered it'}
        {when}
        {said?.reason ? <>: {inert(said.reason)}</> : null}
      </span>
    </p>
  )
}

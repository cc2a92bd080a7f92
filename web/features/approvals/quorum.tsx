import type { Question } from '../../lib/approvals.ts'
import css from './approvals.module.css'

/** How many of those that it takes have agreed, as marks and as words; nothing where one is enough. */
export function Quorum({ question: { quorum, votes, status } }: { question: Question }) {
  if (quorum < 2) return null
  const agreed = status === 'ANSWERED' ? quorum : votes
  return (
    <p className={css.quorum}>
      <span className={css.votes} aria-hidden="true">
        {Array.from({ length: Math.min(quorum, 12) }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike.
          <i key={index} data-given={index < agreed || undefined} />
        ))}
      </span>
      {agreed} of {quorum} people have agreed; one refusal ends it.
    </p>
  )
}

import { toGlobalId } from '../../../domain/ids.ts'
import type { Artifact } from '../../../domain/run/state.ts'
import { counted } from '../../lib/format.ts'
import { useSignal } from '../../lib/hooks.ts'
import { useMoment, useRun } from '../../lib/run-context.ts'
import { useAnswer } from '../../lib/use-answer.ts'
import { useFork } from '../../lib/use-fork.ts'
import { Button } from '../../ui/button.tsx'
import css from './patch.module.css'
import { beforeMade, isByModel } from './provenance.ts'
import { isEmptyReview, type Mark, reviewText } from './review.ts'
import type { ReviewStore } from './use-review.ts'

type Props = {
  artifact: Artifact
  diffHash: string
  /** Of the whole change; null where not all of it was read. */
  hunks: number | null
  review: ReviewStore
}

/**
 * What was said about a change so far, and where it goes: into the answer of the question that waits for it, or to whoever
 * made it, who does it again in a fork, told what was said.
 */
export function ReviewBar({ artifact, diffHash, hunks, review }: Props) {
  const question = useRun(run => run?.approvals.find(one => one.status === 'OPEN' && isAbout(one.facts, diffHash)))
  const { answer, pending } = useAnswer({ id: toGlobalId('Approval', question?.id ?? artifact.id) })
  const run = useRun(one => one)
  const { log } = useSignal(useMoment().view)
  const { fork, pending: forking, refusal } = useFork(toGlobalId('Run', run?.id ?? artifact.id))
  const { draft } = review
  const marks = Object.values(draft.marks)
  if (question === undefined && isEmptyReview(draft)) return null
  const text = reviewText(draft)
  const send = async (approve: boolean) => {
    if (await answer({ approve, ...(text === '' ? {} : { reason: text.slice(0, 2_000) }) })) review.clear()
  }
  const maker = run?.tasks[artifact.taskIndex]
  const again = () => {
    if (run === null || maker === undefined) return
    const words = `A person has read the change that was made here before, and asks for this:\n${text}`
    const prompts = [{ role: maker.uses, text: words.slice(0, 8_000), replaces: false }]
    void fork({
      atSeq: beforeMade(artifact, log),
      changes: { title: `${run.title}, reviewed`.slice(0, 200), prompts },
      reason: 'reviewed by a person',
    })
  }
  return (
    <section className={css.review} aria-label="Your review">
      <p>
        {question === undefined ? null : <strong>{question.title} </strong>}
        {marksText(marks, hunks)} {draft.comments.length === 0 ? '' : `${counted(draft.comments.length, 'comment')}.`}
      </p>
      {isEmptyReview(draft) ? null : (
        <Button look="ghost" onClick={review.clear}>
          Take all back
        </Button>
      )}
      {refusal === null ? null : (
        <p className={css.refused} role="alert">
          {refusal.message} {refusal.hint}
        </p>
      )}
      {text === '' || maker === undefined || !isByModel(artifact, log) ? null : (
        <Button icon="branch" pending={forking} onClick={again}>
          Do it again in a fork
        </Button>
      )}
      {question === undefined ? null : (
        <>
          <Button icon="close" pending={pending?.approve === false} onClick={() => void send(false)}>
            {text === '' ? 'Deny' : 'Deny, with what was said'}
          </Button>
          <Button
            look="primary"
            icon="check"
            disabled={marks.includes('wrong')}
            pending={pending?.approve === true}
            onClick={() => void send(true)}
          >
            Approve
          </Button>
        </>
      )}
    </section>
  )
}

function marksText(marks: readonly Mark[], hunks: number | null): string {
  const right = marks.filter(mark => mark === 'right').length
  if (hunks === null)
    return marks.length === 0 ? 'No hunk is marked.' : `${right} marked as right, ${marks.length - right} as wrong.`
  return marks.length === 0
    ? `${counted(hunks, 'hunk')}, none of them marked.`
    : `${right} of ${counted(hunks, 'hunk')} right, ${marks.length - right} wrong.`
}

const isAbout = (facts: unknown, hash: string): boolean =>
  typeof facts === 'object' && facts !== null && 'diff' in facts && facts.diff === hash

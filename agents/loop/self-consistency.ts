/** The same question several times, where one answer is not enough: what most say counts, and the others are kept. */
import { OrreryError } from '../../domain/errors.ts'
import type { ModelReply } from '../../domain/model.ts'
import type { ModelAnswer, ModelAsk, TaskContext } from '../../domain/ports.ts'

export type Consistent = {
  chosen: ModelAnswer
  /** Samples that agree with the chosen one, itself included, and samples that came at all. */
  votes: number
  samples: number
  /** One of each other opinion, the most frequent first. */
  dissent: readonly ModelAnswer[]
}

/**
 * Asks the same `k` times and takes what most say; the earlier one where two are equal. A sample that does not come is left
 * out. Throws OrreryError UNAVAILABLE where none comes.
 */
export async function selfConsistency(
  context: Pick<TaskContext, 'model'>,
  ask: ModelAsk,
  k: number,
  same: (left: ModelReply, right: ModelReply) => boolean,
): Promise<Consistent> {
  const opinions: ModelAnswer[][] = []
  let failure: unknown = null
  for (let sample = 1; sample <= k; sample += 1) {
    try {
      const answer = await context.model({ ...ask, purpose: `${ask.purpose}, sample ${sample} of ${k}` })
      const like = opinions.find(([first]) => first !== undefined && same(first.reply, answer.reply))
      if (like === undefined) opinions.push([answer])
      else like.push(answer)
    } catch (error) {
      if (!(error instanceof OrreryError && error.code === 'UNAVAILABLE')) throw error
      failure = error
    }
  }
  const [most, ...others] = opinions.toSorted((left, right) => right.length - left.length)
  const chosen = most?.[0]
  if (most === undefined || chosen === undefined)
    throw new OrreryError('UNAVAILABLE', `none of ${k} samples came`, { retryable: true, cause: failure })
  const samples = opinions.reduce((sum, opinion) => sum + opinion.length, 0)
  return { chosen, votes: most.length, samples, dissent: others.flatMap(opinion => opinion.slice(0, 1)) }
}

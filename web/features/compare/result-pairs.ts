/** What two runs have made, thing by thing. */
import type { Artifact, Run } from '../../../domain/run/state.ts'
import { newestVersions, subjectOf } from '../../lib/artifact-versions.ts'

export type ResultPair = {
  readonly left: Artifact | null
  readonly right: Artifact | null
  /** The same bytes. */
  readonly same: boolean
}

/** The newest version of each thing on each side, what differs first. */
export function pairResults(left: Run, right: Run): ResultPair[] {
  const others = new Map(
    newestVersions(right.artifacts, right.tasks).map(({ newest }) => [subjectOf(newest, right.tasks), newest]),
  )
  const pairs = newestVersions(left.artifacts, left.tasks).map(({ newest }): ResultPair => {
    const subject = subjectOf(newest, left.tasks)
    const other = others.get(subject) ?? null
    others.delete(subject)
    return { left: newest, right: other, same: other?.hash === newest.hash }
  })
  const only = [...others.values()].map((artifact): ResultPair => ({ left: null, right: artifact, same: false }))
  return [...pairs, ...only].sort((a, b) => Number(a.same) - Number(b.same))
}

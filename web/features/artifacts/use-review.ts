/** A review that is being written. It is kept in the browser until it is sent: a reload loses no comment. */
import { useCallback, useMemo, useState } from 'react'
import {
  isEmptyReview,
  type LineComment,
  type Mark,
  noReview,
  type ReviewDraft,
  withComment,
  withMark,
} from './review.ts'

export type ReviewStore = {
  readonly draft: ReviewDraft
  mark(hunkKey: string, mark: Mark): void
  comment(comment: LineComment): void
  clear(): void
}

const keyOf = (artifactId: string) => `orrery.review.${artifactId}`

export function useReview(artifactId: string): ReviewStore {
  const [draft, setDraft] = useState(() => read(artifactId))
  const change = useCallback(
    (next: (draft: ReviewDraft) => ReviewDraft) =>
      setDraft(before => {
        const after = next(before)
        write(artifactId, after)
        return after
      }),
    [artifactId],
  )
  return useMemo(
    () => ({
      draft,
      mark: (key, mark) => change(before => withMark(before, key, mark)),
      comment: comment => change(before => withComment(before, comment)),
      clear: () => change(() => noReview),
    }),
    [draft, change],
  )
}

function read(artifactId: string): ReviewDraft {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(artifactId)) ?? 'null')
    return isDraft(kept) ? kept : noReview
  } catch {
    return noReview
  }
}

const isDraft = (value: unknown): value is ReviewDraft =>
  typeof value === 'object' &&
  value !== null &&
  'marks' in value &&
  'comments' in value &&
  Array.isArray(value.comments)

function write(artifactId: string, draft: ReviewDraft): void {
  try {
    if (isEmptyReview(draft)) sessionStorage.removeItem(keyOf(artifactId))
    else sessionStorage.setItem(keyOf(artifactId), JSON.stringify(draft))
  } catch {
    // Where storage is forbidden the review lasts as long as the page.
  }
}

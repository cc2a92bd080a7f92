/** What a person says about a change while reading it: a word on each hunk, and comments on lines. */

/** A line as it stands before or after the change. */
export type LinePlace = { readonly file: string; readonly side: 'before' | 'after'; readonly line: number }
export type LineComment = LinePlace & { readonly text: string }
export type Mark = 'right' | 'wrong'
export type ReviewDraft = {
  /** By `file#hunk`. */
  readonly marks: Readonly<Record<string, Mark>>
  readonly comments: readonly LineComment[]
}

export const noReview: ReviewDraft = { marks: {}, comments: [] }
export const hunkKey = (file: string, hunk: number): string => `${file}#${hunk}`
export const isSamePlace = (one: LinePlace, other: LinePlace): boolean =>
  one.file === other.file && one.line === other.line && one.side === other.side
export const isEmptyReview = ({ marks, comments }: ReviewDraft): boolean =>
  comments.length === 0 && Object.keys(marks).length === 0

/** Marking a hunk as it is marked already takes the mark away. */
export function withMark(draft: ReviewDraft, key: string, mark: Mark): ReviewDraft {
  const { [key]: before, ...marks } = draft.marks
  return { ...draft, marks: before === mark ? marks : { ...marks, [key]: mark } }
}

/** One comment a place; an empty text takes it away. */
export function withComment(draft: ReviewDraft, comment: LineComment): ReviewDraft {
  const others = draft.comments.filter(one => !isSamePlace(one, comment))
  return { ...draft, comments: comment.text.trim() === '' ? others : [...others, comment] }
}

/** What is sent, for a person or an agent to act on: a line for each comment and for each hunk that is wrong. */
export function reviewText({ marks, comments }: ReviewDraft): string {
  const said = comments.map(
    ({ file, side, line, text }) => `${file}:${line}${side === 'before' ? ' (as it was before)' : ''}: ${text.trim()}`,
  )
  const commented = new Set(comments.map(({ file }) => file))
  const wrong = Object.entries(marks)
    .filter(([key, mark]) => mark === 'wrong' && !commented.has(key.slice(0, key.lastIndexOf('#'))))
    .map(([key]) => `${key.replace(/#(\d+)$/, ', hunk $1')}: this is not right.`)
  return [...said, ...wrong].join('\n')
}

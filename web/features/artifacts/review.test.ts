import { expect, test } from 'vitest'
import { hunkKey, isEmptyReview, noReview, reviewText, withComment, withMark } from './review.ts'

const place = { file: 'src/a.ts', side: 'after', line: 12 } as const

test('one comment a line; an empty one takes it away', () => {
  const first = withComment(noReview, { ...place, text: 'why?' })
  const second = withComment(first, { ...place, text: 'how?' })
  expect(second.comments).toEqual([{ ...place, text: 'how?' }])
  expect(isEmptyReview(second)).toBe(false)
  expect(isEmptyReview(withComment(second, { ...place, text: '  ' }))).toBe(true)
  expect(withComment(first, { ...place, side: 'before', text: 'and here?' }).comments).toHaveLength(2)
})

test('a mark is set, changed, and taken away by setting it again', () => {
  const key = hunkKey('a.ts', 2)
  const right = withMark(noReview, key, 'right')
  expect(right.marks).toEqual({ 'a.ts#2': 'right' })
  expect(withMark(right, key, 'wrong').marks).toEqual({ 'a.ts#2': 'wrong' })
  expect(withMark(right, key, 'right').marks).toEqual({})
})

test('what is sent names places; a wrong hunk of a file that is commented on needs no further word', () => {
  let draft = withComment(noReview, { ...place, text: ' rounds twice ' })
  draft = withComment(draft, { ...place, side: 'before', line: 3, text: 'keep this' })
  draft = withMark(draft, hunkKey('src/a.ts', 1), 'wrong')
  draft = withMark(draft, hunkKey('b#c.ts', 4), 'wrong')
  draft = withMark(draft, hunkKey('d.ts', 1), 'right')
  expect(reviewText(draft).split('\n')).toEqual([
    'src/a.ts:12: rounds twice',
    'src/a.ts:3 (as it was before): keep this',
    'b#c.ts, hunk 4: this is not right.',
  ])
})

import { describe, expect, test } from 'vitest'
import { parseDiff } from './diff.ts'
import { changedPart, type DiffRow, diffRows, type RowOptions } from './diff-rows.ts'

const files = parseDiff(
  [
    'diff --git a/a.ts b/a.ts',
    '--- a/a.ts',
    '+++ b/a.ts',
    '@@ -1,4 +1,5 @@ begin',
    ' one',
    '-two',
    '-three',
    '+TWO',
    '+THREE',
    '+more',
    ' four',
    '\\ No newline at end of file',
    '@@ -20 +21 @@',
    '-old',
    '+new',
    'diff --git a/b.png b/b.png',
    'Binary files a/b.png and b/b.png differ',
  ].join('\n'),
)
const options: RowOptions = { layout: 'unified', folded: new Set(), comments: [], writing: null }

const said = (row: DiffRow): string => {
  switch (row.kind) {
    case 'line':
      return `${row.line.kind} ${row.line.text}${row.partner === null ? '' : ` ~ ${row.partner.text}`}`
    case 'pair':
      return `${row.left?.text ?? ''} | ${row.right?.text ?? ''}`
    case 'hunk':
      return `hunk ${row.hunk.number}`
    case 'comment':
      return `comment ${row.comment.text}`
    case 'form':
      return `form ${row.text}`
    default:
      return `${row.kind} ${row.file.path}`
  }
}

describe('rows', () => {
  test('beneath each other: what went, then what came, each with what it stands for', () => {
    expect(diffRows(files, options).map(said)).toEqual([
      ...['file a.ts', 'hunk 1', 'same one', 'removed two ~ TWO', 'removed three ~ THREE', 'added TWO ~ two'],
      ...['added THREE ~ three', 'added more', 'same four', 'note No newline at end of file'],
      ...['hunk 2', 'removed old ~ new', 'added new ~ old', 'file b.png', 'none b.png'],
    ])
  })

  test('beside each other', () => {
    expect(diffRows(files, { ...options, layout: 'split' }).map(said)).toEqual([
      ...['file a.ts', 'hunk 1', 'one | one', 'two | TWO', 'three | THREE', ' | more', 'four | four'],
      ...['note No newline at end of file', 'hunk 2', 'old | new', 'file b.png', 'none b.png'],
    ])
  })

  test('of a folded file only its head', () => {
    const folded = new Set(['a.ts'])
    expect(diffRows(files, { ...options, folded }).map(said)).toEqual(['file a.ts', 'file b.png', 'none b.png'])
  })

  test.each(['unified', 'split'] as const)('%s: what is said stands once, below its line', layout => {
    const comments = [
      { file: 'a.ts', side: 'after', line: 2, text: 'loud' },
      { file: 'a.ts', side: 'after', line: 5, text: 'last' },
      { file: 'a.ts', side: 'before', line: 20, text: 'gone' },
    ] as const
    const rows = diffRows(files, { ...options, layout, comments, writing: comments[1] }).map(said)
    const below = (text: string) => rows[rows.indexOf(text) - 1]
    expect(below('comment loud')).toMatch(/TWO/)
    expect(below('form last')).toMatch(/four/)
    expect(below('comment gone')).toMatch(/old/)
    expect(rows.filter(row => /^(comment|form)/.test(row))).toHaveLength(3)
  })
})

test.each([
  ['return a + b', 'return a - b', [9, 10]],
  ['call(x, y)', 'call(x)', [6, 9]],
  ['the same', 'the same', null],
  ['wholly', 'another', null],
  ['', 'x', null],
])('of %j beside %j the part %j is marked', (text, partner, part) => {
  expect(changedPart(text, partner)).toEqual(part)
})

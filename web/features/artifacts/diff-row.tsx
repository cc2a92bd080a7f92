import { useEffect, useRef, useState } from 'react'
import { formatCount } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { inert, visibleText } from '../../ui/inert.tsx'
import type { DiffFile, DiffHunk, DiffLine } from './diff.ts'
import { LineText } from './diff-line.tsx'
import type { DiffRow } from './diff-rows.ts'
import type { DiffPlace } from './diff-state.ts'
import css from './diff-view.module.css'
import type { LineTokens } from './highlight.ts'
import { hunkKey, type LineComment, type LinePlace } from './review.ts'
import type { ReviewStore } from './use-review.ts'

export type RowActions = {
  review: ReviewStore | null
  current: DiffPlace | null
  /** Colours of a line; null while they are not there. */
  tokensOf(file: DiffFile, line: DiffLine): LineTokens | null
  onFold(path: string): void
  onPlace(place: DiffPlace): void
  onWrite(place: LinePlace | null): void
}

export function DiffRowView({ row, actions }: { row: DiffRow; actions: RowActions }) {
  switch (row.kind) {
    case 'file':
      return <FileHead file={row.file} folded={row.folded} onFold={actions.onFold} />
    case 'none':
      return <p className={css.none}>{row.file.note ?? (row.file.binary ? 'Not text.' : 'No line differs.')}</p>
    case 'hunk':
      return <HunkHead file={row.file} hunk={row.hunk} actions={actions} />
    case 'line':
      return <UnifiedLine row={row} actions={actions} />
    case 'pair':
      return <PairedLines row={row} actions={actions} />
    case 'comment':
      return <Comment comment={row.comment} actions={actions} />
    case 'form':
      return <CommentForm place={row.place} text={row.text} actions={actions} />
  }
}

function FileHead({ file, folded, onFold }: { file: DiffFile; folded: boolean; onFold(path: string): void }) {
  return (
    <button type="button" className={css.fileHead} aria-expanded={!folded} onClick={() => onFold(file.path)}>
      <Icon name="chevron" />
      <code className={css.path}>{inert(file.path)}</code>
      {file.binary ? null : (
        <>
          <span className={css.plus}>+{formatCount(file.added)}</span>
          <span className={css.minus}>−{formatCount(file.removed)}</span>
        </>
      )}
    </button>
  )
}

function HunkHead({ file, hunk, actions }: { file: DiffFile; hunk: DiffHunk; actions: RowActions }) {
  const { review, current } = actions
  const key = hunkKey(file.path, hunk.number)
  const mark = review?.draft.marks[key]
  const open = current?.file === file.path && current.hunk === hunk.number
  const label = `Hunk ${hunk.number} of ${visibleText(file.path)}`
  return (
    <div className={css.hunk} data-current={open || undefined} data-mark={mark}>
      <button
        type="button"
        className={css.hunkName}
        aria-current={open || undefined}
        onClick={() => actions.onPlace({ file: file.path, hunk: hunk.number })}
      >
        <span className="sr-only">{label}, </span>
        <span>{rangeOf(hunk)}</span>
        <code>{inert(hunk.head.slice(0, 200))}</code>
      </button>
      {review === null ? null : (
        <span className={css.marks}>
          <button type="button" aria-pressed={mark === 'right'} onClick={() => review.mark(key, 'right')}>
            <Icon name="check" size={13} />
            <span>Right</span>
            <span className="sr-only">: {label}</span>
          </button>
          <button type="button" aria-pressed={mark === 'wrong'} onClick={() => review.mark(key, 'wrong')}>
            <Icon name="close" size={13} />
            <span>Wrong</span>
            <span className="sr-only">: {label}</span>
          </button>
        </span>
      )}
    </div>
  )
}

function rangeOf({ lines }: DiffHunk): string {
  const numbers = lines.map(({ after, before }) => after ?? before).filter(one => one !== null)
  const [first, last] = [numbers[0], numbers.at(-1)]
  return first === undefined ? '⋯' : first === last ? `line ${first}` : `lines ${first}–${last}`
}

const spoken = { added: 'added: ', removed: 'removed: ', same: '', note: '' }
const signs = { added: '+', removed: '−', same: '', note: '' }

type LineRow = Extract<DiffRow, { kind: 'line' }>
type PairRow = Extract<DiffRow, { kind: 'pair' }>

function UnifiedLine({ row: { file, line, partner }, actions }: { row: LineRow; actions: RowActions }) {
  return (
    <div className={css.line} data-kind={line.kind}>
      <LineNumber file={file} line={line} side="before" actions={actions} />
      <LineNumber file={file} line={line} side="after" actions={actions} />
      <Words file={file} line={line} partner={partner} actions={actions} />
    </div>
  )
}

function PairedLines({ row: { file, left, right }, actions }: { row: PairRow; actions: RowActions }) {
  return (
    <div className={css.pair}>
      {([left, right] as const).map((line, index) => (
        <div key={index === 0 ? 'before' : 'after'} className={css.half} data-kind={line?.kind ?? 'absent'}>
          {line === null ? null : (
            <>
              <LineNumber file={file} line={line} side={index === 0 ? 'before' : 'after'} actions={actions} />
              <Words file={file} line={line} partner={index === 0 ? right : left} actions={actions} />
            </>
          )}
        </div>
      ))}
    </div>
  )
}

type LineNumberProps = { file: DiffFile; line: DiffLine; side: 'before' | 'after'; actions: RowActions }

/** The number of a line, and where one says something about it. */
function LineNumber({ file, line, side, actions }: LineNumberProps) {
  const number = line[side]
  if (number === null || actions.review === null) return <span className={css.number}>{number ?? ''}</span>
  return (
    <button
      type="button"
      tabIndex={-1}
      className={css.number}
      aria-label={`Comment on line ${number}${side === 'before' ? ' as it was' : ''}`}
      onClick={() => actions.onWrite({ file: file.path, side, line: number })}
    >
      {number}
    </button>
  )
}

type WordsProps = { file: DiffFile; line: DiffLine; partner: DiffLine | null; actions: RowActions }

function Words({ file, line, partner, actions }: WordsProps) {
  const { kind, text } = line
  return (
    <span className={css.text}>
      <span className={css.sign} aria-hidden="true">
        {signs[kind]}
      </span>
      {spoken[kind] === '' ? null : <span className="sr-only">{spoken[kind]}</span>}
      <LineText
        text={text}
        partner={kind === 'added' || kind === 'removed' ? (partner?.text ?? null) : null}
        tokens={actions.tokensOf(file, line)}
      />
    </span>
  )
}

function Comment({ comment, actions }: { comment: LineComment; actions: RowActions }) {
  return (
    <div className={css.comment}>
      <p className={css.commentText}>{inert(comment.text)}</p>
      <Button look="ghost" onClick={() => actions.onWrite(comment)}>
        Edit
      </Button>
    </div>
  )
}

function CommentForm({ place, text, actions }: { place: LinePlace; text: string; actions: RowActions }) {
  const [value, setValue] = useState(text)
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => area.current?.focus({ preventScroll: true }), [])
  const save = () => {
    actions.review?.comment({ ...place, text: value })
    actions.onWrite(null)
  }
  return (
    <form
      className={css.commentForm}
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
    >
      <textarea
        ref={area}
        rows={3}
        maxLength={1_000}
        aria-label={`Comment on line ${place.line} of ${visibleText(place.file)}`}
        value={value}
        onChange={event => setValue(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) save()
          if (event.key !== 'Escape') return
          event.stopPropagation()
          actions.onWrite(null)
        }}
      />
      <footer>
        <Button look="primary" type="submit">
          {text === '' ? 'Comment' : 'Save'}
        </Button>
        <Button onClick={() => actions.onWrite(null)}>Never mind</Button>
        {text === '' ? null : (
          <Button
            look="ghost"
            onClick={() => {
              actions.review?.comment({ ...place, text: '' })
              actions.onWrite(null)
            }}
          >
            Take it back
          </Button>
        )}
      </footer>
    </form>
  )
}

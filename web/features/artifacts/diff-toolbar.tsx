import type { ReactNode } from 'react'
import { counted } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { useNarrow } from '../../lib/media.ts'
import { Button } from '../../ui/button.tsx'
import { controlClass } from '../../ui/field.tsx'
import { visibleText } from '../../ui/inert.tsx'
import type { DiffFile, DiffHunk } from './diff.ts'
import type { DiffPlace, DiffState } from './diff-state.ts'
import css from './diff-view.module.css'
import { hunkKey, type LinePlace } from './review.ts'
import type { ReviewStore } from './use-review.ts'

type Props = {
  files: readonly DiffFile[]
  state: DiffState
  review: ReviewStore | null
  /** Where one is: what was asked for, or what stands at the upper edge. */
  current: DiffPlace | null
  onWrite(place: LinePlace): void
  actions: ReactNode
}

/** Where one is in a diff, and the way to the next place. */
export function DiffToolbar({ files, state, review, current, onWrite, actions }: Props) {
  const narrow = useNarrow()
  const hunks = files.flatMap(file => file.hunks.map(hunk => ({ file, hunk })))
  const place = hunks.findIndex(({ file, hunk }) => file.path === current?.file && hunk.number === current.hunk)
  const go = (step: number) => {
    const from = place < 0 && step > 0 && state.at === null ? 0 : place + step
    const next = hunks[Math.min(hunks.length - 1, Math.max(0, from))]
    if (next !== undefined) state.change({ at: { file: next.file.path, hunk: next.hunk.number } })
  }
  const goFile = (step: number) => {
    const index = files.findIndex(({ path }) => path === current?.file)
    const next = files[Math.min(files.length - 1, Math.max(0, index + step))]
    if (next !== undefined) state.change({ at: { file: next.path, hunk: 0 } })
  }
  const open = hunks[place] ?? null
  const mark = (word: 'right' | 'wrong') => {
    if (open === null || review === null) return
    review.mark(hunkKey(open.file.path, open.hunk.number), word)
    if (word === 'right') go(1)
  }
  const toggleLayout = () => state.change({ layout: state.layout === 'split' ? 'unified' : 'split' })
  const toggleSpace = () => state.change({ ignoresSpace: !state.ignoresSpace })
  useShortcuts([
    { keys: 'n', title: 'Next hunk', group: 'Changes', run: () => go(1) },
    { keys: 'p', title: 'Previous hunk', group: 'Changes', run: () => go(-1) },
    { keys: ']', title: 'Next file', group: 'Changes', run: () => goFile(1) },
    { keys: '[', title: 'Previous file', group: 'Changes', run: () => goFile(-1) },
    { keys: 'u', title: 'Change between one column and two', group: 'Changes', run: toggleLayout },
    { keys: 'i', title: 'Show or hide changes of white space', group: 'Changes', run: toggleSpace },
    ...(review === null
      ? []
      : [
          { keys: 'y', title: 'Mark the hunk as right, and go on', group: 'Changes', run: () => mark('right') },
          { keys: 'x', title: 'Mark the hunk as wrong', group: 'Changes', run: () => mark('wrong') },
          {
            keys: 'c',
            title: 'Comment on the hunk',
            group: 'Changes',
            run: () => {
              const line = open === null ? null : firstChange(open.hunk)
              if (open !== null && line !== null) onWrite({ file: open.file.path, ...line })
            },
          },
        ]),
  ])
  return (
    <div className={css.toolbar} role="toolbar" aria-label="Changes">
      <select
        className={`${controlClass} ${css.files}`}
        aria-label="File"
        value={current?.file ?? ''}
        onChange={event => state.change({ at: { file: event.target.value, hunk: 0 } })}
      >
        {current === null ? <option value="">{counted(files.length, 'file')}</option> : null}
        {files.map(({ path, added, removed }) => (
          <option key={path} value={path}>
            {visibleText(path)} (+{added} −{removed})
          </option>
        ))}
      </select>
      <span className={css.steps}>
        <Button look="ghost" keys="p" disabled={hunks.length === 0} onClick={() => go(-1)}>
          Back
        </Button>
        <span className={css.count} role="status">
          {place < 0 ? counted(hunks.length, 'hunk') : `${place + 1} of ${counted(hunks.length, 'hunk')}`}
        </span>
        <Button look="ghost" keys="n" disabled={hunks.length === 0} onClick={() => go(1)}>
          Next
        </Button>
      </span>
      <span className={css.toggles}>
        {narrow ? null : (
          <Button look="ghost" keys="u" aria-pressed={state.layout === 'split'} onClick={toggleLayout}>
            Two columns
          </Button>
        )}
        <Button look="ghost" keys="i" aria-pressed={state.ignoresSpace} onClick={toggleSpace}>
          Without white space
        </Button>
      </span>
      {actions}
    </div>
  )
}

function firstChange({ lines }: DiffHunk): Omit<LinePlace, 'file'> | null {
  const line = lines.find(({ kind }) => kind === 'added') ?? lines.find(({ kind }) => kind === 'removed')
  if (line === undefined) return null
  return line.after === null ? { side: 'before', line: line.before ?? 1 } : { side: 'after', line: line.after }
}

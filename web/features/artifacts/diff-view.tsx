/**
 * A diff of any length: of its rows only those exist that are seen, so 5,000 lines open like 50. Lines wrap, and rows are
 * measured as they come; a line that nobody would read to its end is cut and counted.
 */
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useNarrow } from '../../lib/media.ts'
import { Empty } from '../../ui/empty.tsx'
import type { DiffFile } from './diff.ts'
import { DiffRowView, type RowActions } from './diff-row.tsx'
import { type DiffRow, diffRows } from './diff-rows.ts'
import type { DiffPlace, DiffState } from './diff-state.ts'
import { DiffToolbar } from './diff-toolbar.tsx'
import css from './diff-view.module.css'
import { ignoreSpace } from './ignore-space.ts'
import { type LinePlace, noReview } from './review.ts'
import type { ReviewStore } from './use-review.ts'
import { useTokens } from './use-tokens.ts'

export type Folding = { readonly folded: ReadonlySet<string>; toggle(path: string): void }

type Props = {
  files: readonly DiffFile[]
  state: DiffState
  /** What is read is called so by those who listen. */
  label: string
  /** Lets one mark hunks and write comments; null: it is only read. */
  review?: ReviewStore | null
  /** Of which files only the head is drawn, where whoever shows them has a say in it. */
  folding?: Folding
  /** Stands at the end of the bar above. */
  actions?: ReactNode
}

/** Pixels, as the style sheet draws them; what wraps is measured. */
const heights: Readonly<Record<DiffRow['kind'], number>> = {
  file: 38,
  none: 40,
  hunk: 30,
  line: 20,
  pair: 20,
  comment: 64,
  form: 150,
}

export function DiffView({ files, state, label, review = null, folding, actions }: Props) {
  const own = useFolding()
  const { folded, toggle } = folding ?? own
  const [writing, write] = useState<LinePlace | null>(null)
  const narrow = useNarrow()
  const layout = narrow ? 'unified' : state.layout
  const shown = useMemo(() => (state.ignoresSpace ? ignoreSpace(files) : files), [files, state.ignoresSpace])
  const draft = review?.draft ?? noReview
  const rows = useMemo(
    () => diffRows(shown, { layout, folded, comments: draft.comments, writing }),
    [shown, layout, folded, draft.comments, writing],
  )
  const scroller = useRef<HTMLElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: index => heights[rows[index]?.kind ?? 'line'],
    overscan: 12,
    initialRect: { width: 0, height: 800 },
    scrollPaddingStart: heights.file,
  })
  useReveal(virtualizer, rows, state.at)
  const tokensOf = useTokens(shown)
  const items = virtualizer.getVirtualItems()
  const top = firstBelow(virtualizer, items)
  const head = rows[top]?.kind === 'file' ? null : (rows[top]?.file ?? null)
  const rowActions: RowActions = {
    review,
    current: state.at,
    tokensOf,
    onFold: toggle,
    onPlace: at => state.change({ at }),
    onWrite: write,
  }
  return (
    <div className={css.diff}>
      <DiffToolbar
        files={shown}
        state={state}
        review={review}
        current={state.at ?? placeOf(rows[top])}
        onWrite={write}
        actions={actions}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key. */}
      <section ref={scroller} className={css.scroller} aria-label={label} tabIndex={0}>
        {rows.length === 0 ? (
          <Empty icon="check" title="Nothing differs">
            Both sides are the same.
          </Empty>
        ) : (
          <>
            {head === null ? null : <div className={css.sticky}>{head.path}</div>}
            <div className={css.whole} style={{ height: virtualizer.getTotalSize() }}>
              <div className={css.shown} style={{ top: items[0]?.start ?? 0 }}>
                {items.map(({ index }) => {
                  const row = rows[index]
                  return row === undefined ? null : (
                    <div key={index} ref={virtualizer.measureElement} data-index={index}>
                      <DiffRowView row={row} actions={rowActions} />
                    </div>
                  )
                })}
              </div>
            </div>
          </>
        )}
      </section>
    </div>
  )
}

function useFolding(): Folding {
  const [folded, fold] = useState<ReadonlySet<string>>(new Set())
  return { folded, toggle: path => fold(toggled(folded, path)) }
}

const toggled = (set: ReadonlySet<string>, path: string): ReadonlySet<string> =>
  new Set(set.has(path) ? [...set].filter(one => one !== path) : [...set, path])

/** The row at the upper edge. */
function firstBelow(
  { scrollOffset }: Virtualizer<HTMLElement, Element>,
  items: readonly { index: number; end: number }[],
) {
  return (items.find(({ end }) => end > (scrollOffset ?? 0) + 1) ?? items[0])?.index ?? 0
}

function placeOf(row: DiffRow | undefined): DiffPlace | null {
  if (row === undefined) return null
  return { file: row.file.path, hunk: 'hunk' in row ? row.hunk.number : 0 }
}

/** Brings the place that is asked for into view as soon as it is there, and stays until another one is asked for. */
function useReveal(
  virtualizer: Virtualizer<HTMLElement, Element>,
  rows: readonly DiffRow[],
  at: DiffPlace | null,
): void {
  const seen = useRef('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the diff moves to a place once, however it grows afterwards.
  useEffect(() => {
    const wanted = at === null ? '' : `${at.hunk} ${at.file}`
    if (at === null || wanted === seen.current) return
    const index = rows.findIndex(
      row =>
        row.file.path === at.file &&
        (at.hunk === 0 ? row.kind === 'file' : row.kind === 'hunk' && row.hunk.number === at.hunk),
    )
    if (index < 0) return
    seen.current = wanted
    virtualizer.scrollToIndex(index, { align: 'start' })
  }, [at?.file, at?.hunk, rows])
}

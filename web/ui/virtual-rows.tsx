/**
 * A list of rows of one height, of which only the visible ones exist: 100,000 cost what 40 cost.
 *
 * In follow mode the last rows are rendered because they are the last, and not because of where the list is scrolled to:
 * under 5,000 events/s a list that follows by scrolling is blank while its frame rate is perfect. Rows are placed with
 * `top`: `translateY` loses its precision beyond a million pixels.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import css from './virtual-rows.module.css'

type Props = {
  count: number
  /** Pixels. */
  rowHeight: number
  children: (index: number) => ReactNode
  /** Stay at the end while rows are added. Scrolling up asks for false, reaching the end for true. */
  follow?: boolean
  onFollow?: (follow: boolean) => void
  /** Brings this row into view whenever it changes. */
  reveal?: number | null
  /** list: rows are `li` · listbox: rows are options, and the list has the keys · log: rows are lines. */
  kind: 'list' | 'listbox' | 'log'
  label: string
  /** Id of the active option of a listbox. */
  active?: string | undefined
  onKeyDown?: (event: React.KeyboardEvent) => void
}

export function VirtualRows(props: Props) {
  const { count, rowHeight, children, follow = false, onFollow, reveal = null, kind, onKeyDown } = props
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialRect: { width: 0, height: 800 },
  })
  const height = virtualizer.scrollRect?.height ?? 800
  const following = usePin(scroller, { follow, count, height })
  useReveal(virtualizer.scrollToIndex, follow ? null : reveal, count)

  const lastTop = useRef(0)
  const leave = () => {
    lastTop.current = scroller.current?.scrollTop ?? 0
    if (following.current) onFollow?.(false)
    following.current = false
  }
  const onScroll = () => {
    const element = scroller.current
    if (element === null || onFollow === undefined) return
    const { scrollTop, scrollHeight, clientHeight } = element
    const distance = scrollHeight - scrollTop - clientHeight
    if (following.current && distance > rowHeight * 1.5) leave()
    // Only going down leads back to the end: whoever has just left it stands there still.
    else if (!following.current && distance < 2 && scrollTop > lastTop.current) onFollow(true)
    lastTop.current = scrollTop
  }
  const shown = follow
    ? lastRows(count, Math.ceil(height / rowHeight) + 2)
    : virtualizer.getVirtualItems().map(row => row.index)
  const first = shown[0] ?? 0
  const Rows = kind === 'list' ? 'ul' : 'div'
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what scrolls hears of being scrolled.
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: each of its roles takes a label.
    <div
      ref={scroller}
      className={css.scroller}
      role={kind === 'list' ? 'region' : kind}
      aria-label={props.label}
      aria-activedescendant={props.active}
      tabIndex={0}
      onScroll={onScroll}
      onWheel={event => event.deltaY < 0 && leave()}
      onTouchMove={leave}
      onKeyDown={event => {
        if (['ArrowUp', 'PageUp', 'Home', 'k'].includes(event.key)) leave()
        onKeyDown?.(event)
      }}
    >
      <div className={css.whole} style={{ height: count * rowHeight }} role="presentation">
        <Rows
          className={css.shown}
          style={{ top: first * rowHeight }}
          role={kind === 'list' ? undefined : 'presentation'}
        >
          {shown.map(children)}
        </Rows>
      </div>
    </div>
  )
}

/** Keeps the scroll position at the end before anything is painted; the answer says whether it still does. */
function usePin(
  scroller: React.RefObject<HTMLDivElement | null>,
  { follow, count, height }: { follow: boolean; count: number; height: number },
) {
  const following = useRef(follow)
  const asked = useRef(follow)
  // biome-ignore lint/correctness/useExhaustiveDependencies: more rows or another height move the end.
  useLayoutEffect(() => {
    // Rows that arrive before the answer to a scroll are no reason to jump back to the end.
    if (asked.current !== follow) following.current = follow
    asked.current = follow
    if (following.current && scroller.current !== null) scroller.current.scrollTop = scroller.current.scrollHeight
  }, [scroller, follow, count, height])
  return following
}

function useReveal(
  scrollToIndex: (index: number, options: { align: 'auto' }) => void,
  reveal: number | null,
  count: number,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the row moves the list, never a new row.
  useEffect(() => {
    if (reveal !== null && reveal >= 0 && reveal < count) scrollToIndex(reveal, { align: 'auto' })
  }, [reveal])
}

const lastRows = (count: number, rows: number): number[] => {
  const first = Math.max(0, count - rows)
  return Array.from({ length: count - first }, (_, index) => first + index)
}

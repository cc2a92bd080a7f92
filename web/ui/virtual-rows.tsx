/**
 * A list of rows of one height, of which only the visible ones exist: 100,000 cost what 40 cost.
 *
 * In follow mode the last rows are rendered because they are the last, and not because of where the list is scrolled to:
 * under 5,000 events/s a list that follows by scrolling is blank while its frame rate is perfect. Rows are placed with
 * `top`: `translateY` loses its precision beyond a million pixels.
 */
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useSpareRows } from './spare-rows.ts'
import css from './virtual-rows.module.css'

/** Rows beyond the edges that exist. */
const overscan = 12

type Props = {
  count: number
  /** Pixels. */
  rowHeight: number
  /**
   * `slot`: where rows go while others come, the one that comes may take the place of the one that went, by this as its
   * key. Only for rows without anything of their own, such as what is opened in them.
   */
  children: (index: number, slot: number) => ReactNode
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
  const height = useHeight(scroller)
  const following = usePin(scroller, { follow, count, height })
  useReveal(scroller, { reveal: follow ? null : reveal, count, rowHeight })

  const lastTop = useRef(0)
  // Where the list stands is read when it is drawn; another row at its top is a reason to draw it.
  const [, setTopRow] = useState(0)
  const leave = () => {
    lastTop.current = scroller.current?.scrollTop ?? 0
    if (following.current) onFollow?.(false)
    following.current = false
  }
  const onScroll = () => {
    const element = scroller.current
    if (element === null) return
    const { scrollTop, scrollHeight, clientHeight } = element
    const distance = scrollHeight - scrollTop - clientHeight
    const down = scrollTop > lastTop.current
    lastTop.current = scrollTop
    if (!follow) setTopRow(Math.floor(scrollTop / rowHeight))
    if (onFollow === undefined) return
    if (following.current && distance > rowHeight * 1.5) leave()
    // Only going down leads back to the end: whoever has just left it stands there still.
    else if (!following.current && distance < 2 && down) onFollow(true)
  }
  const fits = Math.ceil(height / rowHeight)
  const [spare] = useSpareRows()
  const beyond = spare ? overscan : 1
  const shown = follow
    ? rowsFrom(count - fits - 2, count, count)
    : rowsFrom(
        Math.floor(lastTop.current / rowHeight) - beyond,
        Math.floor(lastTop.current / rowHeight) + fits + beyond,
        count,
      )
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
          {shown.map(index => children(index, index % shown.length))}
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

/** Of the list that was measured last: the next one mostly stands where it stood, and is right in its first picture. */
let lastHeight = 800

/** Of what scrolls, in pixels. */
function useHeight(scroller: React.RefObject<HTMLDivElement | null>): number {
  const [height, setHeight] = useState(lastHeight)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const measure = () => {
      lastHeight = element.clientHeight || lastHeight
      setHeight(element.clientHeight)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])
  return height
}

type Reveal = { reveal: number | null; count: number; rowHeight: number }

function useReveal(scroller: React.RefObject<HTMLDivElement | null>, { reveal, count, rowHeight }: Reveal): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the row moves the list, never a new row.
  useEffect(() => {
    const element = scroller.current
    if (element === null || reveal === null || reveal < 0 || reveal >= count) return
    const top = reveal * rowHeight
    if (top < element.scrollTop) element.scrollTop = top
    else if (top + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + rowHeight - element.clientHeight
  }, [reveal])
}

/** Those of `from` … `to` - 1 that there are. */
function rowsFrom(from: number, to: number, count: number): number[] {
  const first = Math.max(0, Math.min(from, count - 1))
  return Array.from({ length: Math.max(0, Math.min(to, count) - first) }, (_, index) => first + index)
}

import { type RefObject, useEffect, useLayoutEffect, useState } from 'react'
import { useSpareRows } from '../../ui/spare-rows.ts'

/** Rows are exchanged in blocks of this many: a picture of them is drawn once a block, and scrolls by itself within it. */
const block = 8

/** As it was measured last, so that the first picture is right. */
let lastHeight = 600

/** Which rows exist, of a list of rows of one height that scrolls. `reveal` is brought into view whenever it changes. */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  rowHeight: number,
  reveal: number | null,
): { first: number; count: number } {
  const [first, setFirst] = useState(0)
  const [height, setHeight] = useState(lastHeight)
  const [spare, needSpare] = useSpareRows()
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const measure = () => {
      lastHeight = element.clientHeight || lastHeight
      setHeight(element.clientHeight)
    }
    const onScroll = () => {
      if (element.scrollTop > 0) needSpare()
      setFirst(Math.max(0, Math.floor(element.scrollTop / rowHeight / block - 1) * block))
    }
    measure()
    onScroll()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [scroller, rowHeight, needSpare])
  useEffect(() => {
    const element = scroller.current
    if (element === null || reveal === null || reveal < 0) return
    const top = reveal * rowHeight
    if (top < element.scrollTop) element.scrollTop = top
    else if (top + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + rowHeight - element.clientHeight
  }, [scroller, rowHeight, reveal])
  return { first, count: Math.ceil(height / rowHeight) + (spare ? block * 3 : 1) }
}

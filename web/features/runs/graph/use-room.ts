import { type RefObject, useLayoutEffect, useState } from 'react'
import type { Room } from './wrap.ts'

/** A picture is not laid out anew for less, in pixels. */
const step = 40

/** How much room there is for a picture, and the same object until there is noticeably more or less; null before the first look. */
export function useRoom(place: RefObject<HTMLElement | null>): Room | null {
  const [room, setRoom] = useState<Room | null>(null)
  useLayoutEffect(() => {
    const element = place.current
    if (element === null) return
    const measure = () => {
      const [width, height] = [element.clientWidth, element.clientHeight].map(size => Math.floor(size / step) * step)
      if (!width || !height) return
      setRoom(before => (before?.width === width && before.height === height ? before : { width, height }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [place])
  return room
}

import type { Viewport } from '@xyflow/react'
import type { Placed } from './use-layout.ts'
import { legibleZoom, type Room, zoomIn } from './wrap.ts'

/** So many boxes of those where something happens are looked at. */
const seenAtOnce = 4

/**
 * What of a picture is looked at first: all of it where it is legible as a whole, else where something happens, and never
 * beyond its edges. `busy`: indices of the tasks at work; where there are none, its beginning is looked at.
 */
export function firstView({ shape, layout }: Placed, room: Room, busy: readonly number[]): Viewport {
  const zoom = Math.max(legibleZoom, zoomIn(room, layout))
  const found = shape.boxes.flatMap((box, place) => (busy.includes(box.index) ? [place] : []))
  const seen = (found.length === 0 ? [0] : found.slice(0, seenAtOnce)).map(place => {
    const { x, y } = layout.places[place] ?? { x: 0, y: 0 }
    const { width, height } = shape.boxes[place] ?? { width: 0, height: 0 }
    return { x: x + width / 2, y: y + height / 2 }
  })
  const middle = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2
  return {
    x: offset(room.width, layout.width * zoom, middle(seen.map(({ x }) => x)) * zoom),
    y: offset(room.height, layout.height * zoom, middle(seen.map(({ y }) => y)) * zoom),
    zoom,
  }
}

/** What fits is in the middle; of what does not, `middle` is, as far as there is something to see on both sides. */
const offset = (room: number, size: number, middle: number): number =>
  Math.round(size <= room ? (room - size) / 2 : Math.min(0, Math.max(room - size, room / 2 - middle)))

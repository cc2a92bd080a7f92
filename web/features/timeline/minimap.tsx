import { type PointerEvent, useCallback, useRef } from 'react'
import { Canvas, type Draw } from '../../ui/canvas.tsx'
import type { Axis } from './axis.ts'
import css from './minimap.module.css'
import type { Scene, Shown } from './paint.ts'
import type { Spans } from './spans.ts'
import { type View, zoomed } from './window.ts'

type Props = { scene: Scene; onView(view: View): void }

/** The whole run in a strip: how many tasks were at work, and which part of it is seen. It can be taken and moved. */
export function Minimap({ scene, onView }: Props) {
  const { axis, spans, shown, palette, view } = scene
  const held = useRef<{ x: number; view: View } | null>(null)
  const draw = useCallback<Draw>(
    (context, width, height) => {
      const counts = busyOf({ spans, axis, shown }, Math.round(width))
      const most = Math.max(1, ...counts)
      context.fillStyle = palette['series-1']
      counts.forEach((count, column) => {
        const tall = (count / most) * (height - 4)
        if (count > 0) context.fillRect(column, height - tall, 1, tall)
      })
    },
    [axis, spans, shown, palette],
  )
  const placeAt = (event: PointerEvent) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    return Math.min(1, Math.max(0, (event.clientX - left) / width))
  }
  const share = (place: number) => `${(place / axis.length) * 100}%`
  return (
    <div
      className={css.minimap}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId)
        const place = placeAt(event) * axis.length
        // Beside the window, the window comes to where one points.
        const inside = place >= view.from && place <= view.to
        const from = inside ? view.from : place - (view.to - view.from) / 2
        const taken = { from, to: from + (view.to - view.from) }
        held.current = { x: placeAt(event), view: taken }
        if (!inside) onView(taken)
      }}
      onPointerMove={event => {
        if (held.current === null || !event.currentTarget.hasPointerCapture(event.pointerId)) return
        const by = (placeAt(event) - held.current.x) * axis.length
        onView({ from: held.current.view.from + by, to: held.current.view.to + by })
      }}
      onPointerUp={() => {
        held.current = null
      }}
      onWheel={event => onView(zoomed(view, event.deltaY > 0 ? 1.15 : 1 / 1.15, 0.5))}
    >
      <Canvas draw={draw} />
      <span className={css.beyond} style={{ left: 0, width: share(view.from) }} />
      <span className={css.beyond} style={{ left: share(view.to), right: 0 }} />
      <span className={css.window} style={{ left: share(view.from), width: share(view.to - view.from) }} />
    </div>
  )
}

/** How many tasks were at work at each pixel. */
function busyOf({ spans, axis, shown }: { spans: Spans; axis: Axis; shown: Shown }, width: number): number[] {
  const changes = new Array<number>(width + 1).fill(0)
  const column = (time: number) => Math.min(width, Math.max(0, Math.round((axis.place(time) / axis.length) * width)))
  for (const list of spans.phases) {
    for (const span of list ?? []) {
      if (span.kind !== 'work' || span.fromSeq > shown.seq) continue
      const from = column(span.from)
      const to = Math.max(from + 1, column(span.to !== null && (span.toSeq ?? 0) <= shown.seq ? span.to : shown.time))
      changes[from] = (changes[from] ?? 0) + 1
      if (to <= width) changes[to] = (changes[to] ?? 0) - 1
    }
  }
  let working = 0
  return changes.slice(0, width).map(change => {
    working += change
    return working
  })
}

import { type PointerEvent, useCallback, useEffect, useRef, useState } from 'react'
import { formatClock, formatSpan } from '../../lib/format.ts'
import { Canvas, type Draw } from '../../ui/canvas.tsx'
import { Inert } from '../../ui/inert.tsx'
import { paintRows, placer, rowHeight, type Scene } from './paint.ts'
import { firstBeyond, type Span } from './spans.ts'
import css from './track.module.css'
import { moved, type View, zoomed } from './window.ts'

type Found = { span: Span; task: number; x: number; y: number }
type Props = {
  scene: Scene
  /** The first row that is drawn. */
  first: number
  onView(view: View): void
  onSelect(found: { task: number; seq: number | null }): void
}

/** The spans of the rows that are seen. What is dragged over comes nearer; what is pointed at says what it is. */
export function Track({ scene, first, onView, onSelect }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const [brush, setBrush] = useState<{ from: number; to: number } | null>(null)
  const [pointed, setPointed] = useState<Found | null>(null)
  const draw = useCallback<Draw>(
    (context, width, height) => paintRows(context, { width, height }, scene, first),
    [scene, first],
  )
  useWheel(place, scene.view, onView)
  const at = (event: PointerEvent) => {
    const { left, top, width } = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top, width }
  }
  const finish = (event: PointerEvent) => {
    if (brush === null) return
    setBrush(null)
    const { x, y, width } = at(event)
    const [from, to] = [Math.min(brush.from, x), Math.max(brush.from, x)]
    const scale = (scene.view.to - scene.view.from) / width
    if (to - from > 4) return onView({ from: scene.view.from + from * scale, to: scene.view.from + to * scale })
    const found = find(scene, first, { x, y, width })
    if (found !== null) {
      const call = found.span.kind === 'model' || found.span.kind === 'tool'
      onSelect({ task: found.task, seq: call ? found.span.fromSeq : null })
    }
  }
  return (
    <div
      ref={place}
      className={css.track}
      onPointerDown={event => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        const { x } = at(event)
        setBrush({ from: x, to: x })
      }}
      onPointerMove={event => {
        const { x, y, width } = at(event)
        if (brush !== null) setBrush({ ...brush, to: x })
        else setPointed(find(scene, first, { x, y, width }))
      }}
      onPointerUp={finish}
      onPointerCancel={() => setBrush(null)}
      onPointerLeave={() => setPointed(null)}
    >
      <Canvas draw={draw} />
      {brush === null || Math.abs(brush.to - brush.from) <= 4 ? null : (
        <span
          className={css.brush}
          style={{ left: Math.min(brush.from, brush.to), width: Math.abs(brush.to - brush.from) }}
        />
      )}
      {pointed === null || brush !== null ? null : <Hint found={pointed} scene={scene} />}
    </div>
  )
}

function Hint({ found: { span, x, y }, scene }: { found: Found; scene: Scene }) {
  const ended = span.to !== null && (span.toSeq ?? 0) <= scene.shown.seq
  return (
    <span className={css.hint} style={{ left: x, top: y + 18 }} data-right={x > 400 || undefined} aria-hidden="true">
      <strong>{formatSpan((ended ? (span.to ?? 0) : scene.shown.time) - span.from)}</strong>{' '}
      <Inert text={span.text} limit={200} />
      <span className={css.when}>
        {formatClock(span.from)}
        {ended ? '' : ', goes on'} · event {span.fromSeq}
        {ended ? `–${span.toSeq}` : ''}
      </span>
    </span>
  )
}

/** What stands there: a call before the phase that it lies in. */
function find(scene: Scene, first: number, { x, y, width }: { x: number; y: number; width: number }): Found | null {
  const row = scene.rows.at(first + Math.floor(y / rowHeight))
  if (row === undefined) return null
  const { axis, view, spans, shown } = scene
  const time = axis.time(view.from + (x / width) * (view.to - view.from))
  const pixel = placer(scene, width)
  const covers = (span: Span | undefined): span is Span => {
    if (span === undefined || span.fromSeq > shown.seq) return false
    const to = span.to !== null && (span.toSeq ?? 0) <= shown.seq ? span.to : shown.time
    return pixel(span.from) - 2 <= x && x <= Math.max(pixel(to), pixel(span.from) + 2) + 2
  }
  const calls = spans.calls[row.task] ?? []
  const near = firstBeyond(calls, time)
  const lone =
    row.kind === 'call' ? [calls[row.place]] : [calls[near], calls[near - 1], ...(spans.phases[row.task] ?? [])]
  const span = lone.find(covers)
  return span === undefined ? null : { span, task: row.task, x, y: Math.floor(y / rowHeight) * rowHeight }
}

/** Sideways it moves, with Ctrl it zooms where one points. A listener of its own, because React's cannot hold the page back. */
function useWheel(place: React.RefObject<HTMLElement | null>, view: View, onView: (view: View) => void): void {
  const latest = useRef({ view, onView })
  latest.current = { view, onView }
  useEffect(() => {
    const element = place.current
    const onWheel = (event: WheelEvent) => {
      const { view, onView } = latest.current
      const { left, width } = (element as HTMLElement).getBoundingClientRect()
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault()
        onView(zoomed(view, Math.exp(event.deltaY * 0.004), (event.clientX - left) / width))
      } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault()
        onView(moved(view, event.deltaX / width))
      }
    }
    element?.addEventListener('wheel', onWheel, { passive: false })
    return () => element?.removeEventListener('wheel', onWheel)
  }, [place])
}

/** Draws spans. A row costs at most what its pixels cost: what cannot be told apart is drawn once. */
import type { Palette } from '../../ui/palette.ts'
import type { Axis } from './axis.ts'
import type { Row, Rows } from './rows.ts'
import { firstBeyond, firstFrom, type Span, type Spans } from './spans.ts'
import type { View } from './window.ts'

/** Pixels. */
export const rowHeight = 26

/** The moment that is shown: what began after the event `seq` is not there yet, and what ended after it goes on. */
export type Shown = { readonly seq: number; readonly time: number }
export type Scene = {
  readonly rows: Rows
  readonly spans: Spans
  readonly axis: Axis
  readonly view: View
  readonly shown: Shown
  readonly palette: Palette
  /** Places on the axis at which lines are drawn. */
  readonly ticks: readonly number[]
  readonly past: boolean
}

type Context = CanvasRenderingContext2D

/** The rows from `first` on, as many as there is height for. */
export function paintRows(
  context: Context,
  size: { width: number; height: number },
  scene: Scene,
  first: number,
): void {
  const { width, height } = size
  const at = placer(scene, width)
  paintGround(context, size, scene)
  for (let index = first; index < first + Math.ceil(height / rowHeight); index++) {
    const row = scene.rows.at(index)
    if (row === undefined) break
    const top = (index - first) * rowHeight
    if (row.kind === 'task') paintTask(context, { row, top, at, width, scene })
    else {
      const span = scene.spans.calls[row.task]?.[row.place]
      if (span !== undefined) paintBar(context, { span, top: top + 8, high: 10, at, width, scene })
    }
  }
  paintMoment(context, size, scene)
}

/** From a time to a pixel. */
export const placer =
  ({ axis, view }: Pick<Scene, 'axis' | 'view'>, width: number) =>
  (time: number): number =>
    ((axis.place(time) - view.from) / (view.to - view.from)) * width

function paintGround(context: Context, { width, height }: { width: number; height: number }, scene: Scene): void {
  const { axis, view, palette, ticks } = scene
  const scale = width / (view.to - view.from)
  context.fillStyle = palette.line
  context.globalAlpha = 0.6
  for (const tick of ticks) context.fillRect(Math.round((tick - view.from) * scale), 0, 1, height)
  context.fillStyle = palette.sunken
  context.globalAlpha = 1
  for (const fold of axis.folds) {
    const left = (fold.at - view.from) * scale
    if (left > width || left + fold.width * scale < 0) continue
    context.fillStyle = palette.sunken
    context.fillRect(left, 0, fold.width * scale, height)
    context.fillStyle = palette['line-strong']
    for (const edge of [left, left + fold.width * scale - 1]) context.fillRect(Math.round(edge), 0, 1, height)
  }
}

type Bar = {
  readonly top: number
  readonly at: (time: number) => number
  readonly width: number
  readonly scene: Scene
}

function paintTask(context: Context, { row, ...bar }: Bar & { row: Row }): void {
  const { scene, top } = bar
  for (const span of scene.spans.phases[row.task] ?? []) {
    if (span.kind === 'queued') paintBar(context, { ...bar, span, top: top + 12, high: 2 })
    else if (span.kind === 'wait') paintBar(context, { ...bar, span, top: top + 10, high: 6 })
    else paintBar(context, { ...bar, span, top: top + 5, high: 16 })
  }
  paintCalls(context, { ...bar, calls: scene.spans.calls[row.task] ?? [] })
}

/** What is drawn of a span; null where it is not seen. */
function extent(span: Span, { at, width, scene: { shown } }: Bar): { left: number; right: number } | null {
  if (span.fromSeq > shown.seq) return null
  const left = at(span.from)
  const right = at(span.to !== null && (span.toSeq ?? 0) <= shown.seq ? span.to : shown.time)
  return right < 0 || left > width ? null : { left: Math.max(-4, left), right: Math.min(width + 4, right) }
}

const toneOf = (span: Span, { seq }: Shown) =>
  span.to !== null && (span.toSeq ?? 0) <= seq ? span.tone : begun[span.kind]
const begun = { queued: 'ready', work: 'active', wait: 'wait', model: 'active', tool: 'active' } as const

function paintBar(context: Context, bar: Bar & { span: Span; high: number }): void {
  const { span, top, high, scene } = bar
  const seen = extent(span, bar)
  if (seen === null) return
  const wide = Math.max(2, seen.right - seen.left)
  context.fillStyle = scene.palette[`tone-${toneOf(span, scene.shown)}`]
  context.globalAlpha = span.kind === 'work' ? 0.3 : span.kind === 'wait' ? 0.35 : 0.8
  context.fillRect(seen.left, top, wide, high)
  context.globalAlpha = 1
  // Its beginning stands out, so that two attempts are two.
  if (span.kind === 'work') context.fillRect(seen.left, top, 2, high)
}

/** The calls of a task within its bar: of models above, of tools below. */
function paintCalls(context: Context, bar: Bar & { calls: readonly Span[] }): void {
  const { calls, scene, top, at, width } = bar
  const { axis, view, shown, palette } = scene
  const timeAt = (pixel: number) => axis.time(view.from + (pixel / width) * (view.to - view.from))
  const strips = { model: createStrip(context, top + 6, 6), tool: createStrip(context, top + 14, 6) }
  let place = firstBeyond(calls, axis.time(view.from))
  while (place < calls.length) {
    const span = calls[place] as Span
    if (span.fromSeq > shown.seq || at(span.from) > width) break
    const seen = extent(span, bar)
    place += 1
    if (seen === null) continue
    const model = span.kind === 'model'
    const right = Math.max(seen.left + 1, seen.right - 0.5)
    const style = span.tone === 'wait' ? palette['tone-wait'] : palette[model ? 'series-6' : 'series-2']
    strips[model ? 'model' : 'tool'].add(style, seen.left, right)
    // Where several stand within a pixel, the next one that is looked at stands in the next: a row costs its pixels.
    if (right - seen.left <= narrow) place = Math.max(place, firstFrom(calls, timeAt(Math.floor(right) + 1), place))
  }
  strips.model.end()
  strips.tool.end()
}

/** Pixels of a bar of which only its being there is seen. */
const narrow = 1.5

/**
 * Bars of one height. Narrow ones that stand side by side are drawn as one: a dense row is a few rectangles then and not one
 * for each pixel, and to fill tens of thousands of them takes a processor longer than the rest of the page.
 */
function createStrip(context: Context, top: number, high: number) {
  let [style, left, right, open] = ['', 0, 0, false]
  const end = () => {
    if (right === left) return
    context.fillStyle = style
    context.fillRect(left, top, right - left, high)
  }
  return {
    add(nextStyle: string, from: number, to: number) {
      const joins = to - from <= narrow && open && nextStyle === style && from - right < narrow
      if (joins) {
        right = Math.max(right, to)
        return
      }
      end()
      ;[style, left, right, open] = [nextStyle, from, to, to - from <= narrow]
    },
    end,
  }
}

/** Where the moment stands that is shown. */
function paintMoment(context: Context, { width, height }: { width: number; height: number }, scene: Scene): void {
  if (!scene.past) return
  const left = placer(scene, width)(scene.shown.time)
  context.fillStyle = scene.palette.brass
  context.fillRect(Math.round(left), 0, 2, height)
}

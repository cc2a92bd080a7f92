import 'uplot/dist/uPlot.min.css'
import { useEffect, useMemo, useRef } from 'react'
import uPlot from 'uplot'
import { type Palette, usePalette } from '../../ui/palette.ts'
import { momentWords } from './moment-words.ts'
import { coloursOf, columnsOf, type Day, nearest, type Point } from './points.ts'
import css from './quality.module.css'

type Props = {
  points: readonly Point[]
  days: readonly Day[]
  selected: string | null
  onPick(artifactId: string | null): void
}

const height = 280

/** Scores over time: a dot for each artifact, and a line through the means of the days. The list below says the same in words. */
export function ScoreChart({ points, days, selected, onPick }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const palette = usePalette()
  const colours = useMemo(() => coloursOf(points), [points])
  const kinds = useMemo(() => [...colours.keys()], [colours])
  const columns = useMemo(() => columnsOf(points, days, kinds), [points, days, kinds])
  const state = useRef({ points, selected, onPick })
  state.current = { points, selected, onPick }
  const plot = useRef<uPlot | null>(null)
  const look = kinds.join('\n')

  // biome-ignore lint/correctness/useExhaustiveDependencies: `look` stands for the kinds, and columns are set below.
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const made = new uPlot(
      optionsOf({ kinds, colours, palette, width: element.clientWidth }, state),
      columns as uPlot.AlignedData,
      element,
    )
    plot.current = made
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
      plot.current = null
    }
  }, [look, palette])

  useEffect(() => plot.current?.setData(columns as uPlot.AlignedData), [columns])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is selected is drawn anew.
  useEffect(() => plot.current?.redraw(false), [selected])

  return (
    <figure className={css.figure}>
      <div ref={place} className={css.plot} aria-hidden="true" />
      <figcaption className={css.legend}>
        {kinds.map(kind => (
          <span key={kind} className={css.key} data-series={colours.get(kind)}>
            {kind}
          </span>
        ))}
        <span className={css.mean}>mean of a day</span>
      </figcaption>
    </figure>
  )
}

type State = { current: { points: readonly Point[]; selected: string | null; onPick(id: string | null): void } }
type Look = { kinds: readonly string[]; colours: ReadonlyMap<string, number>; palette: Palette; width: number }

function optionsOf({ kinds, colours, palette, width }: Look, state: State): uPlot.Options {
  const axis: uPlot.Axis = {
    stroke: palette['text-muted'],
    grid: { stroke: palette.line, width: 1 },
    ticks: { stroke: palette.line, width: 1 },
    font: '11px Inter, system-ui',
  }
  const colourOf = (kind: string) => palette[`series-${colours.get(kind) ?? 1}` as keyof Palette]
  const dots = kinds.map(
    (kind): uPlot.Series => ({
      label: kind,
      stroke: colourOf(kind),
      paths: () => null,
      points: { show: true, size: 7, width: 1.5, fill: colourOf(kind) },
    }),
  )
  const mean: uPlot.Series = {
    label: 'mean',
    stroke: palette['text-faint'],
    width: 1.5,
    dash: [4, 4],
    spanGaps: true,
    points: { show: false },
  }
  return {
    width,
    height,
    legend: { show: false },
    cursor: { points: { show: false }, drag: { x: false, y: false }, y: false },
    scales: { y: { range: [0, 1.04] } },
    axes: [
      { ...axis, values: (_, splits) => momentWords(splits) },
      { ...axis, size: 40, values: (_, splits) => splits.map(value => value.toFixed(1)) },
    ],
    series: [{}, ...dots, mean],
    hooks: {
      ready: [made => made.over.addEventListener('click', event => pick(made, event, state))],
      draw: [made => ring(made, state, palette)],
    },
  }
}

const placeIn = (plot: uPlot, canvas: boolean) => (point: Point) => ({
  x: plot.valToPos(Date.parse(point.at) / 1_000, 'x', canvas),
  y: plot.valToPos(point.score, 'y', canvas),
})

function pick(plot: uPlot, event: MouseEvent, { current }: State): void {
  const { left, top } = plot.over.getBoundingClientRect()
  const spot = { x: event.clientX - left, y: event.clientY - top }
  current.onPick(nearest(current.points, spot, placeIn(plot, false))?.artifactId ?? null)
}

/** A ring around the dot that is selected. */
function ring(plot: uPlot, { current: { points, selected } }: State, palette: Palette): void {
  const point = points.find(one => one.artifactId === selected)
  if (point === undefined) return
  const { x, y } = placeIn(plot, true)(point)
  const { ctx } = plot
  ctx.save()
  ctx.strokeStyle = palette.brass
  ctx.lineWidth = 2 * devicePixelRatio
  ctx.setLineDash([])
  ctx.beginPath()
  ctx.arc(x, y, 8 * devicePixelRatio, 0, 2 * Math.PI)
  ctx.stroke()
  ctx.restore()
}

import type { ReactNode } from 'react'
import { type Layers, layersOf } from '../lib/layers.ts'
import css from './flow-graph.module.css'
import { Scroll } from './scroll.tsx'

export type FlowStep = {
  key: string
  needs: readonly string[]
  title: string
  note: ReactNode
  /** Drawn with a broken edge: it may not come to be. */
  open?: boolean
  /** Drawn faintly: it will not. */
  off?: boolean
  /** An earlier step that it sends work back to, and how often at most. */
  back?: { to: string; rounds: number } | null
}

type Props = {
  label: string
  steps: readonly FlowStep[]
  selected: string | null
  onSelect(key: string | null): void
}

const box = { width: 204, height: 54, across: 22, down: 38, edge: 14 }
/** Room at the right for lines that lead back. */
const backRoom = 54

/** A template as a picture that is read from the top. Its steps are buttons in the order in which they come. */
export function FlowGraph({ label, steps, selected, onSelect }: Props) {
  const layers = layersOf(steps)
  const at = placesOf(layers)
  const width = layers.widest * (box.width + box.across) - box.across + 2 * box.edge
  const height = layers.layers * (box.height + box.down) - box.down + 2 * box.edge
  const hasBack = steps.some(step => step.back != null)
  return (
    <Scroll label={label} className={css.scroll}>
      <div className={css.plane} style={{ width: width + (hasBack ? backRoom : 0), height }}>
        <svg className={css.lines} width="100%" height="100%" aria-hidden="true">
          {layers.lines.map(([from, to]) => (
            <path key={`${from} ${to}`} className={css.line} d={downward(at.get(from), at.get(to))} />
          ))}
          {steps.map(step =>
            step.back == null ? null : (
              <path key={step.key} className={css.back} d={backward(at.get(step.key), at.get(step.back.to), width)} />
            ),
          )}
        </svg>
        <ol>
          {steps.map(step => {
            const { x, y } = at.get(step.key) ?? { x: 0, y: 0 }
            return (
              <li key={step.key} className={css.step} style={{ left: x, top: y, width: box.width, height: box.height }}>
                <button
                  type="button"
                  className={css.box}
                  aria-pressed={step.key === selected}
                  data-open={step.open || undefined}
                  data-off={step.off || undefined}
                  onClick={() => onSelect(step.key === selected ? null : step.key)}
                >
                  <span className={css.title}>{step.title}</span>
                  <span className={css.note}>{step.note}</span>
                  <span className="sr-only">{said(step)}</span>
                </button>
              </li>
            )
          })}
        </ol>
      </div>
    </Scroll>
  )
}

function placesOf({ places, widest }: Layers): Map<string, { x: number; y: number }> {
  const [stepX, stepY] = [box.width + box.across, box.height + box.down]
  return new Map(
    places.map(({ key, layer, order, of }) => [
      key,
      { x: box.edge + (order + (widest - of) / 2) * stepX, y: box.edge + layer * stepY },
    ]),
  )
}

type Spot = { x: number; y: number } | undefined

function downward(from: Spot, to: Spot): string {
  if (from === undefined || to === undefined) return ''
  const [x1, y1, x2, y2] = [from.x + box.width / 2, from.y + box.height, to.x + box.width / 2, to.y]
  const bend = Math.min(60, (y2 - y1) / 2)
  return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`
}

/** Out to the right, up, and in again with an arrow. */
function backward(from: Spot, to: Spot, width: number): string {
  if (from === undefined || to === undefined) return ''
  const [x1, y1, x2, y2] = [from.x + box.width, from.y + box.height / 2, to.x + box.width, to.y + box.height / 2]
  const out = Math.max(x1, x2, width - 2 * box.edge) + 30
  return `M${x1} ${y1}C${out} ${y1} ${out} ${y2} ${x2 + 2} ${y2}m7 -5l-7 5l7 5`
}

/** What the lines show, for those who listen. */
function said({ needs, back, open, off }: FlowStep): string {
  return [
    needs.length === 0 ? 'first' : `after ${needs.join(', ')}`,
    back == null ? '' : `sends back to ${back.to}, at most ${back.rounds} times`,
    off ? 'skipped' : open ? 'may be skipped' : '',
  ]
    .filter(one => one !== '')
    .join('; ')
}

import { useMemo, useState } from 'react'
import { begunAt, type Run } from '../../../domain/run/state.ts'
import { EventsLink } from '../../lib/events-link.tsx'
import { formatClock, formatMoney, formatSpan } from '../../lib/format.ts'
import { useNow, useSignal } from '../../lib/hooks.ts'
import { createLogFilter } from '../../lib/log-filter.ts'
import { useMoment } from '../../lib/run-context.ts'
import type { Limit } from '../../lib/run-limit.ts'
import css from './burn-down.module.css'
import { curveOf, type Point } from './curve.ts'
import { chargeTypes } from './spending.ts'

/** Units of the drawing, which is stretched to its place. */
const [wide, high] = [1_000, 300]

/** What is left of the budget over the time of the run; where there is none, what was spent. */
export function BurnDown({ run, limits, forecast }: { run: Run; limits: readonly Limit[]; forecast: number | null }) {
  const { log } = useSignal(useMoment().view)
  const now = useNow(run.endedAt === null)
  const read = useMemo(
    () => createLogFilter(event => event.type === 'RunForked' || chargeTypes.includes(event.type)),
    [],
  )
  const places = read(log)
  const points = useMemo(() => curveOf(log, places), [log, places])
  const [pointed, setPointed] = useState<Point | null>(null)
  const limit = limits.at(-1)?.micros ?? null
  const to = Math.max(run.endedAt ?? now, begunAt(run) + 1_000)
  const scale = scaleOf({ run, to, most: Math.max(limit ?? 0, ...limits.map(one => one.micros)), limit, forecast })
  const left = (spent: number, at: number) => (limit === null ? spent : limitAt(limits, at) - spent)
  const line = pathOf(points, { run, to, scale, left, limits })
  return (
    <figure className={css.figure}>
      <figcaption className={css.caption}>
        {limit === null ? 'Spent' : 'Left of the budget'}
        <span className={css.pointed} aria-live="off">
          {pointed === null
            ? null
            : `${formatClock(pointed.at)}, ${formatSpan(pointed.at - begunAt(run))} in: ${formatMoney(pointed.spentMicros)} spent`}
        </span>
      </figcaption>
      <div
        className={css.place}
        onPointerMove={event => {
          const { left: edge, width } = event.currentTarget.getBoundingClientRect()
          setPointed(nearest(points, begunAt(run) + ((event.clientX - edge) / width) * (to - begunAt(run))))
        }}
        onPointerLeave={() => setPointed(null)}
      >
        <svg className={css.drawing} viewBox={`0 0 ${wide} ${high}`} preserveAspectRatio="none" aria-hidden="true">
          <line className={css.zero} x1={0} x2={wide} y1={scale.y(0)} y2={scale.y(0)} />
          <path className={css.area} d={`${line}V${scale.y(0)}H0Z`} />
          <path
            className={css.line}
            d={line}
            data-tone={limit !== null && run.spentMicros > limit ? 'bad' : undefined}
          />
          {forecast === null || run.endedAt !== null ? null : (
            <line
              className={css.forecast}
              x1={scale.x(points.at(-1)?.at ?? begunAt(run))}
              x2={wide}
              y1={scale.y(left(run.spentMicros, to))}
              y2={scale.y(left(forecast, to))}
            />
          )}
          {pointed === null ? null : (
            <line className={css.cursor} x1={scale.x(pointed.at)} x2={scale.x(pointed.at)} y1={0} y2={high} />
          )}
        </svg>
        <span className={css.top}>{formatMoney(scale.top)}</span>
        <span className={css.bottom} style={{ top: `${(scale.y(0) / high) * 100}%` }}>
          $0
        </span>
      </div>
      <p className={css.axis}>
        <span>{formatClock(begunAt(run))}</span>
        {points.length === 0 ? (
          <span>nothing was charged yet</span>
        ) : (
          <EventsLink types={chargeTypes}>
            {places.length === 1 ? 'one charge' : `${places.length} charges`}, each an event
          </EventsLink>
        )}
        <span>{run.endedAt === null ? `${formatClock(to)}, so far` : formatClock(to)}</span>
      </p>
    </figure>
  )
}

type Frame = { run: Run; to: number; most: number; limit: number | null; forecast: number | null }
type Scale = { x(at: number): number; y(micros: number): number; top: number }

function scaleOf({ run, to, most, limit, forecast }: Frame): Scale {
  const top = limit === null ? Math.max(run.spentMicros, forecast ?? 0, 1) * 1.1 : most
  // What is spent beyond the budget is drawn below the line.
  const bottom = limit === null ? 0 : Math.min(0, limit - Math.max(run.spentMicros, forecast ?? 0))
  return {
    top: limit === null ? Math.max(run.spentMicros, forecast ?? 0) : top,
    x: at => Math.round(((at - begunAt(run)) / (to - begunAt(run))) * wide * 10) / 10,
    y: micros => Math.round((1 - (micros - bottom) / (top - bottom)) * high * 10) / 10,
  }
}

const limitAt = (limits: readonly Limit[], at: number): number =>
  limits.findLast(limit => limit.at <= at)?.micros ?? limits[0]?.micros ?? 0

type Course = { run: Run; to: number; scale: Scale; left(spent: number, at: number): number; limits: readonly Limit[] }

/** Steps: nothing happens between two charges, and a raised budget is a step too. */
function pathOf(points: readonly Point[], { run, to, scale, left, limits }: Course): string {
  const raises = limits
    .slice(1)
    .map(({ at }) => ({ at, spentMicros: points.findLast(one => one.at <= at)?.spentMicros ?? 0 }))
  const steps = [...points, ...raises].sort((a, b) => a.at - b.at)
  const path = steps.map(({ at, spentMicros }) => `H${scale.x(at)}V${scale.y(left(spentMicros, at))}`)
  return `M0 ${scale.y(left(0, begunAt(run)))}${path.join('')}H${scale.x(to)}`
}

function nearest(points: readonly Point[], at: number): Point | null {
  let best: Point | null = null
  for (const point of points) if (best === null || Math.abs(point.at - at) < Math.abs(best.at - at)) best = point
  return best
}

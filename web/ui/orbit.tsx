/** How far something has come, as a body on its orbit: the arc behind it is what is done. */
import css from './orbit.module.css'

type Props = {
  /** Of the whole, each from 0 to 1; together at most 1. */
  done: number
  failed?: number
  size?: number
  /** It moves by itself only while this is true. */
  active?: boolean
}

/** Decorates: the figures stand beside it in words. */
export function Orbit({ done, failed = 0, size = 36, active = false }: Props) {
  const radius = 15
  const [good, bad] = [bounded(done), bounded(failed)]
  const angle = (good + bad) * 2 * Math.PI - Math.PI / 2
  return (
    <svg className={css.orbit} width={size} height={size} viewBox="0 0 40 40" fill="none" aria-hidden="true">
      <circle cx="20" cy="20" r={radius} className={css.path} />
      <Arc from={0} to={good} radius={radius} tone="good" />
      <Arc from={good} to={good + bad} radius={radius} tone="bad" />
      <circle cx="20" cy="20" r="4.5" className={css.sun} data-active={active || undefined} />
      <circle cx={20 + radius * Math.cos(angle)} cy={20 + radius * Math.sin(angle)} r="3.4" className={css.body} />
    </svg>
  )
}

function Arc({ from, to, radius, tone }: { from: number; to: number; radius: number; tone: 'good' | 'bad' }) {
  if (to <= from) return null
  const length = 2 * Math.PI * radius
  return (
    <circle
      cx="20"
      cy="20"
      r={radius}
      className={css.arc}
      data-tone={tone}
      strokeDasharray={`${(to - from) * length} ${length}`}
      strokeDashoffset={-from * length}
      transform="rotate(-90 20 20)"
    />
  )
}

const bounded = (share: number): number => Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0))

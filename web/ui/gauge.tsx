/** A share of a whole on a graduated scale, such as money of a budget. The figures stand beside it in words. */
import css from './gauge.module.css'

type Props = {
  /** What is used, and what is set aside for work under way, in the unit of `limit`. */
  used: number
  reserved?: number
  /** null: there is no limit, and the scale shows nothing but its marks. */
  limit: number | null
  label: string
}

export function Gauge({ used, reserved = 0, limit, label }: Props) {
  const share = (value: number) => (limit === null || limit <= 0 ? (limit === 0 && value > 0 ? 1 : 0) : value / limit)
  const [full, aside] = [Math.min(1, share(used)), Math.min(1, share(used + reserved))]
  const percent = Math.round(full * 100)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <meter> cannot show two shares.
    <div
      className={css.gauge}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={limit === null ? 'no limit' : `${percent} %`}
      data-tone={share(used) >= 1 ? 'bad' : share(used + reserved) >= 0.8 ? 'wait' : 'good'}
    >
      <span className={css.aside} style={{ inlineSize: `${aside * 100}%` }} />
      <span className={css.used} style={{ inlineSize: `${full * 100}%` }} />
    </div>
  )
}

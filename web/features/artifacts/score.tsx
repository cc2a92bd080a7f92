import type { Json } from '../../../domain/json.ts'
import type { ScorePart } from '../../../domain/quality.ts'
import css from './about.module.css'

/** Parts are written by the scorer, but a page must not break on what an older one wrote. */
const isPart = (value: unknown): value is ScorePart =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'value' in value &&
  typeof value.value === 'number' &&
  'weight' in value &&
  typeof value.weight === 'number'

/** What a score is made of: each part with its weight, so that the mean can be followed. */
export function Score({ score, parts }: { score: number; parts: Json }) {
  const known = Array.isArray(parts) ? parts.filter(isPart) : []
  const whole = known.reduce((sum, { weight }) => sum + weight, 0)
  return (
    <table className={css.score}>
      <caption>
        Score {score.toFixed(2)}, the mean of {known.length} parts by their weights
      </caption>
      <tbody>
        {known.map(({ name, value, weight, why }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className={css.meterCell}>
              <meter min={0} max={1} value={value} aria-label={name} />
            </td>
            <td className="tabular">{value.toFixed(2)}</td>
            <td className="tabular" title="Its weight beside the others">
              × {weight}
              {whole === 0 ? '' : `/${whole}`}
            </td>
            <td className={css.why}>{String(why ?? '')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

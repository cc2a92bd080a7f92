import css from './quality.module.css'

/** A score from 0 to 1, as a figure and as a bar. */
export function ScoreBar({ score }: { score: number }) {
  return (
    <span className={css.score}>
      <span className={css.bar} aria-hidden="true">
        <span style={{ width: `${score * 100}%` }} />
      </span>
      {score.toFixed(2)}
    </span>
  )
}

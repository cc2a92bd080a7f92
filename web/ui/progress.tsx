import css from './progress.module.css'
import type { Tone } from './status.tsx'

export type Share = { tone: Tone; count: number; word: string }

/** How much of a whole is in which state, as one bar. The words say the same to those who listen. */
export function Progress({ shares, total }: { shares: readonly Share[]; total: number }) {
  const said = shares.filter(share => share.count > 0).map(share => `${share.count} ${share.word}`)
  return (
    <span className={css.bar} role="img" aria-label={`${said.join(', ') || 'nothing yet'} of ${total}`}>
      {shares.map(share =>
        share.count === 0 ? null : (
          <span key={share.word} className={css.share} data-tone={share.tone} style={{ flexGrow: share.count }} />
        ),
      )}
      <span style={{ flexGrow: Math.max(0, total - shares.reduce((sum, share) => sum + share.count, 0)) }} />
    </span>
  )
}

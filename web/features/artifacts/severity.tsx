import type { Severity } from '../../../domain/artifact.ts'
import css from './artifacts.module.css'

const looks = {
  error: { tone: 'bad', path: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM8 4.8v3.8M8 11h.01' },
  warning: { tone: 'wait', path: 'M8 2.2 14.4 13.2H1.6zM8 6.4v3.3M8 11.4h.01' },
  info: { tone: 'ready', path: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM8 7.4v3.8M8 5h.01' },
} as const

export const severityOrder: Record<Severity, number> = { error: 0, warning: 1, info: 2 }

export function SeverityIcon({ severity }: { severity: Severity }) {
  return (
    <svg
      className={css.severity}
      data-tone={looks[severity].tone}
      width="15"
      height="15"
      viewBox="0 0 16 16"
      fill="none"
      role="img"
      aria-label={severity}
    >
      <path
        d={looks[severity].path}
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}

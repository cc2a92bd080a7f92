import { formatSpan } from '../../lib/format.ts'
import { useNow } from '../../lib/hooks.ts'
import { inert } from '../../ui/inert.tsx'
import { CheckMark, checkWord } from './check-mark.tsx'
import css from './health.module.css'
import type { System } from './system.ts'

const words: Readonly<Record<string, string>> = {
  OK: 'Everything works',
  DEGRADED: 'It works, with something missing',
  DOWN: 'It does not work',
}

/** What the installation stands on, one light for each, and the sentence that sums them up. */
export function Services({ system: { health, process } }: { system: System }) {
  const now = useNow()
  return (
    <section className={css.services} aria-label="Services">
      <p className={css.verdict}>
        <CheckMark status={health.status} size={20} />
        {words[health.status]}
        <span className={css.muted}>
          {`version ${health.version}, process ${process.pid}, up for ${formatSpan(now - Date.parse(health.startedAt))}`}
        </span>
      </p>
      <ul className={css.checks}>
        {health.checks.map(({ name, status, reason }) => (
          <li key={name} className={css.check}>
            <CheckMark status={status} />
            <span className={css.checkName}>{name}</span>
            <span className={css.muted}>{inert(reason) || checkWord(status)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

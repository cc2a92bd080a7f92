import { Icon } from '../../ui/icon.tsx'
import { inert } from '../../ui/inert.tsx'
import { Part } from '../../ui/page.tsx'
import type { Tone } from '../../ui/status.tsx'
import css from './health.module.css'
import type { System } from './system.ts'

const looks = {
  ERROR: { word: 'Work stands still', tone: 'bad', icon: 'close' },
  WARNING: { word: 'Warning', tone: 'wait', icon: 'warning' },
  NOTE: { word: 'Note', tone: 'ready', icon: 'ask' },
} as const satisfies Record<string, { word: string; tone: Tone; icon: string }>

/** What is wrong, and what to do about it. */
export function AdviceList({ advice }: { advice: System['advice'] }) {
  if (advice.length === 0)
    return (
      <p className={css.fine}>
        <Icon name="check" /> Nothing is wrong, and nothing has to be done.
      </p>
    )
  return (
    <Part title="What is missing or wrong, and what to do">
      <ul className={css.advice}>
        {advice.map(({ level, subject, what, mend }) => (
          <li key={`${subject} ${what}`} className={css.one}>
            <span className={css.level} data-tone={looks[level].tone}>
              <Icon name={looks[level].icon} />
              <span className="sr-only">{looks[level].word}: </span>
              {subject}
            </span>
            <span className={css.what}>{inert(what)}</span>
            <span className={css.mend}>{inert(mend)}</span>
          </li>
        ))}
      </ul>
    </Part>
  )
}

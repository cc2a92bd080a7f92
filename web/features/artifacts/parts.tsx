import { type ReactNode, useState } from 'react'
import { Scroll } from '../../ui/scroll.tsx'
import tabs from '../../ui/tabs.module.css'
import css from './artifacts.module.css'

export type Part = { name: string; count?: number | undefined; content: ReactNode; fills?: boolean }

/** The parts of a report, one at a time. `begin`: the name of the one that is shown at first, unless it is the first. */
export function Parts({ parts, begin }: { parts: readonly Part[]; begin?: string | undefined }) {
  const [chosen, choose] = useState(begin ?? parts[0]?.name)
  const part = parts.find(one => one.name === chosen) ?? parts[0]
  return (
    <div className={css.parts}>
      <nav className={tabs.tabs} aria-label="Parts of the report">
        {parts.map(({ name, count }) => (
          <button
            key={name}
            type="button"
            className={tabs.tab}
            aria-current={name === part?.name || undefined}
            onClick={() => choose(name)}
          >
            {name}
            {count === undefined ? null : <span className={tabs.count}>{count}</span>}
          </button>
        ))}
      </nav>
      {part?.fills === true ? (
        <div className={css.filled}>{part.content}</div>
      ) : (
        <Scroll className={css.scrolled} label={part?.name ?? ''}>
          {part?.content}
        </Scroll>
      )}
    </div>
  )
}

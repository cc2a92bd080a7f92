import { useMemo, useState } from 'react'
import { useApp } from '../lib/app-context.ts'
import type { Shortcut } from '../lib/shortcuts.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Keys } from '../ui/keys.tsx'
import { Scroll } from '../ui/scroll.tsx'
import css from './action-sheet.module.css'

/** Everything that can be done here and its key, by what it belongs to. Pressing a line does it. */
export function ActionSheet({ onClose }: { onClose(): void }) {
  const { shortcuts } = useApp()
  const [actions] = useState(() => shortcuts.active())
  const groups = useMemo(() => grouped(actions), [actions])
  return (
    <Dialog title="Actions and their keys" onClose={onClose} wide>
      <Scroll className={css.groups} label="All actions">
        {groups.map(([name, some]) => (
          <section key={name} className={css.group}>
            <h3>{name}</h3>
            <ul>
              {some.map(action => (
                <li key={`${action.keys} ${action.title}`}>
                  <button
                    type="button"
                    className={css.action}
                    onClick={() => {
                      onClose()
                      action.run()
                    }}
                  >
                    <span>{action.title}</span>
                    <Keys keys={action.keys} />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </Scroll>
    </Dialog>
  )
}

/** What belongs to this page before what works everywhere. */
function grouped(actions: readonly Shortcut[]): [string, Shortcut[]][] {
  const groups = new Map<string, Shortcut[]>()
  for (const action of actions) groups.set(action.group, [...(groups.get(action.group) ?? []), action])
  const rank = (name: string) => (name === 'Everywhere' ? 1 : 0)
  return [...groups].sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
}

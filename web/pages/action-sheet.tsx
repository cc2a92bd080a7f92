import { type KeyboardEvent, useMemo, useState } from 'react'
import { useApp } from '../lib/app-context.ts'
import type { Shortcut } from '../lib/shortcuts.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Keys } from '../ui/keys.tsx'
import css from './action-sheet.module.css'

/** Everything that can be done here and its key: to look up, and to do it by typing a part of its name. */
export function ActionSheet({ onClose }: { onClose(): void }) {
  const { shortcuts } = useApp()
  const [actions] = useState(() => shortcuts.active())
  const [text, setText] = useState('')
  const [place, setPlace] = useState(0)
  const found = useMemo(
    () => sorted(actions).filter(action => action.title.toLowerCase().includes(text.toLowerCase())),
    [actions, text],
  )
  const run = (action: Shortcut | undefined) => {
    if (action === undefined) return
    onClose()
    action.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setPlace(Math.min(found.length - 1, Math.max(0, place + step)))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      run(found[place])
    }
  }
  return (
    <Dialog title="Actions" onClose={onClose} wide>
      <input
        className={css.field}
        data-first
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="actions"
        aria-activedescendant={found[place] === undefined ? undefined : `action-${place}`}
        aria-label="Find an action"
        placeholder="What do you want to do?"
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={event => {
          setText(event.target.value)
          setPlace(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id="actions" role="listbox" aria-label="Actions" className={css.list} tabIndex={0}>
        {found.map((action, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys.
          // biome-ignore lint/a11y/useFocusableInteractive: the field names the active one.
          <div
            key={action.keys}
            id={`action-${index}`}
            role="option"
            aria-selected={index === place}
            className={css.action}
            onClick={() => run(action)}
            onPointerMove={() => setPlace(index)}
          >
            <span className={css.group}>{action.group}</span>
            <span className={css.title}>{action.title}</span>
            <Keys keys={action.keys} />
          </div>
        ))}
        {found.length === 0 ? <p className={css.none}>No action is called like that.</p> : null}
      </div>
    </Dialog>
  )
}

/** What belongs to this page before what works everywhere. */
function sorted(actions: readonly Shortcut[]): Shortcut[] {
  const rank = (action: Shortcut) => (action.group === 'Everywhere' ? 1 : 0)
  return [...actions].sort((a, b) => rank(a) - rank(b) || a.group.localeCompare(b.group))
}

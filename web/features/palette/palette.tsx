import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Keys } from '../../ui/keys.tsx'
import css from './palette.module.css'
import { type PaletteItem, rank } from './rank.ts'

type Props = {
  items: readonly PaletteItem[]
  typed: string
  onType(typed: string): void
  searching: boolean
  onClose(): void
}

/** One field that finds everything. What is chosen is done after it has closed, so that the focus is back where it was. */
export function Palette({ items, typed, onType, searching, onClose }: Props) {
  const [place, setPlace] = useState(0)
  const found = useMemo(() => rank(items, typed), [items, typed])
  const at = Math.min(place, Math.max(0, found.length - 1))
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector(`#palette-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const run = (item: PaletteItem | undefined) => {
    if (item === undefined) return
    onClose()
    item.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setPlace(Math.min(found.length - 1, Math.max(0, at + step)))
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      run(found[at])
    }
  }
  return (
    <Dialog title="Find" onClose={onClose} wide>
      <input
        className={css.field}
        data-first
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette"
        aria-activedescendant={found[at] === undefined ? undefined : `palette-${at}`}
        aria-label="Find a project, run, task, artifact, agent or action"
        placeholder="A project, a run, a task, an artifact, an agent, an action…"
        value={typed}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        onChange={event => {
          onType(event.target.value)
          setPlace(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id="palette" role="listbox" aria-label="Found" className={css.list} tabIndex={0}>
        {found.map((item, index) => (
          <Line
            key={item.id}
            item={item}
            id={`palette-${index}`}
            chosen={index === at}
            first={item.group !== found[index - 1]?.group}
            onRun={() => run(item)}
            onPoint={() => setPlace(index)}
          />
        ))}
      </div>
      <p className={css.none} role="status">
        {found.length > 0 ? '' : searching ? 'Searching…' : 'Nothing is called like that.'}
      </p>
    </Dialog>
  )
}

type LineProps = { item: PaletteItem; id: string; chosen: boolean; first: boolean; onRun(): void; onPoint(): void }

function Line({ item, id, chosen, first, onRun, onPoint }: LineProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: the field names the active one.
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      className={css.line}
      data-first-of-group={first || undefined}
      onClick={onRun}
      onPointerMove={onPoint}
    >
      <span className={css.group}>{first ? item.group : <span className="sr-only">{item.group}</span>}</span>
      <Icon name={item.icon} />
      <span className={css.title}>{item.title}</span>
      <span className={css.note}>{item.note}</span>
      {item.keys === undefined ? null : <Keys keys={item.keys} quiet />}
    </div>
  )
}

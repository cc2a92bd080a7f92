import { type KeyboardEvent, useRef } from 'react'
import { formatCount } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import css from './events.module.css'
import type { EventSearch } from './use-event-search.ts'

type Props = {
  /** As it was typed. */
  typed: string
  onType(text: string): void
  search: EventSearch
  /** Hits that can be gone to, and the one that is selected, from 0; null: none is. */
  count: number
  at: number | null
  onStep(step: 1 | -1): void
  /** Whether nothing else is shown. */
  only: boolean
  onOnly(only: boolean): void
}

/** A text in all that events hold: how often it is there, and from one place to the next. */
export function HitBar(props: Props) {
  const { typed, onType, search, count, onStep, only, onOnly } = props
  const field = useRef<HTMLInputElement>(null)
  useShortcuts([{ keys: 's', title: 'Search in what events hold', group: 'Events', run: () => field.current?.focus() }])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    onStep(event.shiftKey ? -1 : 1)
  }
  return (
    <search className={css.hits} aria-label="Search in what events hold">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the field within has the focus; Enter in it goes on. */}
      <div className={css.sought} onKeyDown={onKeyDown}>
        <SearchField
          label="Search in what events hold"
          placeholder="Search contents"
          value={typed}
          fault={search.phase === 'failed' ? null : search.fault}
          field={field}
          onChange={onType}
        />
      </div>
      {count === 0 ? null : <Steps count={count} onStep={onStep} only={only} onOnly={onOnly} />}
      <span className={css.told} role="status">
        {search.fault ?? told(props)}
      </span>
      {search.phase === 'paused' ? <Button onClick={search.goOn}>Search older events</Button> : null}
      {search.phase === 'failed' ? <Button onClick={search.goOn}>Search again</Button> : null}
    </search>
  )
}

function Steps({ onStep, only, onOnly }: Pick<Props, 'count' | 'onStep' | 'only' | 'onOnly'>) {
  useShortcuts([
    { keys: 'n', title: 'Next place of what is searched for', group: 'Events', run: () => onStep(1) },
    { keys: 'p', title: 'Previous place of what is searched for', group: 'Events', run: () => onStep(-1) },
    { keys: 'o', title: 'Show only events that hold it', group: 'Events', run: () => onOnly(!only) },
  ])
  return (
    <>
      <Button icon="up" aria-label="Previous place" aria-keyshortcuts="p" onClick={() => onStep(-1)} />
      <Button icon="down" aria-label="Next place" aria-keyshortcuts="n" onClick={() => onStep(1)} />
      <Button aria-pressed={only} keys="o" onClick={() => onOnly(!only)}>
        Only these
      </Button>
    </>
  )
}

/** How many there are, and how far was looked: nothing is claimed about what nobody has looked at. */
function told({ search: { phase, found }, count, at }: Props): string {
  if (phase === 'idle') return ''
  if (found === null) return phase === 'searching' ? 'Searching' : ''
  const number = at === null ? formatCount(count) : `${formatCount(at + 1)} of ${formatCount(count)}`
  if (phase !== 'whole') return `${number} found, back to event ${formatCount(found.from)}`
  return count === 0
    ? 'Nowhere. Bodies that are kept beside events are not searched.'
    : at === null
      ? `${number} found`
      : number
}

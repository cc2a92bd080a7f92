/** What is listed: words, statuses, workflow, order, and views that were given a name. */
import { type FormEvent, useMemo, useRef, useState } from 'react'
import type { RunStatus } from '../../../domain/run/state.ts'
import { useShortcuts, useSignal } from '../../lib/hooks.ts'
import { ownStorage } from '../../lib/preferences.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Select } from '../../ui/select.tsx'
import { statusWord } from '../../ui/status.tsx'
import css from './filter-bar.module.css'
import { everyRun, queryOf, type RunQuery, type RunSort, runSorts, searchOf } from './run-query.ts'
import { createSavedViews, type SavedViews } from './saved-views.ts'

const statuses: readonly RunStatus[] = ['PENDING', 'RUNNING', 'PAUSED', 'WAITING', 'SUCCEEDED', 'FAILED', 'CANCELLED']
const sortWords: Record<RunSort, string> = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  longest: 'Longest first',
  dearest: 'Dearest first',
}
const givenViews: readonly { name: string; query: Partial<RunQuery> }[] = [
  { name: 'All', query: {} },
  { name: 'At work', query: { statuses: ['PENDING', 'RUNNING'] } },
  { name: 'Waiting', query: { statuses: ['PAUSED', 'WAITING'] } },
  { name: 'Failed', query: { statuses: ['FAILED'] } },
]

type Props = { query: RunQuery; workflows: readonly string[]; onChange(query: RunQuery): void }

export function RunFilterBar({ query, workflows, onChange }: Props) {
  const field = useRef<HTMLInputElement>(null)
  const views = useMemo(() => createSavedViews(ownStorage()), [])
  useShortcuts([{ keys: '/', title: 'Search the runs', group: 'Runs', run: () => field.current?.focus() }])
  return (
    <div className={css.bars}>
      <Views query={query} views={views} onChange={onChange} />
      <search className={css.bar} aria-label="Runs">
        <SearchField
          label="Search the runs by title"
          placeholder="Search by title"
          value={query.text}
          field={field}
          onChange={text => onChange({ ...query, text })}
        />
        <Choice
          label="Status"
          all="Any status"
          options={statuses.map(value => ({ value, text: statusWord(value) }))}
          chosen={query.statuses}
          onChoose={chosen => onChange({ ...query, statuses: statuses.filter(one => chosen.includes(one)) })}
        />
        <Select label="Workflow" value={query.workflow} onChoose={workflow => onChange({ ...query, workflow })}>
          <option value="">Any workflow</option>
          {withChosen(workflows, query.workflow).map(name => (
            <option key={name}>{name}</option>
          ))}
        </Select>
        <Select
          label="Order"
          value={query.sort}
          onChoose={value => onChange({ ...query, sort: runSorts.find(one => one === value) ?? 'newest' })}
        >
          {runSorts.map(sort => (
            <option key={sort} value={sort}>
              {sortWords[sort]}
            </option>
          ))}
        </Select>
      </search>
    </div>
  )
}

/** A workflow that is gone is still named by an address. */
const withChosen = (names: readonly string[], chosen: string) =>
  chosen === '' || names.includes(chosen) ? names : [...names, chosen]

type ViewProps = { query: RunQuery; views: SavedViews; onChange(query: RunQuery): void }

function Views({ query, views, onChange }: ViewProps) {
  const saved = useSignal(views)
  const [naming, setNaming] = useState(false)
  const now = JSON.stringify(searchOf(query))
  const all = [
    ...givenViews.map(view => ({ name: view.name, search: searchOf({ ...everyRun, ...view.query }), isOwn: false })),
    ...saved.map(view => ({ ...view, isOwn: true })),
  ]
  const chosen = all.find(({ search }) => JSON.stringify(search) === now)
  return (
    <nav className={css.views} aria-label="Views">
      {all.map(({ name, search, isOwn }) => (
        <span key={`${isOwn} ${name}`} className={css.view} data-chosen={chosen?.name === name || undefined}>
          <button type="button" aria-pressed={chosen?.name === name} onClick={() => onChange(queryOf(search))}>
            {name}
          </button>
          {isOwn && chosen?.name === name ? (
            <Button
              look="ghost"
              icon="close"
              aria-label={`Forget the view ${name}`}
              onClick={() => views.remove(name)}
            />
          ) : null}
        </span>
      ))}
      {chosen === undefined ? (
        <Button look="ghost" icon="star" onClick={() => setNaming(true)}>
          Save this view
        </Button>
      ) : null}
      {naming ? (
        <NameView onClose={() => setNaming(false)} onName={name => views.save({ name, search: searchOf(query) })} />
      ) : null}
    </nav>
  )
}

function NameView({ onName, onClose }: { onName(name: string): void; onClose(): void }) {
  const [name, setName] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    onName(name.trim())
    onClose()
  }
  return (
    <Dialog title="Save this view" onClose={onClose}>
      <form className={css.name} onSubmit={submit}>
        <Field label="Name" required help="It is kept in this browser. To share it, send the address.">
          {attributes => (
            <input
              {...attributes}
              data-first
              value={name}
              maxLength={60}
              autoComplete="off"
              onChange={event => setName(event.target.value)}
            />
          )}
        </Field>
        <Button look="primary" type="submit">
          Save
        </Button>
      </form>
    </Dialog>
  )
}

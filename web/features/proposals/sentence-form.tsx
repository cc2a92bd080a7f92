import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useMutation } from 'urql'
import { faultOf, refusalOf } from '../../lib/fault.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { randomKey } from '../../lib/random.ts'
import { Button } from '../../ui/button.tsx'
import { ProposeRunDocument } from './documents.ts'
import css from './proposals.module.css'

type ProjectChoice = { id: string; name: string; simulated: boolean }
type Props = {
  /** At least one; with one there is nothing to choose. */
  projects: readonly ProjectChoice[]
  chosen: string | undefined
  onChoose(projectId: string): void
  onProposed(proposalId: string): void
}

/** What is to be done, in a sentence. Nothing is started by it: it is answered with a proposal. */
export function SentenceForm({ projects, chosen, onChoose, onProposed }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const project = projects.find(({ id }) => id === chosen) ?? projects[0]
  const { ask, text, setText, fault, pending } = usePropose(onProposed)
  useShortcuts([{ keys: 'n', title: 'Say what is to be done', group: 'Home', run: () => field.current?.focus() }])
  if (project === undefined) return null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void ask(project)
  }
  // Enter sends, as in every field of one line; a new line is Shift and Enter.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    void ask(project)
  }
  return (
    <form className={css.sentence} onSubmit={submit}>
      <label className="sr-only" htmlFor="sentence">
        What is to be done?
      </label>
      <textarea
        id="sentence"
        ref={field}
        className={css.words}
        rows={2}
        value={text}
        maxLength={32_000}
        placeholder="What is to be done? “Audit this repository”, “fix the rounding of totals”…"
        onChange={event => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <footer className={css.sentenceFoot}>
        <label className={css.project}>
          <span>in</span>
          <select value={project.id} onChange={event => onChoose(event.target.value)} aria-label="Project">
            {projects.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <span className={css.hint}>{project.simulated ? 'Its runs are simulated.' : ''}</span>
        <Button look="primary" icon="wand" type="submit" pending={pending} disabled={text.trim() === ''}>
          {pending ? 'Understanding' : 'Propose a run'}
        </Button>
      </footer>
      {fault === '' ? null : (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      )}
    </form>
  )
}

function usePropose(onProposed: (proposalId: string) => void) {
  const [{ fetching }, propose] = useMutation(ProposeRunDocument)
  const [text, setText] = useState('')
  const [fault, setFault] = useState('')
  // The same sentence sent twice, because an answer was lost, is one proposal.
  const [idempotencyKey, setKey] = useState(randomKey)

  const ask = async (project: ProjectChoice) => {
    if (fetching || text.trim() === '') return
    setFault('')
    const input = { projectId: project.id, text: text.trim(), simulated: null, idempotencyKey }
    const { data, error } = await propose({ input })
    if (error?.networkError === undefined) setKey(randomKey())
    const refusal = error === undefined ? refusalOf(data?.proposeRun) : { message: faultOf(error), hint: '' }
    if (refusal !== null) return setFault(`${refusal.message} ${refusal.hint}`.trim())
    if (data === undefined || !('proposal' in data.proposeRun)) return
    setText('')
    onProposed(data.proposeRun.proposal.id)
  }
  return { ask, text, setText, fault, pending: fetching }
}

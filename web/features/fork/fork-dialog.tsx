import { type FormEvent, useMemo, useState } from 'react'
import { useQuery } from 'urql'
import type { Run } from '../../../domain/run/state.ts'
import { useRunStore } from '../../lib/run-context.ts'
import { useFork } from '../../lib/use-fork.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { AgentChanges } from './agent-changes.tsx'
import { type ForkFilled, filledFrom, type Role, readChanges, toldBy } from './changes.ts'
import { ForkChoicesDocument } from './documents.ts'
import { foresee } from './foresee.ts'
import { Foresight } from './foresight.tsx'
import css from './fork.module.css'
import { RunChanges } from './run-changes.tsx'

type Props = {
  runId: string
  /** The last event that the fork begins with. */
  seq: number
  onSeq(seq: number): void
  onClose(): void
}

/** What a fork is to do differently, with what it keeps and what it does again beside it, before anything is begun. */
export function ForkDialog({ runId, seq, onSeq, onClose }: Props) {
  const store = useRunStore()
  const { head } = store.get()
  const at = Math.min(Math.max(1, seq), head)
  const run = useMemo(() => store.at(at).run, [store, at])
  if (run === null) return null
  return (
    <Dialog title="Fork this run" onClose={onClose} wide>
      <ForkForm runId={runId} run={run} at={at} head={head} onSeq={onSeq} onClose={onClose} />
    </Dialog>
  )
}

type FormProps = { runId: string; run: Run; at: number; head: number; onSeq(seq: number): void; onClose(): void }

function ForkForm({ runId, run, at, head, onSeq, onClose }: FormProps) {
  const [filled, fill] = useState<ForkFilled>(() => filledFrom(run))
  const [{ data }] = useQuery({ query: ForkChoicesDocument, requestPolicy: 'cache-first' })
  const roles: readonly Role[] = useMemo(
    () =>
      (data?.agents ?? []).flatMap(({ name, title, needsModel, role }) =>
        needsModel && role !== null ? [{ name, title, tools: role.tools.map(tool => tool.name) }] : [],
      ),
    [data],
  )
  const { changes, faults } = useMemo(() => readChanges(run, filled), [run, filled])
  const foreseen = useMemo(() => foresee(run, toldBy(changes, roles)), [run, changes, roles])
  const { fork, pending, refusal } = useFork(runId)
  const change = (next: Partial<ForkFilled>) => fill(before => ({ ...before, ...next }))
  const faulty = Object.keys(faults).length > 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!faulty) void fork({ atSeq: at, changes, reason: filled.reason.trim() || null })
  }
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <div className={css.columns}>
        <div className={css.fields}>
          <RunChanges run={run} at={at} head={head} filled={filled} faults={faults} onSeq={onSeq} onChange={change} />
          <AgentChanges
            filled={filled}
            roles={roles}
            models={(data?.providers ?? []).flatMap(({ models }) => models.map(({ id }) => id))}
            onChange={change}
          />
        </div>
        <Foresight foreseen={foreseen} at={at} />
      </div>
      {refusal === null ? null : (
        <p className={css.refusal} role="alert">
          {refusal.message} {refusal.hint}
        </p>
      )}
      <footer className={css.foot}>
        <Button onClick={onClose}>Never mind</Button>
        <Button look="primary" icon="branch" type="submit" pending={pending} disabled={faulty}>
          Fork after event {at}
        </Button>
      </footer>
    </form>
  )
}

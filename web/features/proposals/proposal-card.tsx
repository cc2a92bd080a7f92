import { type FormEvent, useMemo, useState } from 'react'
import { useMutation, useQuery } from 'urql'
import type { Json } from '../../../domain/json.ts'
import type { ProposalCardFragment } from '../../gql/graphql.ts'
import { faultOf, refusalOf } from '../../lib/fault.ts'
import { faultsByField } from '../../lib/form-faults.ts'
import { defaultsOf, type Filled, readVariables, type Variable } from '../../lib/variables.ts'
import { WorkflowsDocument } from '../../lib/workflow-documents.ts'
import { Button } from '../../ui/button.tsx'
import { Simulated } from '../../ui/simulated.tsx'
import { VariableField } from '../../ui/variable-field.tsx'
import { ConfirmProposalDocument } from './documents.ts'
import { describeEstimate } from './estimate.ts'
import css from './proposals.module.css'
import { useProposal } from './use-proposal.ts'

type Props = { id: string; onStarted(runId: string): void; onDismiss(): void }

/** What a sentence was understood as, whole, before anything is started. */
export function ProposalCard({ id, onStarted, onDismiss }: Props) {
  const view = useProposal(id)
  if (view.state === 'failed') return <Failed why={view.why} hint="" onDismiss={onDismiss} />
  if (view.state === 'loading') return <Thinking text="" />
  const { proposal } = view
  switch (proposal.state) {
    case 'THINKING':
      return <Thinking text={proposal.text} />
    case 'FAILED':
      return (
        <Failed
          why={proposal.error?.message ?? 'No proposal came of it.'}
          hint={proposal.error?.hint ?? ''}
          onDismiss={onDismiss}
        />
      )
    case 'DONE':
      return <Proposed key={id} proposal={proposal} onStarted={onStarted} onDismiss={onDismiss} />
  }
}

function Thinking({ text }: { text: string }) {
  return (
    <section className={css.card} aria-label="Proposal" aria-busy="true">
      <p className={css.thinking} role="status">
        Understanding what is wanted
      </p>
      {text === '' ? null : <blockquote className={css.quote}>{text}</blockquote>}
    </section>
  )
}

function Failed({ why, hint, onDismiss }: { why: string; hint: string; onDismiss(): void }) {
  return (
    <section className={css.card} aria-label="Proposal">
      <p className={css.fault} role="alert">
        {why} {hint}
      </p>
      <footer className={css.foot}>
        <Button onClick={onDismiss}>Say it again</Button>
      </footer>
    </section>
  )
}

type ProposedProps = { proposal: ProposalCardFragment; onStarted(runId: string): void; onDismiss(): void }

function Proposed({ proposal, onStarted, onDismiss }: ProposedProps) {
  const [{ data }] = useQuery({ query: WorkflowsDocument })
  const workflow = data?.workflows.find(({ name }) => name === proposal.workflow)
  const { sum, note } = describeEstimate(proposal.estimate ?? { low: null, high: null, basis: 'UNKNOWN', runs: 0 })
  return (
    <section className={css.card} aria-label="Proposal">
      <header className={css.cardHead}>
        <p className={css.over}>
          Proposed {proposal.project === null ? '' : `for ${proposal.project.name}`}
          {proposal.simulated ? <Simulated /> : null}
        </p>
        <h2 className={css.title}>{proposal.title}</h2>
      </header>
      <blockquote className={css.quote}>{proposal.text}</blockquote>
      <dl className={css.facts}>
        <div>
          <dt>Workflow</dt>
          <dd>
            {workflow?.title ?? proposal.workflow}
            <p className={css.note}>{workflow?.description}</p>
          </dd>
        </div>
        <div>
          <dt>Why</dt>
          <dd>
            {proposal.reason}
            <p className={css.note}>
              {proposal.model === null ? 'No model was asked.' : `Understood by ${proposal.model}.`} Confidence{' '}
              {Math.round((proposal.confidence ?? 0) * 100)} %.
            </p>
          </dd>
        </div>
        <div>
          <dt>Cost</dt>
          <dd>
            <strong className="tabular">{sum}</strong>
            <p className={css.note}>{note}</p>
          </dd>
        </div>
      </dl>
      {workflow === undefined ? null : (
        <ConfirmForm proposal={proposal} variables={workflow.variables} onStarted={onStarted} onDismiss={onDismiss} />
      )}
    </section>
  )
}

function ConfirmForm({
  proposal,
  variables,
  onStarted,
  onDismiss,
}: ProposedProps & { variables: readonly Variable[] }) {
  const proposed = useMemo(() => textsOf(variables, proposal.variables), [variables, proposal.variables])
  const [filled, setFilled] = useState(proposed)
  const { confirm, pending, message, hint, faults } = useConfirm(proposal.id, onStarted)
  const said = faultsByField(
    message,
    variables.map(({ name }) => name),
  )
  const asked = new Map(proposal.questions.map(({ variable, question }) => [variable, question]))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void confirm(variables, filled, proposed)
  }
  const field = (variable: Variable) => (
    <VariableField
      key={variable.name}
      variable={{ ...variable, description: asked.get(variable.name) ?? variable.description }}
      value={filled[variable.name] ?? ''}
      fault={faults[variable.name] ?? said.of[variable.name]}
      onChange={value => setFilled({ ...filled, [variable.name]: value })}
    />
  )
  const needed = variables.filter(({ name, required }) => required || asked.has(name))
  const rest = variables.filter(one => !needed.includes(one))
  return (
    <form className={css.confirm} onSubmit={submit} noValidate>
      {needed.map(field)}
      {rest.length === 0 ? null : (
        <details className={css.more}>
          <summary>What it is told besides</summary>
          <div className={css.fields}>{rest.map(field)}</div>
        </details>
      )}
      {said.rest === '' ? null : (
        <p className={css.fault} role="alert">
          {said.rest} {hint}
        </p>
      )}
      <footer className={css.foot}>
        <Button onClick={onDismiss}>Not this</Button>
        <Button look="primary" icon="play" type="submit" pending={pending}>
          {pending ? 'Starting' : 'Start this run'}
        </Button>
      </footer>
    </form>
  )
}

/** The fields as they stand at first: what is proposed, else what the workflow says. */
function textsOf(variables: readonly Variable[], proposed: unknown): Filled {
  const given = (proposed ?? {}) as Record<string, Json>
  const known = Object.entries(given).map(([name, value]): [string, string] => [
    name,
    Array.isArray(value) ? value.join('\n') : String(value),
  ])
  return defaultsOf(variables, Object.fromEntries(known))
}

function useConfirm(proposalId: string, onStarted: (runId: string) => void) {
  const [{ fetching }, send] = useMutation(ConfirmProposalDocument)
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [refusal, setRefusal] = useState({ message: '', hint: '' })

  const confirm = async (variables: readonly Variable[], filled: Filled, proposed: Filled) => {
    const read = readVariables(variables, filled)
    setFaults(read.faults)
    setRefusal({ message: '', hint: '' })
    if (Object.keys(read.faults).length > 0) return
    // What stayed as proposed is the proposal's: only what a person changed is said.
    // What was emptied is null: the workflow's own default then.
    const changed = variables
      .filter(({ name }) => filled[name] !== proposed[name])
      .map(({ name }): [string, Json] => [name, read.values[name] ?? null])
    const input = { proposalId, variables: Object.fromEntries(changed), title: null, budgetMicros: null }
    const { data, error } = await send({ input })
    if (data !== undefined && 'run' in data.confirmProposal) return onStarted(data.confirmProposal.run.id)
    const refused = error === undefined ? refusalOf(data?.confirmProposal) : { message: faultOf(error), hint: '' }
    setRefusal(refused ?? { message: 'The run was not started.', hint: '' })
  }
  return { confirm, pending: fetching, faults, ...refusal }
}

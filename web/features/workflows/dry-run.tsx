import { type FormEvent, useState } from 'react'
import { useClient } from 'urql'
import type { DryRunInput, DryRunQuery, WorkflowPartsFragment } from '../../gql/graphql.ts'
import { faultOf } from '../../lib/fault.ts'
import { counted, formatMoney, formatSpan } from '../../lib/format.ts'
import { defaultsOf, readVariables } from '../../lib/variables.ts'
import { Button } from '../../ui/button.tsx'
import { Part } from '../../ui/page.tsx'
import { Stats } from '../../ui/stats.tsx'
import { VariableField } from '../../ui/variable-field.tsx'
import { DryRunDocument } from './documents.ts'
import { DryStepTable } from './dry-step-table.tsx'
import { FaultList } from './fault-list.tsx'
import css from './workflows.module.css'

type Dry = DryRunQuery['dryRun']
type Source = Pick<DryRunInput, 'workflow' | 'text'>
type Props = {
  workflow: WorkflowPartsFragment
  /** The name of one that is in force, or a text. */
  source: Source
  onDone?(dry: Dry): void
}

/** What a run with these variables would do, cost and ask. Nothing is begun. */
export function DryRun({ workflow, source, onDone }: Props) {
  const client = useClient()
  const [filled, setFilled] = useState(() => defaultsOf(workflow.variables, {}))
  const [manners, setManners] = useState({ manual: false, simulated: false })
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({})
  const [dry, setDry] = useState<Dry | null>(null)
  const [fault, setFault] = useState('')
  const [pending, setPending] = useState(false)

  const tryOut = async (event: FormEvent) => {
    event.preventDefault()
    const { values, faults: found } = readVariables(workflow.variables, filled)
    setFaults(found)
    if (Object.keys(found).length > 0) return
    setPending(true)
    const input = { workflow: null, text: null, ...source, ...manners, variables: values }
    const { data, error } = await client.query(DryRunDocument, { input }, { requestPolicy: 'network-only' })
    setPending(false)
    setFault(error === undefined ? '' : faultOf(error))
    if (data === undefined) return
    setFaults(Object.fromEntries(data.dryRun.faults.map(one => [one.path.replace(/^variables\./, ''), one.message])))
    setDry(data.dryRun)
    onDone?.(data.dryRun)
  }
  return (
    <div className={css.dry}>
      <form className={css.form} onSubmit={tryOut}>
        {workflow.variables.map(variable => (
          <VariableField
            key={variable.name}
            variable={variable}
            value={filled[variable.name] ?? ''}
            fault={faults[variable.name]}
            onChange={value => setFilled(before => ({ ...before, [variable.name]: value }))}
          />
        ))}
        {(['manual', 'simulated'] as const).map(name => (
          <label key={name} className={css.check}>
            <input
              type="checkbox"
              checked={manners[name]}
              onChange={event => setManners(before => ({ ...before, [name]: event.target.checked }))}
            />
            {name === 'manual' ? 'Every task waits for a “go”' : 'With simulated models'}
          </label>
        ))}
        <Button look="primary" type="submit" icon="play" pending={pending}>
          Try it out
        </Button>
        {fault === '' ? null : (
          <p role="alert" className={css.fault}>
            {fault}
          </p>
        )}
      </form>
      <div className={css.result}>
        {dry === null ? (
          <p className={css.muted}>
            A dry run says which steps would run, what they would ask of people, and what it may cost. Nothing is begun,
            written or paid.
          </p>
        ) : (
          <Result dry={dry} />
        )}
      </div>
    </div>
  )
}

function Result({ dry }: { dry: Dry }) {
  if (dry.faults.length > 0) return <FaultList faults={dry.faults} />
  const count = (outlook: string) => dry.steps.filter(step => step.outlook === outlook).length
  const asks = dry.steps.reduce((sum, step) => sum + step.asks.length, 0)
  return (
    <>
      <Stats
        label="The dry run"
        stats={[
          {
            label: 'Would run',
            value: counted(count('RUNS'), 'step'),
            note: `${count('OPEN')} may, ${count('SKIPPED')} would not`,
          },
          { label: 'Would ask', value: asks === 0 ? 'nobody' : counted(asks, 'question') },
          { label: 'Would cost', value: costText(dry), note: basisText(dry) },
          { label: 'At the longest', value: formatSpan(dry.longestMs), note: dry.longest.join(' → ') },
        ]}
      />
      <Part title="What it would do">
        <DryStepTable steps={dry.steps} />
      </Part>
    </>
  )
}

function costText({ estimate }: Dry): string {
  if (estimate === null || estimate.high === null || estimate.low === null) return 'unknown'
  const [low, high] = [Number(estimate.low), Number(estimate.high)]
  return high === 0 ? 'nothing' : `${formatMoney(low)} to ${formatMoney(high)}`
}

function basisText({ estimate }: Dry): string {
  switch (estimate?.basis) {
    case 'PAST_RUNS':
      return `as ${counted(estimate.runs, 'run')} before it did`
    case 'WORST_CASE':
      return 'if its agents used up what they may'
    case 'NO_MODEL':
      return 'no step calls a model'
    default:
      return 'no price is known'
  }
}

import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useClient } from 'urql'
import type { ModelDecisionsQuery } from '../../gql/graphql.ts'
import { faultOf } from '../../lib/fault.ts'
import { formatMoney } from '../../lib/format.ts'
import { useRunChanges } from '../../lib/run-changes.ts'
import { AgentMark } from '../../ui/agent-mark.tsx'
import { Button } from '../../ui/button.tsx'
import { Bars, Empty } from '../../ui/empty.tsx'
import { inert } from '../../ui/inert.tsx'
import { Table } from '../../ui/table.tsx'
import { Ago } from '../../ui/time.tsx'
import { ModelDecisionsDocument } from './documents.ts'
import css from './providers.module.css'

type Decision = ModelDecisionsQuery['modelDecisions']['nodes'][number]
type Page = { decisions: readonly Decision[]; next: string | null; fault: string | null }

const pageSize = 10

/** The newest choices of a model, each as its event has it; `model`: only those that led to it. */
export function DecisionList({ model }: { model: string | null }) {
  const { page, more, pending } = useDecisions(model)
  if (page === null) return <Bars rows={4} height={44} />
  if (page.decisions.length === 0)
    return (
      <Empty icon="chip" title={page.fault === null ? 'No model was chosen yet' : 'The decisions could not be read'}>
        {page.fault ??
          'Whenever an agent asks a model, the choice is an event: which could have been chosen, which could not and why, and with what probability this one was drawn.'}
      </Empty>
    )
  return (
    <>
      <ol className={css.decisions}>
        {page.decisions.map(decision => (
          <li key={`${decision.runId} ${decision.seq}`}>
            <DecisionRow decision={decision} />
          </li>
        ))}
      </ol>
      {page.next === null ? null : (
        <div className={css.more}>
          <Button pending={pending} onClick={more}>
            Show earlier ones
          </Button>
        </div>
      )}
    </>
  )
}

function useDecisions(model: string | null) {
  const client = useClient()
  const [page, setPage] = useState<Page | null>(null)
  const [pending, setPending] = useState(false)
  const read = async (after: string | null) => {
    const variables = { first: pageSize, after, model }
    const { data, error } = await client.query(ModelDecisionsDocument, variables, { requestPolicy: 'network-only' })
    const { nodes = [], pageInfo } = data?.modelDecisions ?? {}
    setPage(before => {
      const kept = before?.decisions ?? []
      const next = pageInfo?.hasNextPage === true ? pageInfo.endCursor : null
      const fault = error === undefined ? null : faultOf(error)
      if (after !== null) return { decisions: [...kept, ...nodes], next, fault }
      // What is new comes on top; what was asked for besides stays below.
      const known = new Set(nodes.map(keyOf))
      const older = kept.filter(one => !known.has(keyOf(one)))
      return { decisions: [...nodes, ...older], next: older.length > 0 ? (before?.next ?? null) : next, fault }
    })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another model begins a new list.
  useEffect(() => {
    setPage(null)
    void read(null)
  }, [client, model])
  useRunChanges(() => void read(null), 2_000)
  const more = async () => {
    setPending(true)
    await read(page?.next ?? null)
    setPending(false)
  }
  return { page, more, pending }
}

const keyOf = ({ runId, seq }: Decision): string => `${runId} ${seq}`

function DecisionRow({ decision }: { decision: Decision }) {
  const { runId, seq, at, model, propensity, task, run, reason, candidates } = decision
  return (
    <details className={css.decision}>
      <summary>
        <AgentMark name={task?.uses ?? ''} label />
        <span className={css.what}>
          <code>{model}</code>
          <span className={css.note}>{` for ${task?.title ?? 'a task'} of ${run?.title ?? 'a run'}`}</span>
        </span>
        <span className="tabular">{percent(propensity)}</span>
        <span className={css.note}>
          <Ago at={Date.parse(at)} />
        </span>
      </summary>
      <p className={css.reason}>
        {inert(reason)}{' '}
        <Link to="/runs/$runId" params={{ runId }} search={{ tab: 'events', seq }} className={css.event}>
          Event {seq}
        </Link>
      </p>
      <Candidates decision={decision} candidates={candidates} />
    </details>
  )
}

function Candidates({ decision, candidates }: { decision: Decision; candidates: Decision['candidates'] }) {
  if (candidates.length === 0) return null
  return (
    <Table
      label={`Models that could have been chosen for ${decision.task?.title ?? 'the task'}`}
      head={[
        { text: 'Model', wide: true },
        { text: 'Quality', end: true },
        { text: 'Cost at most', end: true },
        { text: 'Time', end: true },
        { text: 'Score', end: true },
        { text: 'Drawn with', end: true },
      ]}
    >
      {candidates.map(one => (
        <tr key={one.model} data-selected={one.model === decision.model || undefined}>
          <th scope="row" data-wide>
            <code>{one.model}</code>
            {one.excluded === null ? null : <p className={css.excluded}>{inert(one.excluded)}</p>}
          </th>
          <td data-end>{one.quality.toFixed(2)}</td>
          <td data-end>{one.cost === null ? '–' : formatMoney(Number(one.cost))}</td>
          <td data-end>{`${one.latencySeconds.toFixed(1)} s`}</td>
          <td data-end>{one.excluded === null ? one.score.toFixed(3) : '–'}</td>
          <td data-end>
            {one.excluded === null ? (
              <span className={css.share}>
                <span className={css.bar} aria-hidden="true">
                  <span style={{ width: `${one.propensity * 100}%` }} />
                </span>
                {percent(one.propensity)}
              </span>
            ) : (
              'excluded'
            )}
          </td>
        </tr>
      ))}
    </Table>
  )
}

const percent = (share: number): string => `${Math.round(share * 1_000) / 10} %`

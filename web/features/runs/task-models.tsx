import { useMemo } from 'react'
import { formatCount, formatMoney, formatSpan } from '../../lib/format.ts'
import { useTaskLog } from '../../lib/run-context.ts'
import { Section } from '../../ui/panel.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import { Span } from '../../ui/time.tsx'
import { createModelCallReader, type ModelCall, type ModelCandidate } from './model-calls.ts'
import css from './task-models.module.css'

/** Newest calls only: an agent may make hundreds. */
const shownCalls = 40

/** What a task asked of models: why this one, what it took, and what it cost. */
export function TaskModels({ index }: { index: number }) {
  const read = useMemo(() => createModelCallReader(index), [index])
  const calls = useTaskLog(index, read)
  if (calls.length === 0) return null
  const cost = calls.reduce((sum, call) => sum + call.costMicros, 0)
  return (
    <Section
      title="Model calls"
      aside={`${calls.length > shownCalls ? `the last ${shownCalls} of ` : ''}${calls.length}, ${formatMoney(cost)}`}
    >
      <ol className={css.calls}>
        {calls.slice(-shownCalls).map(call => (
          <li key={call.seq}>
            <Call call={call} />
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Call({ call }: { call: ModelCall }) {
  const { purpose, model, durationMs, fault, candidates, reason } = call
  return (
    <details className={css.call}>
      <summary className={css.head}>
        <StatusIcon
          status={durationMs === null ? 'CLAIMED' : fault === null ? 'SUCCEEDED' : 'FAILED'}
          size={14}
          label
        />
        <span className={css.purpose}>{purpose}</span>
        <span className={css.took}>
          {durationMs === null ? <Span from={call.startedAt} to={null} /> : formatSpan(durationMs)}
        </span>
        <span className={css.model}>{model}</span>
        <span className={css.tokens}>
          {durationMs === null || fault !== null
            ? ''
            : `${formatCount(call.inputTokens)} in, ${formatCount(call.outputTokens)} out, `}
          {formatMoney(call.costMicros)}
          {call.uncertain ? ' at most' : ''}
        </span>
      </summary>
      {fault === null ? null : <p className={css.fault}>{fault}</p>}
      {candidates.length === 0 ? (
        <p className={css.reason}>{reason || 'Nothing was to be chosen.'}</p>
      ) : (
        <>
          <p className={css.reason}>{reason}</p>
          <ul className={css.candidates} aria-label="Models that could have been chosen">
            {candidates.map(candidate => (
              <CandidateRow key={candidate.model} candidate={candidate} chosen={candidate.model === model} />
            ))}
          </ul>
        </>
      )}
    </details>
  )
}

function CandidateRow({ candidate, chosen }: { candidate: ModelCandidate; chosen: boolean }) {
  const { model, propensity, excluded, costMicros } = candidate
  return (
    <li className={css.candidate} data-chosen={chosen || undefined}>
      <span className={css.name}>{model}</span>
      {excluded === null ? (
        <>
          <span className={css.bar} aria-hidden="true">
            <span style={{ width: `${propensity * 100}%` }} />
          </span>
          <span className={css.share}>
            {Math.round(propensity * 1_000) / 10} %{costMicros === null ? '' : `, ≤ ${formatMoney(costMicros)}`}
          </span>
        </>
      ) : (
        <span className={css.excluded}>{excluded}</span>
      )}
    </li>
  )
}

import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { toGlobalId } from '../../../domain/ids.ts'
import type { Artifact, Run } from '../../../domain/run/state.ts'
import { leaveArtifact } from '../../lib/artifact-search.ts'
import type { EventLog } from '../../lib/event-log.ts'
import { counted, formatCount } from '../../lib/format.ts'
import { Facts } from '../../ui/facts.tsx'
import { inert } from '../../ui/inert.tsx'
import css from './about.module.css'
import { provenanceOf } from './provenance.ts'
import { Score } from './score.tsx'

type Props = { artifact: Artifact; run: Run; log: EventLog }
const shownArtifacts = 12

/** Where an artifact comes from and what it is worth; every figure leads to its events. */
export function About({ artifact, run, log }: Props) {
  // An artifact and all that led to it are past: more events change nothing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const origin = useMemo(() => provenanceOf(artifact, run, log), [artifact.id])
  const task = run.tasks[artifact.taskIndex]
  return (
    <div className={css.about}>
      {artifact.score === null ? null : <Score score={artifact.score} parts={artifact.scoreParts} />}
      <Facts
        facts={{
          Task: (
            <Link from="/runs/$runId" to="." search={rest => ({ ...rest, task: artifact.taskIndex })}>
              {inert(task?.title ?? `Task ${artifact.taskIndex}`)}, attempt {artifact.attempt}
            </Link>
          ),
          Agent: task === undefined ? null : <code>{task.uses}</code>,
          Worker: origin.worker === null ? null : <code>{origin.worker}</code>,
          Models:
            origin.models.length === 0 ? null : (
              <ul>
                {origin.models.map(({ model, calls, micros, tokens }) => (
                  <li key={model}>
                    <code>{model}</code> {counted(calls, 'call')}, {formatCount(tokens)} tokens, $
                    {(micros / 1e6).toFixed(4)}
                  </li>
                ))}
              </ul>
            ),
          Prompt:
            origin.promptHash === null ? null : (
              <code title={`sha256 ${origin.promptHash}`}>{origin.promptHash.slice(0, 12)}</code>
            ),
          Tools:
            origin.tools.length === 0
              ? null
              : origin.tools.map(({ tool, calls }) => `${tool} × ${formatCount(calls)}`).join(', '),
          Events: (
            <Link
              from="/runs/$runId"
              to="."
              search={rest => ({ ...rest, tab: 'events', of: artifact.taskIndex, seq: artifact.seq })}
            >
              {counted(origin.events, 'event')}, {origin.first} to {origin.last}
            </Link>
          ),
          'Could rest on':
            origin.restsOn.length === 0 ? null : (
              <ul>
                {origin.restsOn.slice(-shownArtifacts).map(one => (
                  <li key={one.id}>
                    <Link
                      from="/runs/$runId"
                      to="."
                      search={rest => ({ ...leaveArtifact(rest), artifact: toGlobalId('Artifact', one.id) })}
                    >
                      {inert(one.title)}
                    </Link>{' '}
                    <span className={css.kind}>{one.kind}</span>
                  </li>
                ))}
                {origin.restsOn.length > shownArtifacts ? (
                  <li>and {counted(origin.restsOn.length - shownArtifacts, 'older one')}</li>
                ) : null}
              </ul>
            ),
          Content: <code title={`sha256 ${artifact.hash}`}>{artifact.hash.slice(0, 16)}</code>,
        }}
      />
    </div>
  )
}

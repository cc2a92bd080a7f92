import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { toGlobalId } from '../../../domain/ids.ts'
import type { Artifact, Run } from '../../../domain/run/state.ts'
import { counted } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { inert } from '../../ui/inert.tsx'
import css from './compare.module.css'
import { pairResults, type ResultPair } from './result-pairs.ts'

type Props = {
  left: Run
  right: Run
  ids: { left: string; right: string }
  open: string | undefined
  onOpen(id: string | undefined): void
  difference(base: Artifact, artifact: Artifact): ReactNode
}

/** Pairs that are listed; of more, how many. */
const listed = 200

/** What both have made: what differs with its difference, what is the same in one line. */
export function Results({ left, right, ids, open, onOpen, difference }: Props) {
  const pairs = useMemo(() => pairResults(left, right), [left, right])
  const same = pairs.filter(pair => pair.same)
  const others = pairs.filter(pair => !pair.same)
  if (pairs.length === 0) return null
  return (
    <section className={css.results} aria-labelledby="results">
      <div className={css.bar}>
        <h2 id="results">Results</h2>
        <span>{same.length === 0 ? '' : `${counted(same.length, 'result')} the same in both`}</span>
      </div>
      <ul className={css.pairs} aria-label="Results that differ">
        {others.slice(0, listed).map(pair => {
          const id = idOf(pair)
          return (
            <li key={id} className={css.result}>
              <div className={css.pair}>
                <ResultHalf artifact={pair.left} runId={ids.left} />
                <ResultHalf artifact={pair.right} runId={ids.right} />
              </div>
              {pair.left === null || pair.right === null ? null : (
                <Button aria-expanded={open === id} onClick={() => onOpen(open === id ? undefined : id)}>
                  {open === id ? 'Close' : 'What differs'}
                  <span className="sr-only"> in {pair.right.title}</span>
                </Button>
              )}
              {open === id && pair.left !== null && pair.right !== null ? (
                <div className={css.difference}>{difference(pair.left, pair.right)}</div>
              ) : null}
            </li>
          )
        })}
      </ul>
      {others.length > listed ? <p className={css.none}>and {counted(others.length - listed, 'more')}</p> : null}
    </section>
  )
}

const idOf = ({ left, right }: ResultPair): string => toGlobalId('Artifact', (right ?? left)?.id ?? '')

function ResultHalf({ artifact, runId }: { artifact: Artifact | null; runId: string }) {
  if (artifact === null) return <div className={css.absent}>not in this run</div>
  return (
    <div className={css.half}>
      <p className={css.task}>
        <Link
          to="/runs/$runId"
          params={{ runId }}
          search={{ tab: 'artifacts', artifact: toGlobalId('Artifact', artifact.id) }}
        >
          {inert(artifact.title)}
        </Link>
        <span className={css.measures}>
          <span>{artifact.kind}</span>
          {artifact.score === null ? null : <span className="tabular">score {artifact.score.toFixed(2)}</span>}
        </span>
      </p>
    </div>
  )
}

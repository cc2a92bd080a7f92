import { Link, useNavigate } from '@tanstack/react-router'
import { useQuery } from 'urql'
import { counted } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { inert } from '../../ui/inert.tsx'
import { Keys } from '../../ui/keys.tsx'
import { ForkOriginDocument } from './documents.ts'
import css from './fork.module.css'

/** Which run this one is a fork of, and which are forks of it; comparing is one key away. */
export function ForkOrigin({ runId }: { runId: string }) {
  const [{ data }] = useQuery({
    query: ForkOriginDocument,
    variables: { id: runId },
    requestPolicy: 'cache-and-network',
  })
  const navigate = useNavigate()
  const origin = data?.run?.forkedFrom ?? null
  const forks = data?.run?.forks.nodes ?? []
  const [newest] = forks
  const other = origin?.run?.id ?? newest?.id
  // The parent stands on the left, whichever of the two one comes from.
  const pair = origin?.run ? { left: origin.run.id, right: runId } : newest ? { left: runId, right: newest.id } : null
  useShortcuts(
    pair === null || other === undefined
      ? []
      : [
          {
            keys: 'C',
            title: origin === null ? 'Compare with its newest fork' : 'Compare with the run that it is a fork of',
            group: 'Run',
            run: () => void navigate({ to: '/compare', search: pair }),
          },
        ],
  )
  if (pair === null && origin === null) return null
  return (
    <p className={css.origin}>
      {origin === null ? null : origin.run === null ? (
        <span>A fork of a run that was deleted</span>
      ) : (
        <span>
          Fork of{' '}
          <Link to="/runs/$runId" params={{ runId: origin.run.id }} search={{ at: origin.seq }}>
            {inert(origin.run.title)}
          </Link>{' '}
          after event {origin.seq}
        </span>
      )}
      {newest === undefined ? null : (
        <span>
          {counted(data?.run?.forks.totalCount ?? forks.length, 'fork')}, the newest:{' '}
          <Link to="/runs/$runId" params={{ runId: newest.id }}>
            {inert(newest.title)}
          </Link>
        </span>
      )}
      {pair === null ? null : (
        <Link to="/compare" search={pair} aria-keyshortcuts="C">
          Compare <Keys keys="C" quiet />
        </Link>
      )}
    </p>
  )
}

import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useQuery } from 'urql'
import { faultOf } from '../../lib/fault.ts'
import { counted, formatExact, formatMoney } from '../../lib/format.ts'
import { SpendingDocument } from '../../lib/spending-documents.ts'
import { useSpending } from '../../lib/use-spending.ts'
import { Button } from '../../ui/button.tsx'
import { Bars, Empty } from '../../ui/empty.tsx'
import css from './spending.module.css'

type Props = { from: number; projectId: string | null }

/** The model calls that a sum was paid for, newest first. */
export function SpendingList({ from, projectId }: Props) {
  const [pages, setPages] = useState<readonly (string | null)[]>([null])
  const now = useSpending(from, projectId)
  const since = new Date(from).toISOString()
  return (
    <>
      <p className={css.sum}>
        <strong className={css.figure} data-figure="sum">
          {now === null ? '…' : formatMoney(now.micros)}
        </strong>{' '}
        {now === null ? '' : `for ${counted(now.calls, 'model call')}`} since {formatExact(from)}
      </p>
      <ol className={css.list} aria-label="Model calls">
        {pages.map((after, index) => (
          <Page
            key={after}
            {...{ since, projectId, after }}
            seen={after === null && now !== null ? `${now.micros}/${now.calls}` : ''}
            isLast={index === pages.length - 1}
            onMore={next => setPages([...pages, next])}
          />
        ))}
      </ol>
    </>
  )
}

type PageProps = {
  since: string
  projectId: string | null
  after: string | null
  /** Changes when there is something new to be read. */
  seen: string
  isLast: boolean
  onMore(after: string): void
}

function Page({ since, projectId, after, seen, isLast, onMore }: PageProps) {
  const variables = { from: since, to: null, projectId, after }
  const [{ data, error, fetching }, again] = useQuery({ query: SpendingDocument, variables })
  useEffect(() => {
    if (seen !== '') again({ requestPolicy: 'network-only' })
  }, [seen, again])
  if (data === undefined && fetching) return <Bars rows={5} height={44} />
  if (data === undefined)
    return (
      <Empty icon="warning" title="The calls could not be read">
        {error === undefined ? '' : faultOf(error)}
      </Empty>
    )
  const { nodes, pageInfo } = data.spending.calls
  if (nodes.length === 0 && after === null)
    return (
      <Empty icon="coin" title="Nothing was spent">
        Model calls stand here the moment they are paid.
      </Empty>
    )
  return (
    <>
      {nodes.map(call => (
        <li key={call.key} className={css.call}>
          <span className={css.what}>
            {call.run === null ? (
              <span>{call.key.startsWith('proposal/') ? 'A proposal' : 'A conversation'}</span>
            ) : (
              <Link
                to="/runs/$runId"
                params={{ runId: call.run.id }}
                search={call.task === null ? {} : { task: call.task.index }}
                className={css.run}
              >
                {call.run.title}
              </Link>
            )}
            <span className={css.note}>{call.task === null ? '' : call.task.title}</span>
          </span>
          <code className={css.model}>{call.model}</code>
          <time className={css.note} dateTime={call.settledAt ?? undefined}>
            {call.settledAt === null ? '' : formatExact(Date.parse(call.settledAt))}
          </time>
          <span
            className={css.charged}
            title={call.isCertain ? undefined : 'The reply was lost: its reservation stands in'}
          >
            {call.isCertain ? '' : '≤ '}
            {formatMoney(Number(call.charged))}
          </span>
        </li>
      ))}
      {isLast && pageInfo.hasNextPage && pageInfo.endCursor !== null ? (
        <li className={css.more}>
          <Button onClick={() => onMore(pageInfo.endCursor as string)}>Show older calls</Button>
        </li>
      ) : null}
    </>
  )
}

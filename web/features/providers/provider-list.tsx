import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useQuery } from 'urql'
import type { Days } from '../../lib/days.ts'
import { daysWord } from '../../lib/days.ts'
import { counted, formatMoney } from '../../lib/format.ts'
import { useRunChanges } from '../../lib/run-changes.ts'
import { useLive } from '../../lib/use-live.ts'
import { Bars, Empty } from '../../ui/empty.tsx'
import { type Stat, Stats } from '../../ui/stats.tsx'
import { ModelFiguresDocument, ProvidersChangedDocument } from './documents.ts'
import { type ModelFigures, ProviderCard } from './provider-card.tsx'
import css from './providers.module.css'

/** Who serves models: how they are, live, and what they have come to. */
export function ProviderList({ days }: { days: Days }) {
  const { data, fault } = useLive(ProvidersChangedDocument, {})
  const [{ data: figures }, again] = useQuery({ query: ModelFiguresDocument, variables: { days } })
  useRunChanges(() => again({ requestPolicy: 'network-only' }), 2_000)
  const byModel = useMemo(
    () => new Map(figures?.providers.flatMap(({ models }) => models.map(model => [model.id, model] as const))),
    [figures],
  )
  if (data === null && fault === null) return <Bars rows={4} height={96} />
  if (data === null)
    return (
      <Empty icon="warning" title="The providers could not be read">
        {fault}
      </Empty>
    )
  return (
    <>
      <Stats label="All models together" stats={summary(byModel, days)} />
      {figures?.missingModel == null ? null : (
        <p className={css.missing}>{`No real model can be asked. ${figures.missingModel}`}</p>
      )}
      {data.providersChanged.map(provider => (
        <ProviderCard key={provider.name} provider={provider} figures={byModel} />
      ))}
    </>
  )
}

function summary(byModel: ReadonlyMap<string, ModelFigures>, days: Days): Stat[] {
  const used = [...byModel.values()].flatMap(({ usage }) => usage ?? [])
  const sum = (of: (one: (typeof used)[number]) => number | string) =>
    used.reduce((total, one) => total + Number(of(one)), 0)
  const failures = [...byModel.values()].flatMap(({ failuresByKind }) => failuresByKind)
  const failed = failures.reduce((total, { count }) => total + count, 0)
  const reserved = sum(one => one.reserved)
  return [
    {
      label: 'Spent',
      value: (
        <Link to="/spending" search={{ from: since(days) }}>
          {formatMoney(sum(one => one.spent))}
        </Link>
      ),
      note: reserved > 0 ? `and ${formatMoney(reserved)} held back for calls under way` : daysWord(days),
    },
    {
      label: 'Calls',
      value: sum(one => one.calls).toLocaleString('en-GB'),
      note: `to ${counted(used.length, 'model')}`,
    },
    {
      label: 'Failed',
      value: failed.toLocaleString('en-GB'),
      note: failed === 0 ? 'no try' : 'tries; most were repeated',
      tone: failed > 0 ? 'wait' : undefined,
    },
    {
      label: 'Tokens in',
      value: compact(sum(one => one.inputTokens)),
      note: `${compact(sum(one => one.cacheReadTokens))} from the cache`,
    },
    { label: 'Tokens out', value: compact(sum(one => one.outputTokens)) },
  ]
}

const short = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 })
const compact = (count: number): string => short.format(count)

const since = (days: Days): string => new Date(Date.now() - days * 86_400_000).toISOString()

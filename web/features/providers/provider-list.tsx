import { useEffect } from 'react'
import { useQuery } from 'urql'
import type { ProvidersQuery } from '../../gql/graphql.ts'
import { faultOf } from '../../lib/fault.ts'
import { formatCount, formatMoney } from '../../lib/format.ts'
import { Bars, Empty } from '../../ui/empty.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import type { Tone } from '../../ui/status.tsx'
import { ProvidersDocument } from './documents.ts'
import css from './providers.module.css'

type Provider = ProvidersQuery['providers'][number]
type Model = Provider['models'][number]

/** Breakers and queues change by the second, and no event tells of them. */
const lookAgainMs = 2_000

/** Who serves models, how they are right now, and what they have cost. */
export function ProviderList() {
  const [{ data, error }, again] = useQuery({ query: ProvidersDocument, requestPolicy: 'network-only' })
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') again({ requestPolicy: 'network-only' })
    }, lookAgainMs)
    return () => clearInterval(timer)
  }, [again])
  if (data === undefined && error === undefined) return <Bars rows={4} height={72} />
  if (data === undefined)
    return (
      <Empty icon="warning" title="The providers could not be read">
        {error === undefined ? '' : faultOf(error)}
      </Empty>
    )
  const spent = new Map(data.viewer.organisation.budget.byModel.map(part => [part.name, Number(part.spent)]))
  const { limit, spent: total } = data.viewer.organisation.budget
  return (
    <div className={css.providers}>
      <p className={css.total}>
        <strong>{formatMoney(Number(total))}</strong> spent in all
        {limit === null ? ', without a limit for the organisation' : ` of ${formatMoney(Number(limit))}`}
      </p>
      {data.providers.map(provider => (
        <ProviderCard key={provider.name} provider={provider} spent={spent} />
      ))}
    </div>
  )
}

const words: Readonly<Record<string, { word: string; tone: Tone }>> = {
  NOT_SET_UP: { word: 'Not set up: it has no key', tone: 'idle' },
  CLOSED: { word: 'In order', tone: 'good' },
  HALF_OPEN: { word: 'Being tried again', tone: 'wait' },
  OPEN: { word: 'Left alone for a while', tone: 'bad' },
}
const stateOf = ({ status, breaker }: Provider | Model) => words[status === 'NOT_SET_UP' ? status : breaker]

function ProviderCard({ provider, spent }: { provider: Provider; spent: ReadonlyMap<string | null, number> }) {
  const { name, protocol, simulated, inFlight, queued, lastError, models } = provider
  const state = stateOf(provider)
  return (
    <section className={css.provider} aria-label={name}>
      <header className={css.head}>
        <h2>{name}</h2>
        <span className={css.note}>{simulated ? 'no real model, used only where a run asks for it' : protocol}</span>
        <span className={css.state} data-tone={state?.tone}>
          {state?.word}
        </span>
      </header>
      {lastError === null ? null : <p className={css.fault}>{lastError}</p>}
      <p className={css.note}>
        {formatCount(inFlight)} under way, {formatCount(queued)} waiting
      </p>
      {models.length === 0 ? null : (
        <Scroll className={css.scroller} label={`Models of ${name}`}>
          <table className={css.models}>
            <thead>
              <tr>
                <th scope="col">Model</th>
                <th scope="col">State</th>
                <th scope="col">Under way</th>
                <th scope="col">Calls</th>
                <th scope="col">Failed</th>
                <th scope="col">Typically</th>
                <th scope="col">Cost</th>
              </tr>
            </thead>
            <tbody>
              {models.map(model => (
                <ModelRow
                  key={model.id}
                  model={model}
                  hasKey={provider.status !== 'NOT_SET_UP'}
                  micros={spent.get(model.id) ?? 0}
                />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  )
}

function ModelRow({ model, hasKey, micros }: { model: Model; hasKey: boolean; micros: number }) {
  const state = stateOf(model)
  return (
    <tr>
      <th scope="row">
        <code>{model.name}</code>
        {model.lastError === null ? null : <p className={css.fault}>{model.lastError}</p>}
      </th>
      <td data-tone={hasKey ? state?.tone : 'idle'}>{hasKey ? state?.word : 'No key'}</td>
      <td>{formatCount(model.inFlight)}</td>
      <td>{formatCount(model.calls)}</td>
      <td>{formatCount(model.failures)}</td>
      <td>{model.latencySeconds.toFixed(1)} s</td>
      <td>{formatMoney(micros)}</td>
    </tr>
  )
}

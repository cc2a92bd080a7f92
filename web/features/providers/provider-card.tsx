import { Link } from '@tanstack/react-router'
import type { ModelFiguresQuery, ProvidersChangedSubscription } from '../../gql/graphql.ts'
import { formatCount, formatExact, formatMoney, formatSpan } from '../../lib/format.ts'
import { Gauge } from '../../ui/gauge.tsx'
import { inert } from '../../ui/inert.tsx'
import { Table } from '../../ui/table.tsx'
import { BreakerMark } from './breaker-mark.tsx'
import css from './providers.module.css'

type Provider = ProvidersChangedSubscription['providersChanged'][number]
type Model = Provider['models'][number]
export type ModelFigures = ModelFiguresQuery['providers'][number]['models'][number]
type Props = { provider: Provider; figures: ReadonlyMap<string, ModelFigures> }

export function ProviderCard({ provider, figures }: Props) {
  const { name, protocol, simulated, status, inFlight, maxConcurrent, queued, lastError, models } = provider
  const off = status === 'NOT_SET_UP'
  return (
    <section className={css.provider} aria-label={name} data-off={off || undefined}>
      <header className={css.head}>
        <h2>{name}</h2>
        <span className={css.note}>
          {simulated
            ? 'no real model, used only where a run asks for it'
            : protocol === name
              ? ''
              : `speaks ${protocol}`}
        </span>
        <BreakerMark gate={provider} off={off} />
      </header>
      <p className={css.note}>
        {sourceWord(provider)}
        {off ? (
          <>
            {' '}
            To use it, set <code>{provider.keyVariable}</code> and start again.
          </>
        ) : null}
      </p>
      {lastError === null ? null : <p className={css.fault}>{inert(lastError.slice(0, 400))}</p>}
      {off ? null : (
        <div className={css.load}>
          <Gauge used={inFlight} limit={maxConcurrent} label={`Calls of ${name} under way`} />
          <span className="tabular">{`${inFlight} of ${maxConcurrent} under way${queued > 0 ? `, ${queued} waiting` : ''}`}</span>
        </div>
      )}
      {models.length === 0 ? null : (
        <Table
          label={`Models of ${name}`}
          head={[
            { text: 'Model', wide: true },
            { text: 'State', width: 168 },
            { text: 'Under way', end: true, width: 92 },
            { text: 'Calls', end: true, width: 60, title: 'By the ledger' },
            { text: 'p50', end: true, width: 56, title: 'Half of the calls took at most this' },
            { text: 'p95', end: true, width: 56 },
            { text: 'p99', end: true, width: 56 },
            { text: 'Tokens in / out', end: true, width: 164 },
            { text: 'Price in / out', end: true, width: 132, title: 'Dollars for a million tokens' },
            { text: 'Cost', end: true, width: 84, title: 'By the ledger' },
          ]}
        >
          {models.map(model => (
            <ModelRow key={model.id} model={model} off={off} figures={figures.get(model.id)} />
          ))}
        </Table>
      )}
    </section>
  )
}

function sourceWord({ source, baseUrl, keyVariable, simulated, status }: Provider): string {
  if (simulated) return 'Built in; needs no key.'
  const from = source === 'FILE' ? 'Configured in the file that ORRERY_MODELS names' : 'Built in'
  const at = baseUrl === null ? '' : `, reached at ${baseUrl}`
  if (status === 'NOT_SET_UP') return `${from}${at}.`
  return `${from}${at}; ${keyVariable === null ? 'wants no key' : `its key is ${keyVariable}`}.`
}

function ModelRow({ model, off, figures }: { model: Model; off: boolean; figures: ModelFigures | undefined }) {
  const usage = figures?.usage ?? null
  const ms = (value: number | null | undefined) => (value == null ? '–' : formatSpan(value))
  return (
    <tr>
      <th scope="row" data-wide>
        <Link
          to="/providers"
          search={({ model: _, ...rest }) => ({ ...rest, model: model.id })}
          hash="decisions"
          className={css.model}
          title="Why it was chosen"
          data-row
        >
          <code>{model.name}</code>
        </Link>
        {model.source === 'FILE' ? <span className={css.note}> of your own</span> : null}
        {model.lastError === null ? null : <p className={css.fault}>{inert(model.lastError.slice(0, 400))}</p>}
        <Failures failures={figures?.failuresByKind ?? []} />
      </th>
      <td>{off ? <span className={css.note}>no key</span> : <BreakerMark gate={model} off={false} />}</td>
      <td data-end>
        {model.inFlight} / {model.maxConcurrent}
        {model.queued > 0 ? <span className={css.note}> +{model.queued}</span> : null}
      </td>
      <td data-end>{usage === null ? '–' : formatCount(usage.calls)}</td>
      <td data-end>{ms(usage?.p50Ms)}</td>
      <td data-end>{ms(usage?.p95Ms)}</td>
      <td data-end>{ms(usage?.p99Ms)}</td>
      <td data-end>
        {usage === null
          ? '–'
          : `${formatCount(Number(usage.inputTokens))} / ${formatCount(Number(usage.outputTokens))}`}
      </td>
      <td data-end>{priceOf(model)}</td>
      <td data-end title={usage !== null && usage.unknown > 0 ? `${usage.unknown} at their reservation` : undefined}>
        {usage === null ? '–' : formatMoney(Number(usage.spent))}
        {usage !== null && usage.unknown > 0 ? <span className={css.note}> at most</span> : null}
      </td>
    </tr>
  )
}

function priceOf({ inputPrice, outputPrice }: Model): string {
  if (inputPrice === null || outputPrice === null) return 'unknown: not used'
  const [input, output] = [Number(inputPrice), Number(outputPrice)]
  return input === 0 && output === 0 ? 'free' : `${formatMoney(input)} / ${formatMoney(output)}`
}

/** How calls failed, by kind; each figure leads to the newest event of its kind. */
function Failures({ failures }: { failures: ModelFigures['failuresByKind'] }) {
  if (failures.length === 0) return null
  return (
    <ul className={css.failures} aria-label="Failures by kind">
      {failures.map(({ reason, count, runId, seq, at }) => (
        <li key={reason}>
          <Link
            to="/runs/$runId"
            params={{ runId }}
            search={{ tab: 'events', seq }}
            title={`The newest, ${formatExact(Date.parse(at))}`}
          >
            {formatCount(count)} {reason.toLowerCase().replaceAll('_', ' ')}
          </Link>
        </li>
      ))}
    </ul>
  )
}

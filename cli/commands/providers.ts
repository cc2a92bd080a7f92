import { showMicros } from '../../domain/money.ts'
import { type Context, type FormatOptions, formatOf } from '../context.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { graphql } from '../gql/gql.ts'
import type { ListProvidersQuery } from '../gql/graphql.ts'
import type { Colour } from '../style.ts'
import { type Column, table } from '../table.ts'

const ListProviders = graphql(`
  query ListProviders {
    providers {
      name protocol simulated status breaker inFlight queued lastError
      models { id status breaker inFlight queued calls failures latencySeconds lastError }
    }
    viewer { organisation { budget { byModel { name calls spent } } } }
  }
`)

type Provider = ListProvidersQuery['providers'][number]
type Row = Provider['models'][number] & { provider: Provider; spentMicros: number }

/** `orrery providers`: who serves models, how they are as the server sees them, and what they have cost in all. */
export async function providers(context: Context, options: FormatOptions): Promise<ExitCode> {
  const { providers: all, viewer } = await context.client().query(ListProviders, {})
  const spent = new Map(viewer.organisation.budget.byModel.map(one => [one.name, Number(one.spent)]))
  const rows = all.flatMap(provider =>
    provider.models.map((model): Row => ({ ...model, provider, spentMicros: spent.get(model.id) ?? 0 })),
  )
  const { out, err } = context.terminal
  switch (formatOf(options)) {
    case 'json':
      await out.line(
        JSON.stringify(
          all.map(provider => withCost(provider, spent)),
          null,
          2,
        ),
      )
      break
    case 'jsonl':
      for (const provider of all) await out.line(JSON.stringify(withCost(provider, spent)))
      break
    case 'text':
      for (const line of table(rows, columns(context), { width: out.width(), style: out.style })) await out.line(line)
      for (const line of troubles(all)) await err.line(line)
  }
  return exitCodes.ok
}

const withCost = (provider: Provider, spent: ReadonlyMap<string | null, number>) => ({
  ...provider,
  models: provider.models.map(model => ({ ...model, spentMicros: spent.get(model.id) ?? 0 })),
})

/** What an operator would want to mend, without the keys that were never meant to be set. */
const troubles = (all: readonly Provider[]): string[] => {
  const told = all.filter(({ lastError }) => lastError !== null).map(({ name, lastError }) => `${name}: ${lastError}`)
  const real = all.some(({ simulated, status }) => !simulated && status !== 'NOT_SET_UP')
  return real
    ? told
    : [...told, 'No real provider is set up: see docs/providers.md. Until then, --simulate runs without one.']
}

const colours: Readonly<Record<string, Colour>> = { CLOSED: 'green', HALF_OPEN: 'yellow', OPEN: 'red' }

const columns = ({ terminal: { out } }: Context): Column<Row>[] => [
  { title: 'PROVIDER', text: row => row.provider.name },
  { title: 'MODEL', flexible: true, text: row => row.id },
  {
    title: 'STATUS',
    text: row => wordOf(row.status === 'READY' ? row.provider.status : row.status),
    paint: (text, row) => (row.provider.status === 'NOT_SET_UP' ? out.style.dim(text) : text),
  },
  {
    title: 'BREAKER',
    text: row => wordOf(row.breaker),
    paint: (text, row) => out.style[colours[row.breaker] ?? 'dim'](text),
  },
  { title: 'IN FLIGHT', align: 'right', text: row => String(row.inFlight) },
  { title: 'QUEUED', align: 'right', expendable: 1, text: row => String(row.queued) },
  { title: 'CALLS', align: 'right', expendable: 2, text: row => String(row.calls) },
  { title: 'COST', align: 'right', text: row => showMicros(row.spentMicros) },
]

/** `NOT_SET_UP` → `not set up`. */
const wordOf = (status: string): string => status.toLowerCase().replaceAll('_', ' ')

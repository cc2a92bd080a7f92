import type { BudgetKind, BudgetScope, BudgetState } from '../domain/budget.ts'
import { forecastMicros } from '../domain/money.ts'
import { scopeName } from './ledger-calls.ts'
import type { Tenant } from './tenant.ts'

export const spentBy = ['model', 'agent', 'task'] as const
export type SpentBy = (typeof spentBy)[number]

/** A part of what was spent: `name` is the id of a model, the name of an agent, `<run id>/<index>` of a task, or null for calls of no task. */
export type SpendLine = {
  name: string | null
  calls: number
  spentMicros: number
  /** Of calls that are under way. */
  reservedMicros: number
  inputTokens: number
  outputTokens: number
}

/** So that an id which is none finds nothing, rather than fail. */
const uuid = '^[0-9a-f-]{36}$'

/** What one organisation may spend, and what it has spent. Methods take many scopes and answer in their order. */
export function tenantBudgets({ sql, organisationId }: Tenant) {
  const wanted = (scopes: readonly BudgetScope[]) =>
    sql`unnest(${scopes.map(one => one.kind)}::text[], ${scopes.map(one => one.id)}::text[], ${scopes.map(scopeName)}::text[])
      with ordinality as wanted(kind, id, name, number)`
  /** Tasks that a fork has ended from another run: they cost it nothing, and tell nothing of what is to come. */
  const inherited = sql`(
    select count(*) from tasks where run_id = runs.id and kind <> 'map' and ended_at is not null and last_seq <= forked_at_seq)`
  const names = {
    model: sql`model`,
    task: sql`calls.run_id || '/' || calls.task_index`,
    agent: sql`(select uses from tasks where tasks.run_id = calls.run_id and tasks.index = calls.task_index
      and tasks.organisation_id = ${organisationId})`,
  }

  return {
    /** A scope in which nothing happened yet has no limit and has spent nothing. */
    states: async (scopes: readonly BudgetScope[]): Promise<BudgetState[]> =>
      sql<BudgetState[]>`
        select wanted.kind, wanted.id, limit_micros::float8 as "limitMicros",
          coalesce(reserved_micros, 0)::float8 as "reservedMicros", coalesce(spent_micros, 0)::float8 as "spentMicros"
        from ${wanted(scopes)} left join budgets
          on organisation_id = ${organisationId} and budgets.kind = wanted.kind and budgets.id = wanted.id
        order by wanted.number`,

    /** null: no limit. What is spent already stays spent, also where that is more. */
    async setLimit({ kind, id }: BudgetScope, limitMicros: number | null): Promise<void> {
      await sql`
        insert into budgets (organisation_id, kind, id, limit_micros) values (${organisationId}, ${kind}, ${id}, ${limitMicros})
        on conflict (organisation_id, kind, id) do update set limit_micros = excluded.limit_micros`
    },

    /** What was spent in each scope, the dearest first, at most 100 lines each. */
    async spendBy(scopes: readonly BudgetScope[], by: SpentBy): Promise<SpendLine[][]> {
      const rows = await sql<(SpendLine & { number: number })[]>`
        select wanted.number::int as number, line.* from ${wanted(scopes)} cross join lateral (
          select ${names[by]} as name, count(*)::int as calls,
            coalesce(sum(charged_micros), 0)::float8 as "spentMicros",
            coalesce(sum(reserved_micros) filter (where state = 'open'), 0)::float8 as "reservedMicros",
            coalesce(sum((usage ->> 'input')::bigint), 0)::float8 as "inputTokens",
            coalesce(sum((usage ->> 'output')::bigint), 0)::float8 as "outputTokens"
          from ledger_calls as calls where organisation_id = ${organisationId} and scopes @> array[wanted.name] and state <> 'released'
          group by 1 order by 3 desc, 1 limit 100) as line
        order by number, "spentMicros" desc, name`
      return grouped(scopes, rows)
    },

    /**
     * What each scope will have spent when its open runs have ended, if their tasks to come cost what those that ended
     * did; null where nothing can tell: for a task, and for a run of which nothing has ended.
     */
    async forecasts(scopes: readonly BudgetScope[]): Promise<(number | null)[]> {
      const open = await sql<OpenRun[]>`
        select wanted.number::int as number, (ended - inherited)::int as ended, (total - inherited)::int as total, spent_micros::float8 as spent
        from ${wanted(scopes)} cross join lateral (
          select id, tasks_ended as ended, task_count as total, ${inherited} as inherited from runs
          where wanted.kind = 'run' and id = substring(wanted.id from ${uuid})::uuid and organisation_id = ${organisationId} and ended_at is null
          union all
          select id, tasks_ended, task_count, ${inherited} from runs
          where wanted.kind in ('organisation', 'project') and ended_at is null and parent_run_id is null
            and organisation_id = ${organisationId} and (wanted.kind = 'organisation' or project_id = substring(wanted.id from ${uuid})::uuid)
        ) as run left join budgets
          on budgets.organisation_id = ${organisationId} and budgets.kind = 'run' and budgets.id = run.id::text
        where wanted.kind = 'run' or spent_micros > 0`
      const states = await this.states(scopes)
      return grouped(scopes, open).map((runs, index) => forecast(states[index] as BudgetState, runs))
    },
  }
}

type OpenRun = { number: number; ended: number; total: number; spent: number | null }

function forecast({ kind, spentMicros }: BudgetState, open: readonly OpenRun[]): number | null {
  const kinds: Record<BudgetKind, () => number | null> = {
    task: () => null,
    run: () => (open[0] === undefined ? spentMicros : forecastMicros(spentMicros, open[0])),
    project: () => open.reduce((sum, run) => sum + toCome(run), spentMicros),
    organisation: () => open.reduce((sum, run) => sum + toCome(run), spentMicros),
  }
  return kinds[kind]()
}

const toCome = (run: OpenRun): number => (forecastMicros(run.spent ?? 0, run) ?? run.spent ?? 0) - (run.spent ?? 0)

/** The rows of each scope; `number` counts from 1. */
function grouped<Row extends { number: number }>(scopes: readonly unknown[], rows: readonly Row[]): Row[][] {
  const groups: Row[][] = scopes.map(() => [])
  for (const row of rows) groups[row.number - 1]?.push(row)
  return groups
}

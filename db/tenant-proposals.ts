import type { ProposedRun } from '../domain/conversation.ts'
import type { Failure } from '../domain/errors.ts'
import { columns, type ProposalRow } from './rows.ts'
import { proposals } from './schema-conversations.ts'
import type { Tenant } from './tenant.ts'

export type NewProposal = Pick<ProposalRow, 'id' | 'projectId' | 'text' | 'simulated' | 'by'>
/** What a run of a workflow came to, in micro-dollars: the cheapest tenth, the dearest tenth, and of how many runs. */
export type PastCost = { lowMicros: number; highMicros: number; runs: number }

export function tenantProposals({ sql, organisationId }: Tenant) {
  return {
    /** False where it was there before. */
    async create({ id, projectId, text, simulated, by }: NewProposal): Promise<boolean> {
      const made = await sql`
        insert into proposals (id, organisation_id, project_id, text, simulated, state, by, created_at)
        values (${id}, ${organisationId}, ${projectId}, ${text}, ${simulated}, 'thinking', ${sql.json(by)}, now()) on conflict (id) do nothing returning id`
      return made.length > 0
    },

    byIds: (ids: readonly string[]): Promise<ProposalRow[]> =>
      sql<ProposalRow[]>`
        select ${columns(sql, proposals)} from proposals
        where organisation_id = ${organisationId} and id = any(${[...ids]}::uuid[])`,

    async settle(id: string, outcome: { proposed: ProposedRun } | { error: Failure }): Promise<void> {
      const [state, proposed, error] =
        'proposed' in outcome ? ['done', outcome.proposed, null] : ['failed', null, outcome.error]
      await sql`
        update proposals set state = ${state}, proposed = ${proposed === null ? null : sql.json(proposed as never)},
          error = ${error === null ? null : sql.json(error)}
        where organisation_id = ${organisationId} and id = ${id} and state = 'thinking'`
    },

    async confirmed(id: string, runId: string): Promise<void> {
      await sql`update proposals set run_id = ${runId} where organisation_id = ${organisationId} and id = ${id}`
    },

    /** Of the newest 200 runs of the workflow that succeeded, simulated or not as is asked; null where there are fewer than three. */
    async pastCost(workflow: string, simulated: boolean): Promise<PastCost | null> {
      const [row] = await sql<PastCost[]>`
        select count(*)::int as runs,
          percentile_disc(0.1) within group (order by spent)::float8 as "lowMicros",
          percentile_disc(0.9) within group (order by spent)::float8 as "highMicros"
        from (
          select coalesce(spent_micros, 0) as spent from runs
          join events on events.run_id = runs.id and events.seq = 1
          left join budgets on budgets.organisation_id = runs.organisation_id and kind = 'run' and budgets.id = runs.id::text
          where runs.organisation_id = ${organisationId} and workflow = ${workflow} and status = 'SUCCEEDED' and forked_from_run_id is null
            and coalesce((events.data ->> 'simulated')::boolean, false) = ${simulated}
          order by runs.id desc limit 200) as past`
      return row === undefined || row.runs < 3 ? null : row
    },
  }
}

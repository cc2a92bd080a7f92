import type { Workflow } from '../domain/workflow.ts'
import type { Tenant } from './tenant.ts'

export type WorkflowVersion = {
  name: string
  version: number
  /** sha256 of the definition. */
  hash: string
  definition: Workflow
  /** When it was first in force here. */
  seenAt: Date
  /** Runs that were started with this number. */
  runs: number
}

export function tenantWorkflows({ sql, organisationId }: Tenant) {
  return {
    /** Keeps what is in force; what is known already stays as it is. */
    async keep(versions: readonly { workflow: Workflow; hash: string }[]): Promise<void> {
      if (versions.length === 0) return
      await sql`
        insert into workflow_versions ${sql(
          versions.map(({ workflow, hash }) => ({
            organisation_id: organisationId,
            name: workflow.name,
            version: workflow.version,
            hash,
            definition: sql.json(JSON.parse(JSON.stringify(workflow))),
          })),
        )} on conflict do nothing`
    },

    /** Every version of each, newest first. */
    versionsOf: (names: readonly string[]): Promise<WorkflowVersion[]> =>
      sql<WorkflowVersion[]>`
        select kept.name, kept.version, kept.hash, kept.definition, kept.seen_at as "seenAt", coalesce(used.runs, 0) as runs
        from workflow_versions as kept left join (
          select workflow, workflow_version, count(*)::int as runs from runs
          where organisation_id = ${organisationId} and workflow = any(${[...names]}) group by 1, 2
        ) as used on used.workflow = kept.name and used.workflow_version = kept.version
        where kept.organisation_id = ${organisationId} and kept.name = any(${[...names]})
        order by kept.name, kept.version desc, kept.seen_at desc`,
  }
}

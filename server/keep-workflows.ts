/** Remembers which workflows are in force, so that a later version can be compared with what runs of before were made by. */
import { createHash } from 'node:crypto'
import type { Sql } from '../db/connect.ts'
import { forTenant } from '../db/tenancy.ts'
import type { Workflow } from '../domain/workflow.ts'

/** Keeping the same ones again changes nothing. */
export async function keepWorkflows(sql: Sql, organisationId: string, workflows: Iterable<Workflow>): Promise<void> {
  const versions = [...workflows].map(workflow => ({
    workflow,
    hash: createHash('sha256').update(JSON.stringify(workflow)).digest('hex'),
  }))
  await forTenant(sql, organisationId).workflows.keep(versions)
}

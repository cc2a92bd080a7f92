/**
 * What one organisation can see. Every read of the API goes through `forTenant`, which puts the organisation into every
 * statement; there is no reading function without one. Methods take many keys and answer in one statement, for DataLoader.
 */
import { createBlobStore } from './blobs.ts'
import type { Sql } from './connect.ts'
import type { OrganisationRow } from './rows.ts'
import type { Tenant } from './tenant.ts'
import { tenantAgents } from './tenant-agents.ts'
import { tenantApprovals } from './tenant-approvals.ts'
import { tenantArtifacts } from './tenant-artifacts.ts'
import { tenantBudgets } from './tenant-budgets.ts'
import { tenantConversations } from './tenant-conversations.ts'
import { tenantEvents } from './tenant-events.ts'
import { tenantKeys } from './tenant-keys.ts'
import { tenantModels } from './tenant-models.ts'
import { tenantOperations } from './tenant-operations.ts'
import { tenantProjects } from './tenant-projects.ts'
import { tenantProposals } from './tenant-proposals.ts'
import { tenantQuality } from './tenant-quality.ts'
import { tenantRuns } from './tenant-runs.ts'
import { tenantSpending } from './tenant-spending.ts'
import { tenantTasks } from './tenant-tasks.ts'
import { tenantWorkers } from './tenant-workers.ts'
import { tenantWorkflows } from './tenant-workflows.ts'

export function forTenant(sql: Sql, organisationId: string) {
  const tenant: Tenant = { sql, organisationId }
  return {
    organisationId,
    async organisation(): Promise<OrganisationRow | null> {
      const [row] = await sql<
        OrganisationRow[]
      >`select id, name, created_at as "createdAt" from organisations where id = ${organisationId}`
      return row ?? null
    },
    /** Bytes by their hashes. */
    blobs: createBlobStore(sql, organisationId),
    projects: tenantProjects(tenant),
    runs: tenantRuns(tenant),
    tasks: tenantTasks(tenant),
    artifacts: tenantArtifacts(tenant),
    approvals: tenantApprovals(tenant),
    events: tenantEvents(tenant),
    workers: tenantWorkers(tenant),
    budgets: tenantBudgets(tenant),
    spending: tenantSpending(tenant),
    keys: tenantKeys(tenant),
    proposals: tenantProposals(tenant),
    conversations: tenantConversations(tenant),
    agents: tenantAgents(tenant),
    models: tenantModels(tenant),
    quality: tenantQuality(tenant),
    operations: tenantOperations(tenant),
    workflows: tenantWorkflows(tenant),
  }
}

export type TenantReads = ReturnType<typeof forTenant>

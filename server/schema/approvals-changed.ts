/** That questions were asked or settled, for the inbox. */
import type { ApprovalRow } from '../../db/rows.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf } from '../../domain/ids.ts'
import { pulled } from '../../queues/pulled.ts'
import { Approval } from './approval.ts'
import { builder } from './builder.ts'

type Change = { readonly reload: boolean; readonly approvals: readonly ApprovalRow[] }

const ApprovalsChanged = builder.objectRef<Change>('ApprovalsChanged').implement({
  fields: t => ({
    reload: t.exposeBoolean('reload', {
      description: 'true: look at everything again. Said first of all, and whenever changes may have been missed.',
    }),
    approvals: t.field({
      type: [Approval],
      description: 'Those of the runs that changed that are open or were settled just now.',
      resolve: change => change.approvals,
    }),
  }),
})

builder.subscriptionField('approvalsChanged', t =>
  t.field({
    type: ApprovalsChanged,
    description: 'That people are asked, and that questions are settled.',
    args: { projectId: t.arg.id({ description: 'Only of this project.' }) },
    subscribe: async (_, { projectId }, { load, reads, services }) => {
      const id = projectId ? uuidOf('Project', projectId) : null
      if (id !== null && (await load.project.load(id)) === null)
        throw new OrreryError('NOT_FOUND', `there is no project ${projectId}`)
      const { organisationId } = reads
      const source = services.followers.changes(id === null ? { organisationId } : { organisationId, projectId: id })
      /** What was told of a question last: a run that changes otherwise says nothing new about it. */
      const told = new Map<string, string>()
      let begun = false
      return pulled<Change>({
        async next() {
          if (!begun) {
            begun = true
            return { reload: true, approvals: [] }
          }
          for (;;) {
            const { done, value } = await source.next()
            if (done) return undefined
            if (value.length === 0 || value.length > mostAtOnce) return { reload: true, approvals: [] }
            const recent = await reads.approvals.recentOf(value.map(({ runId }) => runId))
            const approvals = recent.filter(one => told.get(one.id) !== versionOf(one))
            for (const one of approvals) told.set(one.id, versionOf(one))
            if (told.size > mostRemembered) told.clear()
            if (approvals.length > 0) return { reload: false, approvals }
          }
        },
        close: () => void source.return?.(),
      })
    },
    resolve: change => change,
  }),
)

const versionOf = ({ status, votes, escalated }: ApprovalRow): string => `${status}:${votes}:${escalated}`
/** Runs in one message; with more, looking at the list again is cheaper. */
const mostAtOnce = 100
const mostRemembered = 5_000

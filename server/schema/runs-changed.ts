/** That runs changed, for lists and the home page. */
import type { Committed } from '../../db/store.ts'
import { OrreryError } from '../../domain/errors.ts'
import { toGlobalId, uuidOf } from '../../domain/ids.ts'
import { type Pulled, pulled } from '../../queues/pulled.ts'
import { builder } from './builder.ts'
import { Run } from './run.ts'

type Change = { readonly reload: boolean; readonly commits: readonly Committed[] }

const RunsChanged = builder.objectRef<Change>('RunsChanged').implement({
  fields: t => ({
    reload: t.exposeBoolean('reload', {
      description: 'true: look at everything again. Said first of all, and whenever changes may have been missed.',
    }),
    runIds: t.idList({ resolve: change => change.commits.map(commit => toGlobalId('Run', commit.runId)) }),
    runs: t.field({
      type: [Run],
      description: 'Those that began or changed since the last message, as they are now.',
      resolve: async (change, _, { load }) =>
        (await Promise.all(change.commits.map(({ runId }) => load.run.load(runId)))).filter(run => run !== null),
    }),
  }),
})

builder.subscriptionField('runsChanged', t =>
  t.field({
    type: RunsChanged,
    description: 'That runs began or changed, at most a few times a second, the newest state of each.',
    args: { projectId: t.arg.id({ description: 'Only of this project.' }) },
    subscribe: async (_, { projectId }, { load, reads, services }) => {
      const { organisationId } = reads
      if (!projectId) return changes(services.followers.changes({ organisationId }))
      const id = uuidOf('Project', projectId)
      if ((await load.project.load(id)) === null) throw new OrreryError('NOT_FOUND', `there is no project ${projectId}`)
      return changes(services.followers.changes({ organisationId, projectId: id }))
    },
    resolve: change => change,
  }),
)

/** Begins with "reload": what happened between a query and this subscription is not lost. */
function changes(source: Pulled<readonly Committed[]>): Pulled<Change> {
  let begun = false
  return pulled<Change>({
    async next() {
      if (!begun) {
        begun = true
        return { reload: true, commits: [] }
      }
      const { done, value } = await source.next()
      if (done) return undefined
      return value.length === 0 || value.length > mostAtOnce
        ? { reload: true, commits: [] }
        : { reload: false, commits: value }
    },
    close: () => void source.return?.(),
  })
}

/** Runs in one message; with more, looking at the list again is cheaper. */
const mostAtOnce = 100

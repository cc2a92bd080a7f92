/** Everything that happens in a project, over all its runs. */
import type { FeedBatch } from '../../db/feed.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf } from '../../domain/ids.ts'
import { followFeed } from '../live/follow-feed.ts'
import { builder } from './builder.ts'
import { RunEventRef } from './event.ts'

const ProjectFeedBatch = builder.objectRef<FeedBatch>('ProjectFeedBatch').implement({
  description: 'Events of any runs of the project; those of one run in its order. Without events it is a heartbeat.',
  fields: t => ({
    events: t.field({ type: [RunEventRef], resolve: batch => [...batch.events] }),
    cursor: t.exposeString('cursor', { description: 'Where to go on after this batch.' }),
  }),
})

builder.subscriptionField('projectFeed', t =>
  t.field({
    type: ProjectFeedBatch,
    description: 'Every event of the project exactly once, from its beginning or after a cursor, then live.',
    args: {
      projectId: t.arg.id({ required: true }),
      after: t.arg.string({ description: 'The cursor of the last batch that arrived.' }),
    },
    subscribe: async (_, { projectId, after = null }, { load, reads, services }) => {
      const id = uuidOf('Project', projectId)
      if ((await load.project.load(id)) === null) throw new OrreryError('NOT_FOUND', `there is no project ${projectId}`)
      return followFeed(services, { organisationId: reads.organisationId, projectId: id, after })
    },
    resolve: batch => batch,
  }),
)

/** The live stream of a run's events. */
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf } from '../../domain/ids.ts'
import type { Batch } from '../../queues/batch.ts'
import { runEventSource } from '../live/run-event-source.ts'
import { builder } from './builder.ts'
import { RunEventRef } from './event.ts'

const RunEventsStatus = builder.enumType('RunEventsStatus', {
  description: `CATCHING_UP: history, more comes at once · LIVE: at the head as it was known · LAGGED: you fell behind, and
it goes on from storage at your pace (said once, then CATCHING_UP) · ENDED: the run came to its end, and so does the stream.`,
  values: ['CATCHING_UP', 'LIVE', 'LAGGED', 'ENDED'] as const,
})

const RunEventBatch = builder.objectRef<Batch>('RunEventBatch').implement({
  description: 'Events in order, and how far the run is. Without events it is a heartbeat: at the latest every 10 s.',
  fields: t => ({
    events: t.field({ type: [RunEventRef], resolve: batch => [...batch.events] }),
    head: t.exposeInt('head', { description: 'The newest seq that was known.' }),
    status: t.expose('status', { type: RunEventsStatus }),
  }),
})

builder.subscriptionField('runEvents', t =>
  t.field({
    type: RunEventBatch,
    description: `The events after \`after\`, then live, each exactly once and in order. After a disconnect, subscribe again
with the last seq that arrived.`,
    args: {
      runId: t.arg.id({ required: true }),
      after: t.arg.int({ required: true, defaultValue: 0, description: 'The last seq that you have; 0 for all.' }),
    },
    subscribe: async (_, { runId, after }, { load, services }) => {
      const id = uuidOf('Run', runId)
      if (after < 0) throw new OrreryError('BAD_INPUT', 'after must be 0 or more')
      if ((await load.run.load(id)) === null) throw new OrreryError('NOT_FOUND', `there is no run ${runId}`)
      return runEventSource(services.followers, id, after)
    },
    resolve: batch => batch,
  }),
)

/** What a task writes while it runs. */
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf } from '../../domain/ids.ts'
import type { OutputChunk } from '../../queues/live-output.ts'
import { followOutput } from '../live/follow-output.ts'
import { builder } from './builder.ts'

const TaskOutputChunk = builder.objectRef<OutputChunk>('TaskOutputChunk').implement({
  description: 'A piece of text. Output of a newer epoch takes the place of all output of older ones.',
  fields: t => ({
    epoch: t.exposeInt('epoch', { description: 'The claim that wrote it.' }),
    offset: t.exposeInt('offset', {
      description: 'UTF-16 units of this epoch before it: a jump tells how much was dropped.',
    }),
    text: t.exposeString('text'),
    end: t.exposeBoolean('end', { description: 'Nothing follows in this epoch.' }),
  }),
})

builder.subscriptionField('taskOutput', t =>
  t.field({
    type: TaskOutputChunk,
    description:
      'Live output of a task, the newest 256 KiB of it first, until the task has ended. It is for watching and is not kept.',
    args: { runId: t.arg.id({ required: true }), taskIndex: t.arg.int({ required: true }) },
    subscribe: async (_, { runId, taskIndex }, { load, reads, services }) => {
      const key = { runId: uuidOf('Run', runId), index: taskIndex }
      if ((await load.task.load(key)) === null)
        throw new OrreryError('NOT_FOUND', `there is no task ${taskIndex} of run ${runId}`)
      return followOutput(services, reads, key)
    },
    resolve: chunk => chunk,
  }),
)

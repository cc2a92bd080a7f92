/** The emergency switch. */

import { OrreryError } from '../../domain/errors.ts'
import { toGlobalId } from '../../domain/ids.ts'
import { actorOf, type Context } from '../context.ts'
import { builder } from './builder.ts'
import { answer, resultOf } from './results.ts'

const StopMode = builder.enumType('StopMode', {
  description:
    'CANCEL: ends the runs and everything that they are at · PAUSE: begins no task any more, and can be resumed.',
  values: { CANCEL: { value: 'CancelRun' }, PAUSE: { value: 'PauseRun' } } as const,
})

const StopEverythingInput = builder.inputType('StopEverythingInput', {
  fields: t => ({
    mode: t.field({ type: StopMode, required: true, defaultValue: 'CancelRun' }),
    reason: t.string({ required: true, description: 'Kept with the events; 1 … 1,000 characters.' }),
  }),
})

type Stopped = { stopped: string[]; failed: string[] }

const StopEverythingPayload = builder.objectRef<Stopped>('StopEverythingPayload').implement({
  fields: t => ({
    runIds: t.idList({
      description: 'The runs that were stopped.',
      resolve: payload => payload.stopped.map(id => toGlobalId('Run', id)),
    }),
    failedRunIds: t.idList({
      description: 'Runs that could not be stopped: ask again.',
      resolve: payload => payload.failed.map(id => toGlobalId('Run', id)),
    }),
  }),
})

builder.mutationField('stopEverything', t =>
  t.field({
    type: resultOf(StopEverythingPayload),
    description: 'Stops every run that has not come to an end.',
    args: { input: t.arg({ type: StopEverythingInput, required: true }) },
    resolve: (_, { input: { mode, reason } }, context) =>
      answer(() => stopAll({ type: mode, reason: reason.trim() }, context)),
  }),
)

/** Runs that are told at once; more would only wait for one another in the appender. */
const together = 200

async function stopAll(
  command: { type: 'CancelRun' | 'PauseRun'; reason: string },
  context: Context,
): Promise<Stopped> {
  if (command.reason.length < 1 || command.reason.length > 1_000)
    throw new OrreryError('BAD_INPUT', 'reason: must be 1 … 1,000 characters long')
  const { services, reads } = context
  const by = { actor: actorOf(context), correlationId: context.correlationId }
  const result: Stopped = { stopped: [], failed: [] }
  for (let after: string | null = null; ; ) {
    const open: { id: string }[] = await reads.runs.open(after, together)
    const told = await Promise.allSettled(open.map(({ id }) => services.handle.handle(id, command, by)))
    open.forEach(({ id }, index) => {
      const how = told[index]
      // A run that ended by itself meanwhile is stopped too.
      const refused =
        how?.status === 'rejected' && !(how.reason instanceof OrreryError && how.reason.code === 'CONFLICT')
      result[refused ? 'failed' : 'stopped'].push(id)
    })
    after = open.at(-1)?.id ?? null
    if (open.length < together) return result
  }
}

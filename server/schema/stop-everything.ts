/** The emergency switch, and the way back. */
import { OrreryError } from '../../domain/errors.ts'
import { toGlobalId } from '../../domain/ids.ts'
import { cleanText } from '../../domain/run/clean.ts'
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

type Told = { told: string[]; failed: string[] }

const StopEverythingPayload = builder.objectRef<Told>('StopEverythingPayload').implement({
  fields: t => ({
    runIds: t.idList({
      description: 'The runs that were stopped.',
      resolve: payload => payload.told.map(id => toGlobalId('Run', id)),
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
      answer(async () => {
        const why = reasonOf(reason)
        if (why === '') throw new OrreryError('BAD_INPUT', 'reason: must be 1 … 1,000 characters long')
        return tellAll({ type: mode, reason: why }, context.reads.runs.open, context)
      }),
  }),
)

const ResumeEverythingInput = builder.inputType('ResumeEverythingInput', {
  fields: t => ({ reason: t.string({ description: 'Kept with the events; at most 1,000 characters.' }) }),
})

const ResumeEverythingPayload = builder.objectRef<Told>('ResumeEverythingPayload').implement({
  fields: t => ({
    runIds: t.idList({
      description: 'The runs that go on.',
      resolve: payload => payload.told.map(id => toGlobalId('Run', id)),
    }),
    failedRunIds: t.idList({
      description: 'Runs that could not be resumed: ask again.',
      resolve: payload => payload.failed.map(id => toGlobalId('Run', id)),
    }),
  }),
})

builder.mutationField('resumeEverything', t =>
  t.field({
    type: resultOf(ResumeEverythingPayload),
    description: 'Goes on with every paused run, whoever paused it.',
    args: { input: t.arg({ type: ResumeEverythingInput, required: true }) },
    resolve: (_, { input: { reason } }, context) =>
      answer(async () =>
        tellAll({ type: 'ResumeRun', reason: reasonOf(reason ?? '') }, context.reads.runs.paused, context),
      ),
  }),
)

/** Throws BAD_INPUT. */
function reasonOf(given: string): string {
  const reason = cleanText(given).trim()
  if (reason.length > 1_000) throw new OrreryError('BAD_INPUT', 'reason: must be at most 1,000 characters long')
  return reason
}

/** Runs that are told at once; more would only wait for one another in the appender. */
const together = 200

type ToAll = { type: 'CancelRun' | 'PauseRun' | 'ResumeRun'; reason: string }
/** The runs after one, in the order of their ids. */
type Runs = (after: string | null, limit: number) => Promise<{ id: string }[]>

async function tellAll(command: ToAll, runs: Runs, context: Context): Promise<Told> {
  const by = { actor: actorOf(context), correlationId: context.correlationId }
  const result: Told = { told: [], failed: [] }
  for (let after: string | null = null; ; ) {
    const some: { id: string }[] = await runs(after, together)
    const answers = await Promise.allSettled(some.map(({ id }) => context.services.handle.handle(id, command, by)))
    some.forEach(({ id }, index) => {
      const how = answers[index]
      // A run that ended by itself meanwhile needs no telling.
      const refused =
        how?.status === 'rejected' && !(how.reason instanceof OrreryError && how.reason.code === 'CONFLICT')
      result[refused ? 'failed' : 'told'].push(id)
    })
    after = some.at(-1)?.id ?? null
    if (some.length < together) return result
  }
}

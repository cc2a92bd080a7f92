/** What people ask of a run that is there. Saying it twice changes nothing the second time. */
import type { RunRow } from '../../db/rows.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf } from '../../domain/ids.ts'
import { cleanText } from '../../domain/run/clean.ts'
import type { Command } from '../../domain/run/commands.ts'
import { actorOf, type Context } from '../context.ts'
import { builder } from './builder.ts'
import { answer, resultOf } from './results.ts'
import { Run, runAfter } from './run.ts'

type RunControl = 'CancelRun' | 'PauseRun' | 'ResumeRun' | 'ResetRun'

const controls: readonly { name: string; type: RunControl; description: string }[] = [
  { name: 'CancelRun', type: 'CancelRun', description: 'Ends a run and everything that it is at.' },
  {
    name: 'PauseRun',
    type: 'PauseRun',
    description: 'Begins no task any more; those at work finish, deadlines go on.',
  },
  { name: 'ResumeRun', type: 'ResumeRun', description: 'Goes on with a paused run.' },
  {
    name: 'ResetRun',
    type: 'ResetRun',
    description: 'Frees a run that seems to hang: claims are voided, waits are cut short. What is done stays done.',
  },
]

for (const { name, type, description } of controls) {
  const input = builder.inputType(`${name}Input`, {
    fields: t => ({
      runId: t.id({ required: true }),
      reason: t.string({ description: 'Kept with the event; at most 1,000 characters.' }),
    }),
  })
  builder.mutationField(`${name[0]?.toLowerCase()}${name.slice(1)}`, t =>
    t.field({
      type: resultOf(payloadOf(name)),
      description,
      args: { input: t.arg({ type: input, required: true }) },
      resolve: (_, args, context) =>
        answer(async () => ({
          run: await tell(args.input.runId, { type, reason: reasonOf(args.input.reason) }, context),
        })),
    }),
  )
}

const RetryTaskInput = builder.inputType('RetryTaskInput', {
  fields: t => ({
    runId: t.id({ required: true }),
    taskIndex: t.int({ required: true }),
    reason: t.string({ description: 'Kept with the event; at most 1,000 characters.' }),
  }),
})

builder.mutationField('retryTask', t =>
  t.field({
    type: resultOf(payloadOf('RetryTask')),
    description: 'Does a task that has ended again, and everything that built on it; a run that has ended goes on.',
    args: { input: t.arg({ type: RetryTaskInput, required: true }) },
    resolve: (_, { input: { runId, taskIndex, reason } }, context) =>
      answer(async () => ({
        run: await tell(runId, { type: 'RetryTask', taskIndex, reason: reasonOf(reason) }, context),
      })),
  }),
)

function payloadOf(name: string) {
  return builder
    .objectRef<{ run: RunRow }>(`${name}Payload`)
    .implement({ fields: t => ({ run: t.expose('run', { type: Run }) }) })
}

/** Throws NOT_FOUND for a run of another organisation as for one that does not exist. */
async function tell(id: string, command: Command, context: Context): Promise<RunRow> {
  const runId = uuidOf('Run', id)
  if ((await context.load.run.load(runId)) === null) throw new OrreryError('NOT_FOUND', `there is no run ${id}`)
  const by = { actor: actorOf(context), correlationId: context.correlationId }
  await context.services.handle.handle(runId, command, by)
  return runAfter(runId, context)
}

const reasonOf = (given: string | null | undefined): string => {
  const reason = cleanText(given ?? '').trim()
  if (reason.length > 1_000) throw new OrreryError('BAD_INPUT', 'reason: must be at most 1,000 characters long')
  return reason
}

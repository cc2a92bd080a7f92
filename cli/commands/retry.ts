import { isTaskEnded, type Run, type Task } from '../../domain/run/state.ts'
import { attend } from '../attend.ts'
import { refusal } from '../client.ts'
import { type Context, type FormatOptions, formatOf } from '../context.ts'
import { CliError, type ExitCode, exitCodes } from '../exit.ts'
import { readRun } from '../follow.ts'
import { oneLine } from '../format.ts'
import { graphql } from '../gql/gql.ts'
import { parseRunId } from '../run-id.ts'

const RetryTask = graphql(`
  mutation RetryTask($input: RetryTaskInput!) {
    retryTask(input: $input) { ... on RetryTaskPayload { run { id status } } ... on UserError { code message hint } }
  }
`)

export type RetryOptions = FormatOptions & { reason?: string; detach?: boolean; quiet?: boolean; wait?: boolean }

/** `orrery retry`: does a task that has ended again, and all that built on it; without one, whatever failed. */
export async function retry(
  context: Context,
  given: string,
  which: string | undefined,
  options: RetryOptions,
): Promise<ExitCode> {
  const runId = parseRunId(given)
  const client = context.client()
  const { run } = await readRun(client, runId)
  const tasks = which === undefined ? failedTasks(run) : [namedTask(run, which)]
  for (const task of tasks) {
    const input = { runId, taskIndex: task.index, reason: options.reason ?? '' }
    const { retryTask: result } = await client.query(RetryTask, { input })
    if (!('run' in result)) throw refusal(result.code, result.message, result.hint)
    if (!options.quiet) await context.terminal.err.line(`${oneLine(task.title)} is done again, and what built on it.`)
  }
  const format = formatOf(options)
  if (!options.detach)
    return attend(context, runId, { format, quiet: options.quiet ?? false, wait: options.wait ?? true })
  if (format !== 'text') await context.terminal.out.line(JSON.stringify({ runId, tasks: tasks.map(task => task.key) }))
  return exitCodes.ok
}

/** What failed by itself; what a map reports of its parts, and what was skipped because of it, follows from those. */
export function failedTasks(run: Run): Task[] {
  const failed = run.tasks.filter(task => (task.status === 'FAILED' || task.status === 'BLOCKED') && !isDetached(task))
  const roots = failed.filter(task => task.kind !== 'map' || !failed.some(part => part.groupIndex === task.index))
  if (roots.length > 0) return roots
  throw new CliError('no task of this run has failed.', {
    hint: 'Name the task that is to be done again, by its key or its number.',
    code: 'CONFLICT',
  })
}

const isDetached = (task: Task): boolean => task.groupIndex === null && task.key.includes('/')

/** By key or index. Throws CliError that names those there are. */
export function namedTask(run: Run, which: string): Task {
  const task =
    run.tasks.findLast(one => one.key === which) ?? (/^\d+$/.test(which) ? run.tasks[Number(which)] : undefined)
  if (task === undefined)
    throw new CliError(`the run has no task ${JSON.stringify(which)}.`, {
      code: 'NOT_FOUND',
      hint: `It has ${run.tasks
        .slice(0, 30)
        .map(one => one.key)
        .join(', ')}${run.tasks.length > 30 ? ' …' : ''}.`,
    })
  if (!isTaskEnded(task.status))
    throw new CliError(`${task.key} is ${task.status}: only what has ended can be done again.`, { code: 'CONFLICT' })
  return task
}

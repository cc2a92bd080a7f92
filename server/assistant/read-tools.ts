/** What the assistant may look at: the runs of one project, through the reads of one organisation. Nothing here changes anything. */
import { z } from 'zod'
import type { TenantReads } from '../../db/tenancy.ts'
import { OrreryError } from '../../domain/errors.ts'
import { toGlobalId, uuidOf } from '../../domain/ids.ts'
import type { Json } from '../../domain/json.ts'
import type { ToolSpec } from '../../domain/model.ts'
import { showMicros } from '../../domain/money.ts'
import { cleanText } from '../../domain/run/clean.ts'
import type { RecordedEvent } from '../../domain/run/events.ts'
import { runStatuses } from '../../domain/run/state.ts'
import type { Workflow } from '../../domain/workflow.ts'

export type Seen = {
  reads: TenantReads
  projectId: string
  workflows: ReadonlyMap<string, Workflow>
}
/** A tool of the assistant. `run` throws OrreryError for what it will not do; the model is told. */
export type AssistantTool = { spec: ToolSpec; run(args: unknown): Promise<string> }

const runId = z.string().describe('Such as run_0199…')
const shownArtifact = 12_000
const shownEvents = 40

export function defineTool<Schema extends z.ZodObject>(
  tool: { name: string; description: string; input: Schema },
  run: (args: z.output<Schema>) => Promise<string>,
): AssistantTool {
  const { $schema: _, ...inputSchema } = z.toJSONSchema(tool.input, { io: 'input' })
  return {
    spec: { name: tool.name, description: tool.description, inputSchema: inputSchema as ToolSpec['inputSchema'] },
    async run(args) {
      const parsed = tool.input.safeParse(args)
      if (parsed.success) return run(parsed.data)
      const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || tool.name}: ${message}`)
      throw new OrreryError('BAD_INPUT', faults.join('; '))
    },
  }
}

/** A place in the history of a run, as answers name it. */
export const mark = (run: string, seq: number): string => `[${toGlobalId('Run', run)}#${seq}]`

export function readTools(seen: Seen): AssistantTool[] {
  return [...runTools(seen), ...resultTools(seen), ...surroundings(seen)]
}

/** Throws NOT_FOUND also for a run of another project. */
export async function runOf({ reads, projectId }: Seen, id: string) {
  const [run] = await reads.runs.byIds([uuidOf('Run', id)])
  if (run === undefined || run.projectId !== projectId)
    throw new OrreryError('NOT_FOUND', `there is no run ${id} in this project`)
  return run
}

function runTools(seen: Seen): AssistantTool[] {
  const { reads, projectId } = seen
  return [
    defineTool(
      {
        name: 'list_runs',
        description:
          'The runs of the project, newest first: id, status, workflow, title, tasks, and where each stands.',
        input: z.strictObject({
          statuses: z.array(z.enum(runStatuses)).optional(),
          limit: z.number().int().min(1).max(50).default(10),
        }),
      },
      async ({ statuses, limit }) => {
        const filter = { projectId, statuses: statuses ?? null, topLevel: true }
        const request = { size: limit, fromEnd: false, after: null, before: null, filter }
        const [page, count] = await Promise.all([reads.runs.page(request), reads.runs.count(filter)])
        const lines = page.rows.map(
          run =>
            `${mark(run.id, run.head)} ${run.status} ${run.workflow}: ${run.title} (${run.tasksEnded} of ${run.taskCount} tasks ended, ${run.tasksFailed} failed, begun ${run.startedAt.toISOString()})`,
        )
        return [`${count} runs${statuses ? ` with ${statuses.join(', ')}` : ''}`, ...lines].join('\n')
      },
    ),
    defineTool(
      {
        name: 'show_run',
        description: 'One run: its state, why it failed, its tasks.',
        input: z.strictObject({ runId }),
      },
      async args => {
        const run = await runOf(seen, args.runId)
        const request = { size: 60, fromEnd: false, after: null, before: null, statuses: null }
        const [tasks] = await reads.tasks.pagesOfRuns([run.id], request)
        const told = (tasks?.rows ?? []).map(
          task =>
            `  ${task.index} ${task.key} (${task.uses}) ${task.status}, attempt ${task.attempt} ${mark(run.id, task.lastSeq)}${task.error === null ? '' : `: ${task.error.message}`}`,
        )
        return [
          `${mark(run.id, run.head)} ${run.status} ${run.workflow}: ${run.title}`,
          ...(run.error === null ? [] : [`Failed: ${run.error.message} ${run.error.hint}`]),
          `Tasks, ${run.taskCount} planned:`,
          ...told,
        ].join('\n')
      },
    ),
    defineTool(
      {
        name: 'list_events',
        description: `What happened in a run, oldest first, at most ${shownEvents}: the newest ones unless "after" is given.`,
        input: z.strictObject({
          runId,
          after: z.number().int().nonnegative().optional(),
          taskIndex: z.number().int().nonnegative().optional(),
        }),
      },
      async ({ runId: id, after = null, taskIndex = null }) => {
        const run = await runOf(seen, id)
        const fromEnd = after === null
        const page = { size: shownEvents, fromEnd, after, before: null, types: null, taskIndex, correlationId: null }
        const events = (await reads.events.page(run.id, page)).slice(0, shownEvents)
        if (fromEnd) events.reverse()
        return events.map(eventLine).join('\n') || 'No events.'
      },
    ),
  ]
}

const eventLine = (event: RecordedEvent): string =>
  `${mark(event.runId, event.seq)} ${event.type} ${JSON.stringify(event.data).slice(0, 300)}`

function resultTools(seen: Seen): AssistantTool[] {
  const { reads } = seen
  return [
    defineTool(
      { name: 'list_artifacts', description: 'What the tasks of a run made.', input: z.strictObject({ runId }) },
      async args => {
        const run = await runOf(seen, args.runId)
        const request = { size: 60, fromEnd: false, after: null, before: null, kinds: null }
        const [page] = await reads.artifacts.pagesOf([{ runId: run.id, taskIndex: null }], request)
        const lines = (page?.rows ?? []).map(
          ({ id, kind, title, size, seq, simulated }) =>
            `${toGlobalId('Artifact', id)} ${kind}: ${title} (${size} bytes${simulated ? ', simulated' : ''}) ${mark(run.id, seq)}`,
        )
        return lines.join('\n') || 'It made nothing so far.'
      },
    ),
    defineTool(
      {
        name: 'read_artifact',
        description: `The text of an artifact, its first ${shownArtifact} characters. It is material: it was made by tools and models.`,
        input: z.strictObject({ artifactId: z.string().describe('Such as art_0199…') }),
      },
      async ({ artifactId }) => {
        const [artifact] = await reads.artifacts.byIds([uuidOf('Artifact', artifactId)])
        if (artifact === undefined || artifact.projectId !== seen.projectId)
          throw new OrreryError('NOT_FOUND', `there is no artifact ${artifactId} in this project`)
        const [bytes] = await reads.artifacts.small([artifact.hash])
        const text = cleanText(new TextDecoder().decode(bytes ?? new Uint8Array()))
        return `${artifact.kind}: ${artifact.title} ${mark(artifact.runId, artifact.seq)}\n<untrusted>\n${text.slice(0, shownArtifact)}\n</untrusted>`
      },
    ),
  ]
}

function surroundings(seen: Seen): AssistantTool[] {
  const { reads, projectId, workflows } = seen
  return [
    defineTool(
      {
        name: 'show_budget',
        description: 'What was spent on models and what may be: of the project, or of one run.',
        input: z.strictObject({ runId: runId.optional() }),
      },
      async args => {
        const scope =
          args.runId === undefined
            ? { kind: 'project' as const, id: projectId }
            : { kind: 'run' as const, id: (await runOf(seen, args.runId)).id }
        const [[state], [lines]] = await Promise.all([
          reads.budgets.states([scope]),
          reads.budgets.spendBy([scope], 'model'),
        ])
        const limit = state?.limitMicros ?? null
        return [
          `Of the ${scope.kind}: ${showMicros(state?.spentMicros ?? 0)} spent, ${showMicros(state?.reservedMicros ?? 0)} reserved, limit ${limit === null ? 'none of its own' : showMicros(limit)}`,
          ...(lines ?? []).map(line => `  ${line.name}: ${showMicros(line.spentMicros)} in ${line.calls} calls`),
        ].join('\n')
      },
    ),
    defineTool(
      { name: 'list_approvals', description: 'Questions that wait for a person.', input: z.strictObject({}) },
      async () => {
        const request = { size: 20, fromEnd: false, after: null, before: null, projectId, statuses: ['OPEN' as const] }
        const { rows } = await reads.approvals.page(request)
        const lines = rows.map(
          one =>
            `${toGlobalId('Approval', one.id)} ${one.kind}: ${one.title} ${mark(one.runId, one.seq)}; answer with ${one.fields.map(field => `${field.name} (${field.type})`).join(', ')}`,
        )
        return lines.join('\n') || 'Nobody is asked anything.'
      },
    ),
    defineTool(
      {
        name: 'list_workflows',
        description: 'What can be run, with the variables of each.',
        input: z.strictObject({}),
      },
      async () => [...workflows.values()].map(workflowLine).join('\n'),
    ),
  ]
}

const workflowLine = ({ name, description, variables }: Workflow): string =>
  `${name}: ${description} Variables: ${variables.map(one => `${one.name}${one.required ? ' (required)' : ''}`).join(', ') || 'none'}`

/** What a tool call of a model holds: some write the object as a text. */
export function asArguments(input: Json): unknown {
  if (typeof input !== 'string') return input ?? {}
  try {
    return input.trim() === '' ? {} : JSON.parse(input)
  } catch {
    return input
  }
}

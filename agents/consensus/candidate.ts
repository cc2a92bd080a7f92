/**
 * One candidate: the whole work of a role, on a line of commits of its own. It begins where the others begin, and what it
 * merges reaches its own line, never the run's.
 */
import type { Json } from '../../domain/json.ts'
import type { Agent, TaskContext, TaskResult, Trunk } from '../../domain/ports.ts'
import type { Role } from '../../domain/role.ts'
import { CodePatch } from '../../domain/work.ts'
import { createRoleAgent } from '../loop/role-agent.ts'
import { attempt } from '../sandboxed/attempt.ts'
import { parseJson } from '../sandboxed/parse-json.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import { CandidateInput, type Field, type Made, paidFrom, parseInput } from './field.ts'
import { writingRole } from './open.ts'
import { testLine } from './test-line.ts'

export function consensusCandidate(roles: readonly Role[], toolbox: Toolbox): Agent {
  return {
    name: 'consensus.candidate',
    title: 'Candidate',
    description: 'Does the work of a role on a line of commits of its own, beside others who do the same.',
    capabilities: ['consensus', 'code'],
    workerClass: 'sandbox',
    produces: ['CodePatch'],
    needsModel: true,
    run: context => attempt(context, () => makeCandidate(context, roles, toolbox)),
  }
}

/** A failure that passes is the task's, and tried again; any other is a candidate that is lost, which is a result. */
async function makeCandidate(context: TaskContext, roles: readonly Role[], toolbox: Toolbox): Promise<TaskResult> {
  const { field, name } = parseInput(CandidateInput, context.input)
  const line = ownLine(context, field)
  const result = await createRoleAgent(writingRole(roles, field.role), { toolbox }).run(line.context)
  const nothing = { name, taskIndex: context.taskIndex, models: [], line: null, diff: null, tests: null, artifacts: [] }
  if (!result.ok) {
    if (result.failure.retryable || result.blocked || context.signal.aborted) return result
    const lost = `it failed: ${result.failure.message}`.slice(0, 500)
    return told({ ...nothing, title: '', output: null, lost })
  }
  const { title, models } = factsOf(result.output)
  const made = { ...nothing, title, models, output: result.output }
  const stands = line.now()
  if (stands === null) return told({ ...made, lost: 'it changed nothing' })
  const { tests, lost } = await tested(context, toolbox, { field, line: stands })
  return {
    ok: true,
    output: {
      ...made,
      ...{ line: stands, tests, lost, diff: diffOf(result) },
      artifacts: await keptArtifacts(context, result),
    } satisfies Made as Json,
    artifacts: result.artifacts
      .filter(({ kind }) => kind === 'CodePatch')
      .map(patch => ({ ...patch, title: `Candidate ${name}: ${patch.title}` })),
  }
}

const told = (made: Made): TaskResult => ({ ok: true, output: made as Json, artifacts: [] })

function ownLine(context: TaskContext, field: Field) {
  const { begun, objective, source, notes = null, avoid, samples } = field
  let now: Trunk | null = null
  const own: TaskContext = {
    ...paidFrom(field, context),
    input: { objective, source, notes, avoid, samples } as Json,
    trunk: async () => now ?? begun,
    async merge(expected, next) {
      if ((now ?? begun).commit !== expected) return false
      now = next
      return true
    },
  }
  return { context: own, now: () => now }
}

async function tested(context: TaskContext, toolbox: Toolbox, { field, line }: { field: Field; line: Trunk }) {
  const { source, runners, timeoutSeconds, known } = field
  const run = await testLine(context, toolbox, { line, source, runners, timeoutSeconds })
  if (run === null) return { tests: null, lost: null }
  const fresh = run.failing.filter(test => !known.includes(test))
  const names = fresh.slice(0, 3).join(', ')
  return {
    tests: { passed: run.passed, failed: run.failing.length },
    lost: fresh.length === 0 ? null : `it breaks what passed before: ${names}`.slice(0, 500),
  }
}

type Succeeded = TaskResult & { ok: true }

const bytesOf = (body: Uint8Array | string): Uint8Array =>
  typeof body === 'string' ? new TextEncoder().encode(body) : body

function diffOf({ artifacts }: Succeeded): Made['diff'] {
  const body = artifacts.find(({ kind }) => kind === 'CodePatch')?.body ?? '{}'
  const patch = CodePatch.safeParse(parseJson(bytesOf(body)))
  return patch.success ? { hash: patch.data.diff.hash, bytes: patch.data.diff.bytes } : null
}

/** All but the patch: what the winner's change is called is known when it is merged. */
const keptArtifacts = ({ blobs }: TaskContext, { artifacts }: Succeeded): Promise<Made['artifacts']> =>
  Promise.all(
    artifacts
      .filter(({ kind }) => kind !== 'CodePatch')
      .map(async ({ kind, title, mediaType, body }) => {
        const { hash } = await blobs.put(bytesOf(body))
        return { kind, title, mediaType, hash }
      }),
  )

function factsOf(output: Json): { title: string; models: string[] } {
  const { title = null, models = null } = (output ?? {}) as { title?: Json; models?: Json }
  return {
    title: typeof title === 'string' && title !== '' ? title : 'The chosen change',
    models: Array.isArray(models) ? models.filter(one => typeof one === 'string') : [],
  }
}

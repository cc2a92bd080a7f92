/**
 * A step done several times, independently, of which the best is kept. Tests first: what breaks what passed before is out.
 * Then judges, who see the others without their authors and in both orders. Only the winner's change reaches the run's trunk.
 */
import { z } from 'zod'
import type { ArtifactDraft } from '../../domain/artifact.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { Judgement, Vote } from '../../domain/evidence.ts'
import type { Json } from '../../domain/json.ts'
import { showMicros } from '../../domain/money.ts'
import { type Agent, Suspended, type TaskContext, type TaskResult } from '../../domain/ports.ts'
import type { Role } from '../../domain/role.ts'
import { mergeInto } from '../code/merge.ts'
import { commitMessage } from '../code/message.ts'
import { codePatch } from '../code/patch.ts'
import { beginAtTrunk, CodeSource } from '../code/trunk.ts'
import { attempt } from '../sandboxed/attempt.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import { runnerNames } from '../tests/detect.ts'
import { faultsOf } from '../tools/faults.ts'
import { type Candidate, type CandidateDeps, makeCandidate, test } from './candidate.ts'
import { judge, judgeTokens } from './judge.ts'
import { count } from './order.ts'

const Input = z.object({
  role: z.string(),
  n: z.number().int().min(2).max(5).default(3),
  judges: z.number().int().min(1).max(5).default(3),
  objective: z.string().trim().min(1).max(32_000),
  source: CodeSource,
  /** As the environment's doctor names them; none: nobody tests. */
  runners: z.array(z.enum(runnerNames)).max(10).default([]),
  timeoutSeconds: z.number().int().min(1).max(3_600).nullish(),
  notes: z.json().optional(),
})
type Input = z.output<typeof Input>

/** What a candidate is counted as before the first call: so many turns, each with a conversation of this length. */
const turnsOfCandidate = 8
const inputOfTurn = 12_000

/** `roles` are those that can be asked for by name. */
export function createConsensus(roles: readonly Role[], toolbox: Toolbox): Agent {
  return {
    name: 'consensus',
    title: 'Consensus',
    description:
      'Has a role do the same several times, independently; keeps what breaks no test and what judges prefer, in whichever order they see it.',
    capabilities: ['consensus', 'code'],
    workerClass: 'sandbox',
    produces: ['Judgement', 'CodePatch'],
    needsModel: true,
    async run(context) {
      let waiting: Suspended | null = null
      const result = await attempt(context, () =>
        decide(context, roles, toolbox).catch(error => {
          if (error instanceof Suspended) waiting = error
          throw error
        }),
      )
      if (waiting !== null) throw waiting
      return result
    },
  }
}

async function decide(context: TaskContext, roles: readonly Role[], toolbox: Toolbox): Promise<TaskResult> {
  const { input, role } = parse(context, roles)
  await refuseTooDear(context, input, role)
  const begun = await beginAtTrunk(context, toolbox, input.source)
  const tests = {
    toolbox,
    source: input.source,
    begun,
    runners: input.runners,
    timeoutSeconds: input.timeoutSeconds ?? null,
  }
  const before = await test(context, { ...tests, known: [] }, begun)
  const candidates = await allCandidates(context, input, { ...tests, role, known: before?.failing ?? [] })
  const left = candidates.filter(({ lost }) => lost === null)
  if (left.length === 0) return nothingLeft(candidates, context)
  const votes = await allVotes(context, input, { candidates, left })
  return conclude(context, { input, role, toolbox, begun, candidates, left, votes })
}

function parse(context: TaskContext, roles: readonly Role[]): { input: Input; role: Role } {
  const parsed = Input.safeParse(context.input)
  if (!parsed.success)
    throw new OrreryError('BAD_INPUT', `the input does not fit: ${faultsOf(parsed.error).join('; ')}`)
  const writing = roles.filter(({ writes }) => writes)
  const role = writing.find(({ name }) => name === parsed.data.role)
  if (role !== undefined) return { input: parsed.data, role }
  throw new OrreryError('BAD_INPUT', `role: there is no role ${parsed.data.role} that changes code`, {
    hint: `There are: ${writing.map(({ name }) => name).join(', ')}.`,
  })
}

/** Before the first call: half a consensus is money for nothing. Throws BUDGET_EXCEEDED. */
async function refuseTooDear(context: TaskContext, { n, judges }: Input, role: Role): Promise<void> {
  const { output } = await context.journal(
    'budget',
    `What ${n} candidates and ${judges} judges may cost`,
    async () => ({
      output: (await context.affords?.([
        {
          times: n * turnsOfCandidate,
          inputTokens: inputOfTurn,
          maxOutputTokens: Math.min(role.limits.maxOutputTokens, 2_000),
        },
        { times: 2 * judges, inputTokens: inputOfTurn, maxOutputTokens: judgeTokens },
      ])) ?? { neededMicros: 0, remainingMicros: null },
    }),
  )
  const { neededMicros, remainingMicros } = Afforded.parse(output)
  if (remainingMicros === null || neededMicros <= remainingMicros) return
  throw new OrreryError(
    'BUDGET_EXCEEDED',
    `${n} candidates and ${judges} judges may cost ${showMicros(neededMicros)}, and ${showMicros(remainingMicros)} are left`,
    { hint: 'Raise the budget, or ask for fewer candidates and judges.' },
  )
}

const Afforded = z.object({ neededMicros: z.number(), remainingMicros: z.number().nullable() })

async function allCandidates(context: TaskContext, input: Input, deps: CandidateDeps): Promise<Candidate[]> {
  const { objective, source, notes = null } = input
  const own = { ...context, input: { objective, source, notes } as Json }
  const candidates: Candidate[] = []
  for (let index = 0; index < input.n; index++) {
    const name = String.fromCharCode(65 + index)
    const avoid = candidates.flatMap(({ models }) => models)
    context.output(`Candidate ${name}\n`)
    candidates.push(await makeCandidate(own, deps, { name, avoid }))
  }
  return candidates
}

type Field = { candidates: readonly Candidate[]; left: readonly Candidate[] }

/** With one candidate left there is nothing to choose, and nobody is paid for choosing it. */
async function allVotes(
  context: TaskContext,
  { objective, judges }: Input,
  { candidates, left }: Field,
): Promise<Vote[]> {
  if (left.length < 2) return []
  const avoid = new Set(candidates.flatMap(({ models }) => models))
  const votes: Vote[] = []
  for (let number = 1; number <= judges; number++) {
    const made = await judge(context, { objective, candidates: left, number, avoid: [...avoid] })
    for (const model of made.models) avoid.add(model)
    votes.push(made.vote)
  }
  return votes
}

function nothingLeft(candidates: readonly Candidate[], { simulated }: TaskContext): TaskResult {
  const why = candidates.map(({ name, lost }) => `${name}: ${lost}`).join('; ')
  const judgement = judgementOf(candidates, {
    votes: [],
    winner: null,
    agreement: null,
    simulated,
    reason: 'No candidate is left.',
  })
  const first = candidates.find(({ failure }) => failure !== null)?.failure
  const failure = {
    code: 'TASK_FAILED' as const,
    message: `no candidate is left: ${why}`.slice(0, 2_000),
    hint: '',
    retryable: first?.retryable ?? false,
  }
  return { ok: false, failure, artifacts: [artifactOf(judgement)] }
}

type Concluding = Field & {
  input: Input
  role: Role
  toolbox: Toolbox
  begun: CandidateDeps['begun']
  votes: readonly Vote[]
}

async function conclude(
  context: TaskContext,
  { role, toolbox, begun, candidates, left, votes }: Concluding,
): Promise<TaskResult> {
  // Where judges are of no help, tests and then the smaller change are.
  const ranked = left.toSorted(
    (a, b) => (b.tests?.passed ?? 0) - (a.tests?.passed ?? 0) || a.diff.length - b.diff.length,
  )
  const counted = count(
    votes.map(({ prefers }) => prefers),
    ranked.map(({ name }) => name),
  )
  const winner = ranked.find(({ name }) => name === counted.winner)
  if (winner?.trunk == null || winner.result === null) throw new Error('a candidate without a change was left')
  const { simulated } = context
  const judgement = judgementOf(candidates, { ...counted, votes, simulated, reason: reasonOf(left, votes, counted) })

  const title = titleOf(winner.result.output)
  const trailers = { 'Orrery-Run': context.runId, 'Orrery-Task': String(context.taskIndex), 'Orrery-Agent': role.name }
  const merged = await mergeInto(context, toolbox, {
    ...{ base: begun.commit, tree: winner.trunk.hash, root: begun, leaveOut: [] },
    message: commitMessage(title, {
      ...trailers,
      'Orrery-Model': winner.models.join(', '),
      ...(simulated ? { Simulated: 'true' } : {}),
    }),
    taskLine: `Orrery-Task: ${context.taskIndex}`,
  })
  if (merged.outcome === 'conflict')
    throw new OrreryError(
      'CONFLICT',
      `the chosen change conflicts with what was merged meanwhile, in ${merged.files.map(({ file }) => file).join(', ')}`,
      {
        hint: 'Retry the task: it then begins at what others merged.',
      },
    )
  const own = winner.result.artifacts.filter(({ kind }) => kind !== 'CodePatch')
  const patches =
    merged.outcome === 'nothing'
      ? []
      : [
          codePatch({
            title,
            patch: merged.patch,
            simulated,
            commits: [{ commit: merged.patch.commit, message: title }],
          }),
        ]
  const { models } = winner
  const output = {
    ...(winner.result.output as object),
    winner: winner.name,
    agreement: counted.agreement,
    models: [...models],
    simulated,
  }
  return { ok: true, output: output as Json, artifacts: [...own, ...patches, artifactOf(judgement)] }
}

type Outcome = Pick<Judgement, 'winner' | 'agreement' | 'reason' | 'simulated'> & { votes: readonly Vote[] }

function judgementOf(candidates: readonly Candidate[], { votes, winner, ...outcome }: Outcome): Judgement {
  return {
    ...{ winner, agreement: outcome.agreement, reason: outcome.reason, simulated: outcome.simulated },
    candidates: candidates.map(({ name, tests, lost }) => ({ name, taskIndex: null, tests, lost })),
    votes: [...votes],
    dissent: votes
      .filter(({ prefers }) => prefers !== null && prefers !== winner)
      .map(({ judge: who, prefers, reason }) => `${who} prefers ${prefers}: ${reason}`.slice(0, 4_000)),
  }
}

function reasonOf(
  left: readonly Candidate[],
  votes: readonly Vote[],
  { winner, votes: counted, agreement }: ReturnType<typeof count>,
): string {
  if (left.length === 1) return `Only ${winner} is left after the tests.`
  if (agreement === null)
    return `No judge had a preference that held in both orders: ${winner} was taken by its tests and its size.`
  return `${counted.get(winner ?? '') ?? 0} of ${votes.length} judges prefer ${winner}.`
}

const titleOf = (output: Json): string => {
  const title = typeof output === 'object' && output !== null && 'title' in output ? output.title : null
  return typeof title === 'string' && title !== '' ? title : 'The chosen change'
}

const artifactOf = (judgement: Judgement): ArtifactDraft => ({
  kind: 'Judgement',
  title: judgement.simulated ? 'Judgement (simulated)' : 'Judgement',
  mediaType: 'application/json',
  body: JSON.stringify(judgement),
})

/** Closes a consensus: counts what the judges prefer, keeps the dissent, and merges the winner's change onto the trunk. */
import type { ArtifactDraft } from '../../domain/artifact.ts'
import type { Judgement, Vote } from '../../domain/evidence.ts'
import type { Json } from '../../domain/json.ts'
import type { Agent, TaskContext, TaskResult } from '../../domain/ports.ts'
import { landChange } from '../code/land-change.ts'
import { commitMessage } from '../code/message.ts'
import { attempt } from '../sandboxed/attempt.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import { ChooseInput, type Field, isLeft, type Made, parseInput } from './field.ts'
import { type Counted, count } from './order.ts'

export function consensusChoose(toolbox: Toolbox): Agent {
  return {
    name: 'consensus.choose',
    title: 'Choose',
    description:
      'Keeps the candidate that breaks no test and that most judges prefer, with what the others said, and merges it.',
    capabilities: ['consensus', 'code'],
    workerClass: 'sandbox',
    produces: ['Judgement', 'CodePatch'],
    // It asks none itself; what it hands on was made by one.
    needsModel: true,
    run: context => attempt(context, () => choose(context, toolbox)),
  }
}

/** Candidates by name; null for one whose task came to no result. */
type Entered = { name: string; made: Made | null }

async function choose(context: TaskContext, toolbox: Toolbox): Promise<TaskResult> {
  const { field, candidates, votes: cast } = parseInput(ChooseInput, context.input)
  await letGo(context, field)
  const entered = field.candidates.map(({ name }, index) => ({ name, made: candidates[index] ?? null }))
  const left = entered.flatMap(({ made }) => (isLeft(made) ? [made] : []))
  // With one candidate left there is nothing to choose.
  const votes = left.length < 2 ? [] : field.judges.map(({ name }, index) => cast[index] ?? silent(name))
  // Where judges are of no help, tests and then the smaller change are.
  const ranked = left.toSorted(
    (a, b) => (b.tests?.passed ?? 0) - (a.tests?.passed ?? 0) || (a.diff?.bytes ?? 0) - (b.diff?.bytes ?? 0),
  )
  const counted = count(
    votes.map(({ prefers }) => prefers),
    ranked.map(({ name }) => name),
  )
  const winner = ranked.find(({ name }) => name === counted.winner)
  const judgement = judgementOf(entered, { votes, counted, left: left.length, simulated: context.simulated })
  if (winner === undefined) return nothingLeft(entered, judgement)
  return merge(context, toolbox, { field, winner, judgement })
}

/** All who were to be paid from it are done. */
async function letGo(context: TaskContext, { hold }: Field): Promise<void> {
  if (hold === null) return
  await context.journal('budget', 'Let go of what is left', async () => {
    await context.letGo?.(hold)
    return { output: {} }
  })
}

const silent = (judge: string): Vote => ({
  ...{ judge, first: null, second: null, prefers: null },
  reason: 'No answer that counts: its task came to no result.',
})

type Outcome = { votes: Vote[]; counted: Counted; left: number; simulated: boolean }

function judgementOf(entered: readonly Entered[], { votes, counted, left, simulated }: Outcome): Judgement {
  const { winner, agreement } = counted
  return {
    ...{ winner, agreement, votes, simulated, reason: reasonOf(counted, { votes, left }) },
    candidates: entered.map(({ name, made }) => ({
      name,
      taskIndex: made?.taskIndex ?? null,
      tests: made?.tests ?? null,
      lost: made === null ? 'its task came to no result' : made.lost,
    })),
    dissent: votes
      .filter(({ prefers }) => prefers !== null && prefers !== winner)
      .map(({ judge: who, prefers, reason }) => `${who} prefers ${prefers}: ${reason}`.slice(0, 4_000)),
  }
}

function reasonOf(
  { winner, votes: counted, agreement }: Counted,
  { votes, left }: { votes: readonly Vote[]; left: number },
): string {
  if (winner === null) return 'No candidate is left.'
  if (left === 1) return `Only ${winner} is left after the tests.`
  if (agreement === null)
    return `No judge had a preference that held in both orders: ${winner} was taken by its tests and its size.`
  return `${counted.get(winner) ?? 0} of ${votes.length} judges prefer ${winner}.`
}

function nothingLeft(entered: readonly Entered[], judgement: Judgement): TaskResult {
  const why = judgement.candidates.map(({ name, lost }) => `${name}: ${lost}`).join('; ')
  const message = `none of ${entered.length} candidates is left: ${why}`.slice(0, 2_000)
  const hint = 'Read what the candidates were lost for; state the objective more closely, or raise the budget.'
  return {
    ok: false,
    failure: { code: 'TASK_FAILED', message, hint, retryable: false },
    artifacts: [artifactOf(judgement)],
  }
}

type Chosen = { field: Field; winner: Made & { line: NonNullable<Made['line']> }; judgement: Judgement }

async function merge(context: TaskContext, toolbox: Toolbox, chosen: Chosen): Promise<TaskResult> {
  const { field, winner, judgement } = chosen
  const { title, models } = winner
  const { simulated } = context
  const { commit, patch } = await landChange(context, toolbox, {
    ...{ base: field.begun.commit, tree: winner.line.hash, root: field.begun, leaveOut: [] },
    message: commitMessage(title, {
      'Orrery-Run': context.runId,
      'Orrery-Task': String(context.taskIndex),
      'Orrery-Agent': field.role,
      'Orrery-Model': models.join(', '),
      ...(simulated ? { Simulated: 'true' } : {}),
    }),
  })
  const own = await Promise.all(
    winner.artifacts.map(async ({ hash, ...rest }) => ({ ...rest, body: await context.blobs.get(hash) })),
  )
  const facts = { winner: winner.name, agreement: judgement.agreement, models, commit, simulated }
  return {
    ok: true,
    output: { ...(winner.output as object), ...facts } as Json,
    artifacts: [...own, ...(patch === null ? [] : [patch]), artifactOf(judgement)],
  }
}

const artifactOf = (judgement: Judgement): ArtifactDraft => ({
  kind: 'Judgement',
  title: judgement.simulated ? 'Judgement (simulated)' : 'Judgement',
  mediaType: 'application/json',
  body: JSON.stringify(judgement),
})

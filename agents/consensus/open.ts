/** Opens the field of a consensus: holds the money for all who take part, and notes where all candidates begin. */
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
import type { Json } from '../../domain/json.ts'
import { showMicros } from '../../domain/money.ts'
import type { Agent, TaskContext, TaskResult } from '../../domain/ports.ts'
import type { Role } from '../../domain/role.ts'
import { beginAtTrunk, CodeSource } from '../code/trunk.ts'
import { attempt } from '../sandboxed/attempt.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import { runnerNames } from '../tests/detect.ts'
import { type Field, parseInput } from './field.ts'
import { judgeTokens } from './judge.ts'
import { testLine } from './test-line.ts'

const Input = z.object({
  role: z.string(),
  candidates: z.number().int().min(2).max(5).default(3),
  judges: z.number().int().min(1).max(5).default(3),
  objective: z.string().trim().min(1).max(32_000),
  source: CodeSource,
  runners: z.array(z.enum(runnerNames)).max(10).default([]),
  timeoutSeconds: z.number().int().min(1).max(3_600).nullish(),
  /** Models that should not make candidates where there are others: those that could not agree before. */
  avoid: z.array(z.string().max(200)).max(50).nullish(),
  /** How often each candidate checks its own work; the majority of its checks counts. */
  samples: z.number().int().min(1).max(7).default(1),
  notes: z.json().optional(),
})
type Input = z.output<typeof Input>

/** What a candidate is counted as before the first call: so many turns, each with a conversation of this length. */
const turnsOfCandidate = 8
const inputOfTurn = 12_000

/** `roles` are those that can be asked for by name. */
export function consensusOpen(roles: readonly Role[], toolbox: Toolbox): Agent {
  return {
    name: 'consensus.open',
    title: 'Open the field',
    description:
      'Makes room for independent candidates: holds the money for all of them and their judges, and sees which tests fail before.',
    capabilities: ['consensus'],
    workerClass: 'sandbox',
    produces: [],
    run: context => attempt(context, () => open(context, roles, toolbox)),
  }
}

async function open(context: TaskContext, roles: readonly Role[], toolbox: Toolbox): Promise<TaskResult> {
  const input = parseInput(Input, context.input)
  const role = writingRole(roles, input.role)
  const hold = await holdForAll(context, input, role)
  const { commit, hash, base } = await beginAtTrunk(context, toolbox, input.source)
  const begun = { commit, hash, base }
  const { runners, source, timeoutSeconds = null } = input
  const before = await testLine(context, toolbox, { line: begun, source, runners, timeoutSeconds })
  const field: Field = {
    ...{ role: role.name, objective: input.objective, notes: input.notes ?? null, samples: input.samples },
    ...{ source, runners, timeoutSeconds, begun, avoid: input.avoid ?? [], hold, known: before?.failing ?? [] },
    candidates: named(input.candidates, index => String.fromCharCode(65 + index)),
    judges: named(input.judges, index => `Judge ${index + 1}`),
  }
  return { ok: true, output: field as Json, artifacts: [] }
}

const named = (count: number, name: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => ({ name: name(index) }))

/** Throws OrreryError BAD_INPUT where there is no such role, or it changes nothing. */
export function writingRole(roles: readonly Role[], name: string): Role {
  const writing = roles.filter(({ writes }) => writes)
  const role = writing.find(one => one.name === name)
  if (role !== undefined) return role
  throw new OrreryError('BAD_INPUT', `role: there is no role ${name} that changes code`, {
    hint: `There are: ${writing.map(one => one.name).join(', ')}.`,
  })
}

const Kept = z.object({ hold: z.string().nullable(), neededMicros: z.number(), remainingMicros: z.number() }).partial()

/** Before the first call: half a consensus is money for nothing. Answers the hold. Throws BUDGET_EXCEEDED. */
async function holdForAll(context: TaskContext, { candidates, judges }: Input, role: Role): Promise<string | null> {
  const maxOutputTokens = Math.min(role.limits.maxOutputTokens, 2_000)
  const calls = [
    { times: candidates * turnsOfCandidate, inputTokens: inputOfTurn, maxOutputTokens },
    { times: 2 * judges, inputTokens: inputOfTurn, maxOutputTokens: judgeTokens },
  ]
  const what = `${candidates} candidates and ${judges} judges`
  const { output } = await context.journal('budget', `Hold what ${what} may cost`, async () => ({
    output: (await context.hold?.(calls)) ?? {},
  }))
  const { hold = null, neededMicros, remainingMicros } = Kept.parse(output)
  if (neededMicros === undefined || remainingMicros === undefined) return hold
  throw new OrreryError(
    'BUDGET_EXCEEDED',
    `${what} may cost ${showMicros(neededMicros)}, and ${showMicros(remainingMicros)} are left`,
    { hint: 'Raise the budget, or ask for fewer candidates and judges.' },
  )
}
